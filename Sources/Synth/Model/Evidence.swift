/// The known columns of some rows and their codes. The known columns may differ from row to row.
package struct Evidence: Sendable {
  /// Number of rows, B.
  package let rowCount: Int
  /// Number of columns, C.
  package let columnCount: Int
  /// The codes, (C, B), column after column. Codes of unknown cells have no meaning.
  package private(set) var codes: [Int32]
  /// (C, B).
  package private(set) var isKnown: [Bool]

  /// Rows without known columns.
  package init(rowCount: Int, columnCount: Int) {
    self.rowCount = rowCount
    self.columnCount = columnCount
    codes = Array(repeating: 0, count: columnCount * rowCount)
    isKnown = Array(repeating: false, count: columnCount * rowCount)
  }

  /// The code of a column in a row; nil where it is not known.
  package subscript(row: Int, column: Int) -> Int? {
    get {
      let place = place(row, column)
      return isKnown[place] ? Int(codes[place]) : nil
    }
    set {
      let place = place(row, column)
      codes[place] = Int32(newValue ?? 0)
      isKnown[place] = newValue != nil
    }
  }

  /// Makes every cell unknown.
  package mutating func removeAll() {
    for place in isKnown.indices { isKnown[place] = false }
  }

  private func place(_ row: Int, _ column: Int) -> Int {
    precondition(
      row >= 0 && row < rowCount && column >= 0 && column < columnCount,
      "cell (\(row), \(column)) is outside \(rowCount) rows of \(columnCount) columns")
    return column * rowCount + row
  }
}
