/// A table that can be read again and again from its start, batch by batch.
///
/// Anything can be one that hands out ``ColumnBatch``es: CSV files (``CSVFiles``), a ``Table`` in memory, or rows of a program's own.
public protocol RowSource: Sendable {
  /// What messages call the table, for example the file name.
  var name: String { get }

  /// The names of the columns in table order.
  var columnNames: [String] { get }

  /// Calls `body` with consecutive batches of rows, from the first to the last.
  ///
  /// Every batch has at least one row and is valid only during the call.
  /// - Throws: `TableError` when the table cannot be read, and whatever `body` throws.
  func forEachBatch(_ body: (ColumnBatch) throws -> Void) throws
}
