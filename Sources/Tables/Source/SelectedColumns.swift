/// Some of a table's columns, in its order.
public struct SelectedColumns<Source: RowSource>: RowSource {
  private let source: Source
  /// The columns' places in the table.
  private let indices: [Int]

  /// - Parameters:
  ///   - source: The table.
  ///   - isSelected: Says of a column, by its name, whether it is one of them; it must be of at least one.
  public init(_ source: Source, where isSelected: (String) -> Bool) {
    self.source = source
    indices = source.columnNames.indices.filter { isSelected(source.columnNames[$0]) }
    precondition(!indices.isEmpty, "At least one column must be selected.")
  }

  public var name: String { source.name }

  public var columnNames: [String] { indices.map { source.columnNames[$0] } }

  /// Calls `body` with the rows of every batch, their other fields left out.
  public func forEachBatch(_ body: (ColumnBatch) throws -> Void) throws {
    var spans: [FieldSpan] = []
    try source.forEachBatch { batch in
      spans.removeAll(keepingCapacity: true)
      for row in 0..<batch.rowCount {
        // SAFETY: a batch has a span for each of its fields, row by row.
        for column in indices { spans.append(batch.spans[row * batch.columnCount + column]) }
      }
      try spans.withUnsafeBufferPointer { spans in
        // SAFETY: there is a span for each selected field, and they lie in the batch's bytes.
        try body(
          ColumnBatch(
            bytes: batch.bytes, spans: spans.baseAddress!, rowCount: batch.rowCount,
            columnCount: indices.count, firstRow: batch.firstRow))
      }
    }
  }
}
