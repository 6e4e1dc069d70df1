extension Table {
  /// Renders the rows batch by batch.
  /// - Throws: Only what `body` throws.
  public func forEachBatch(_ body: (ColumnBatch) throws -> Void) throws {
    var bytes: [UInt8] = []
    var spans: [FieldSpan] = []
    var firstRow = 0
    for row in 0..<rowCount {
      for column in columns {
        let start = bytes.count
        column.appendContent(ofRow: row, to: &bytes)
        spans.append(FieldSpan(offset: start, length: bytes.count - start))
      }
      if bytes.count >= 256 << 10 || spans.count >= 1 << 16 || row + 1 == rowCount {
        // One byte more, so that there is something to point at when all fields are empty.
        bytes.append(0)
        try Self.withBatch(bytes, spans, columnCount: columns.count, firstRow: firstRow, body)
        bytes.removeAll(keepingCapacity: true)
        spans.removeAll(keepingCapacity: true)
        firstRow = row + 1
      }
    }
  }

  /// Writes the table as CSV, replacing the file atomically.
  ///
  /// - Parameters:
  ///   - path: The file, gzip when its name ends in `.gz`; `-` is standard output.
  ///   - separator: The byte between fields.
  /// - Throws: `TableError`.
  public func write(to path: String, separator: UInt8 = UInt8(ascii: ",")) throws {
    let writer = try CSVWriter(path: path, columnNames: columnNames, separator: separator)
    try forEachBatch { try writer.write($0) }
    try writer.finish()
  }

  private static func withBatch(
    _ bytes: [UInt8], _ spans: [FieldSpan], columnCount: Int, firstRow: Int,
    _ body: (ColumnBatch) throws -> Void
  ) throws {
    try bytes.withUnsafeBufferPointer { bytes in
      try spans.withUnsafeBufferPointer { spans in
        // SAFETY: neither array is empty, and the spans were made from these bytes.
        try body(
          ColumnBatch(
            bytes: bytes.baseAddress!, spans: spans.baseAddress!,
            rowCount: spans.count / columnCount, columnCount: columnCount, firstRow: firstRow))
      }
    }
  }
}
