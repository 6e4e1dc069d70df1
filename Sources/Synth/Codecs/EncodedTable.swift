import NN
import Tables

/// A table as codes: two bytes per cell, column after column.
package struct EncodedTable: Sendable {
  package let rowCount: Int
  /// One array of `rowCount` codes per column.
  package let columns: [[UInt16]]
  /// For each column, in ascending order, the rows whose number has the code of another one that is near.
  let inexactRows: [[Int32]]
  /// Whose the rows are.
  let keys: PrivacyUnits
  /// The fewest rows that a count over several columns may cover.
  let minimumJointRows: Int

  package init(rowCount: Int, columns: [[UInt16]]) {
    self.init(
      rowCount: rowCount, columns: columns, inexactRows: columns.map { _ in [] }, keys: .none,
      minimumJointRows: DisclosurePolicy.minimumJointRows)
  }

  init(
    rowCount: Int, columns: [[UInt16]], inexactRows: [[Int32]], keys: PrivacyUnits,
    minimumJointRows: Int
  ) {
    self.rowCount = rowCount
    self.columns = columns
    self.inexactRows = inexactRows
    self.keys = keys
    self.minimumJointRows = minimumJointRows
  }

  /// Copies a column's codes in some rows.
  func gather(_ rows: ArraySlice<Int32>, of column: Int, into codes: Codes) {
    precondition(rows.count == codes.count, "\(rows.count) rows, room for \(codes.count)")
    columns[column].withUnsafeBufferPointer { column in
      rows.withUnsafeBufferPointer { rows in
        for index in 0..<rows.count { codes.start[index] = Int32(column[Int(rows[index])]) }
      }
    }
  }
}
