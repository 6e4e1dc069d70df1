/// Some of a table's rows, in its order.
public struct SelectedRows<Source: RowSource>: RowSource {
  /// What messages call the rows.
  public let name: String
  private let source: Source
  private let isSelected: @Sendable (Int) -> Bool

  /// - Parameters:
  ///   - source: The table.
  ///   - name: What messages call the rows.
  ///   - isSelected: Says of a row, by its number from 0, whether it is one of them.
  public init(_ source: Source, name: String, where isSelected: @escaping @Sendable (Int) -> Bool) {
    self.source = source
    self.name = name
    self.isSelected = isSelected
  }

  public var columnNames: [String] { source.columnNames }

  /// Calls `body` with the selected rows of every batch that has some, numbered anew from 0.
  public func forEachBatch(_ body: (ColumnBatch) throws -> Void) throws {
    var firstRow = 0
    var spans: [FieldSpan] = []
    try source.forEachBatch { batch in
      spans.removeAll(keepingCapacity: true)
      for row in 0..<batch.rowCount where isSelected(batch.firstRow + row) {
        let start = row * batch.columnCount
        // SAFETY: a batch has a span for each of its fields, row by row.
        spans += UnsafeBufferPointer(start: batch.spans + start, count: batch.columnCount)
      }
      let rowCount = spans.count / batch.columnCount
      if rowCount == 0 { return }
      try spans.withUnsafeBufferPointer { spans in
        // SAFETY: the spans are those of whole rows and lie in the batch's bytes.
        try body(
          ColumnBatch(
            bytes: batch.bytes, spans: spans.baseAddress!, rowCount: rowCount,
            columnCount: batch.columnCount, firstRow: firstRow))
      }
      firstRow += rowCount
    }
  }
}
