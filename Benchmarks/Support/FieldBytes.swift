import Tables

extension RowSource {
  /// The sum of the lengths of all fields: touches every one of them, and little else.
  public func fieldByteCount() throws -> Int {
    var total = 0
    try forEachBatch { batch in
      for row in 0..<batch.rowCount {
        for column in 0..<batch.columnCount {
          total += batch.withBytes(row, column, \.count)
        }
      }
    }
    return total
  }
}
