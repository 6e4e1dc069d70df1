import Tables

/// The rows of a batch being taken apart: fields of parts, one after another.
struct PartWriter {
  private var bytes: [UInt8] = []
  private var spans: [FieldSpan] = []

  /// What stands for a missing part.
  static let missing = "\u{0}"

  mutating func append(_ field: UnsafeBufferPointer<UInt8>) {
    let offset = bytes.count
    bytes.append(contentsOf: field)
    endField(offset)
  }

  mutating func append(_ number: Int) {
    let offset = bytes.count
    bytes.append(contentsOf: String(number).utf8)
    endField(offset)
  }

  mutating func append(byte: UInt8) {
    let offset = bytes.count
    bytes.append(byte)
    endField(offset)
  }

  mutating func append(_ content: [UInt8]) { content.withUnsafeBufferPointer { append($0) } }

  mutating func appendMissing(_ count: Int = 1) {
    for _ in 0..<count { append(byte: 0) }
  }

  private mutating func endField(_ offset: Int) {
    spans.append(FieldSpan(offset: offset, length: bytes.count - offset))
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    spans.removeAll(keepingCapacity: true)
  }

  /// Hands on what was written as rows of so many fields.
  func withBatch(
    rowCount: Int, columnCount: Int, firstRow: Int, _ body: (FieldBatch) throws -> Void
  ) rethrows {
    try bytes.withUnsafeBufferPointer { bytes in
      try spans.withUnsafeBufferPointer { spans in
        precondition(spans.count == rowCount * columnCount, "\(spans.count) fields written")
        guard let start = bytes.baseAddress, let first = spans.baseAddress else { return }
        // SAFETY: every span was made for bytes that were just appended.
        try body(
          FieldBatch(
            bytes: start, spans: first, rowCount: rowCount, columnCount: columnCount,
            firstRow: firstRow))
      }
    }
  }
}
