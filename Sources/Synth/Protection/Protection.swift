import NN

/// What may be told of single rows of a column.
package struct Protection: Equatable, Sendable {
  /// A category, or a value of its own, is kept only where at least this many rows share it; numbers end with what so many rows
  /// do not exceed.
  package let leastRows: Int
  /// A column of fewer values is not told about at all.
  private let leastValues: Int

  /// The numbers of rows that ``leastRows`` is drawn from.
  static let rowRange = 5...7
  /// The fewest rows that a count over several columns may stand for, where nothing else is asked for.
  package static let jointRows = rowRange.lowerBound
  /// A column of fewer values is masked.
  static let leastValues = 20

  /// Five, six or seven rows, drawn for each column: who knows the rule does not know which values just failed it.
  package init(seed: UInt64, column: Int) {
    leastRows =
      Protection.rowRange.lowerBound
      + Philox(seed: seed, purpose: .protection).below(
        Protection.rowRange.count, UInt64(column), 0)
    leastValues = Protection.leastValues
  }

  package init(leastRows: Int, leastValues: Int = 20) {
    self.leastRows = leastRows
    self.leastValues = leastValues
  }

  /// Everything is told.
  package static let none = Protection(leastRows: 1, leastValues: 0)

  /// Whether nothing of a column with so many values may be told.
  ///
  /// - Parameter keyCount: that of the rows with a value, in a table with a key.
  package func masks(_ valueCount: Int, keyCount: Int? = nil) -> Bool {
    min(valueCount, keyCount ?? valueCount) < leastValues
  }
}
