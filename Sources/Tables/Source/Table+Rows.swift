extension Table {
  /// Renders the rows batch by batch.
  /// - Throws: Only what `body` throws.
  public func forEachBatch(_ body: (FieldBatch) throws -> Void) throws {
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
    var rows: [UInt8] = []
    try forEachBatch { batch in
      rows.removeAll(keepingCapacity: true)
      for row in 0..<batch.rowCount {
        for column in 0..<batch.columnCount {
          if column > 0 { rows.append(separator) }
          appendField(
            batch[row, column], separator: separator, isOnlyColumn: batch.columnCount == 1,
            to: &rows)
        }
        rows.append(CSVByte.lineFeed)
      }
      try writer.write(rows)
    }
    try writer.finish()
  }

  private static func withBatch(
    _ bytes: [UInt8], _ spans: [FieldSpan], columnCount: Int, firstRow: Int,
    _ body: (FieldBatch) throws -> Void
  ) throws {
    try bytes.withUnsafeBufferPointer { bytes in
      try spans.withUnsafeBufferPointer { spans in
        // SAFETY: neither array is empty, and the spans were made from these bytes.
        try body(
          FieldBatch(
            bytes: bytes.baseAddress!, spans: spans.baseAddress!,
            rowCount: spans.count / columnCount, columnCount: columnCount, firstRow: firstRow))
      }
    }
  }
}
