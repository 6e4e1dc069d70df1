extension Table {
  /// Cells of a batch, about.
  private static let batchCells = 1 << 16

  /// Hands out the rows batch by batch, nil marked as missing.
  /// - Throws: Only what `body` throws.
  public func forEachBatch(_ body: (ColumnBatch) throws -> Void) throws {
    let batchRows = max(1, Table.batchCells / columns.count)
    for first in stride(from: 0, to: rowCount, by: batchRows) {
      let rows = first..<min(first + batchRows, rowCount)
      try body(ColumnBatch(firstRow: first, columns: columns.map { $0.rows(rows) }))
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
}
