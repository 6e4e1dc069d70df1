/// Words in a column of numbers or dates that are not kept, because too few rows share them: they become missing.
public struct HiddenWords: Sendable, Equatable {
  /// The column.
  public let column: String
  /// The rows with such a word.
  public let rowCount: Int

  package init(column: String, rowCount: Int) {
    self.column = column
    self.rowCount = rowCount
  }
}
