import NN

/// Some rows of a table.
struct RowSample: Sendable {
  let table: ComparedTable
  let rows: [Int]

  init(table: ComparedTable, rows: [Int]) {
    self.table = table
    self.rows = rows
  }

  /// At most so many rows, in random order.
  init(of table: ComparedTable, most: Int, _ philox: Philox, stream: UInt64) {
    var rows = Array(0..<table.rowCount)
    philox.shuffle(&rows, stream: stream)
    self.init(table: table, rows: Array(rows.prefix(most)))
  }
}
