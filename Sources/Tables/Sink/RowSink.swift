/// Where rows go, batch by batch: a CSV file (``CSVWriter``), or anything of a program's own.
public protocol RowSink {
  /// Takes the rows after those before.
  ///
  /// - Parameter batch: cells without a value are marked as missing; the batch is valid only during the call.
  mutating func write(_ batch: ColumnBatch) throws

  /// Called once after the last rows; where an error came before, it is not called.
  mutating func finish() throws
}
