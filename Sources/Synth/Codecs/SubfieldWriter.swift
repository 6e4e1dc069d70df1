import Tables

/// Writes the subfields of a batch of rows, one after another.
struct SubfieldWriter {
  private var bytes: [UInt8] = []
  private var spans: [FieldSpan] = []

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
    for _ in 0..<count { spans.append(.missing) }
  }

  private mutating func endField(_ offset: Int) {
    spans.append(FieldSpan(offset: offset, length: bytes.count - offset))
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    spans.removeAll(keepingCapacity: true)
  }

  /// Hands on what was written as rows of so many fields.
  mutating func withBatch(
    rowCount: Int, columnCount: Int, firstRow: Int, _ body: (FieldBatch) throws -> Void
  ) rethrows {
    precondition(spans.count == rowCount * columnCount, "\(spans.count) fields written")
    // An array without elements may have no address, and all cells may be missing.
    if bytes.isEmpty { bytes.append(0) }
    try bytes.withUnsafeBufferPointer { bytes in
      try spans.withUnsafeBufferPointer { spans in
        guard let start = bytes.baseAddress, let first = spans.baseAddress else { return }
        // SAFETY: every span was made for bytes that were just appended, or is missing.
        try body(
          FieldBatch(
            bytes: start, spans: first, rowCount: rowCount, columnCount: columnCount,
            firstRow: firstRow))
      }
    }
  }
}

// MARK: - Words among numbers

/// Words that stand in place of a date's or a bounded value's first subfield, which is a number: `2024` in a column of days
/// is no year. A word that could be taken for a number is escaped.
enum SubfieldWord {
  private static let escape = UInt8(ascii: "=")

  fileprivate static func isEscaped(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
    word.first == escape || parseNumber(word) != nil
  }

  /// The word that a subfield stands for.
  static func text(of subfield: String) -> Substring.UTF8View {
    subfield.utf8.dropFirst(subfield.utf8.first == escape ? 1 : 0)
  }

  fileprivate static func escaped(_ word: UnsafeBufferPointer<UInt8>) -> [UInt8] { [escape] + word }
}

extension SubfieldWriter {
  /// Appends a word to a subfield of numbers; see ``SubfieldWord``.
  mutating func append(word: UnsafeBufferPointer<UInt8>) {
    if SubfieldWord.isEscaped(word) { append(SubfieldWord.escaped(word)) } else { append(word) }
  }
}
