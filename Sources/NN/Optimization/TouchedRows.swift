/// The rows of look-up tables that a part of a batch has read, and whose gradients may therefore not be zero.
///
/// A part reads few rows of its tables. Their gradients are dense matrices, but only these rows of them are summed and cleared, so
/// that the others stay out of the processor's caches.
public final class TouchedRows: @unchecked Sendable {
  /// The tables, in the order of their places in an arena.
  let tables: [Parameter]
  /// The place of each table's first row among ``marks``.
  let firstMarks: [Int]
  /// 1 for a row that was read, else 0: the rows of all tables.
  let marks: UnsafeMutableBufferPointer<UInt8>

  /// Of tables whose gradients come from look-ups alone; no row was read.
  ///
  /// - Parameter tables: in the order in which they were added to their layout.
  public init(of tables: [Parameter]) {
    precondition(
      zip(tables, tables.dropFirst()).allSatisfy { $0.offset < $1.offset },
      "the tables are not in the order of their places")
    self.tables = tables
    var count = 0
    firstMarks = tables.map { table in
      defer { count += table.rows }
      return count
    }
    marks = .allocate(capacity: count)
    marks.initialize(repeating: 0)
  }

  deinit { marks.deallocate() }

  /// Forgets all rows.
  public func removeAll() { marks.update(repeating: 0) }

  /// Adds the rows of a table that codes name.
  public func insert(_ codes: Codes, of table: Int) {
    let (firstMark, rowCount) = (firstMarks[table], tables[table].rows)
    for index in 0..<codes.count {
      let row = codes[index]
      precondition(row >= 0 && row < rowCount, "row \(row) is outside a table of \(rowCount)")
      marks[firstMark + row] = 1
    }
  }
}
