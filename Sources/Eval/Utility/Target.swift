/// A column that is to be predicted from all others.
public struct Target: Sendable, Equatable {
  /// The column's name.
  public let column: String
  /// The value to predict against all others; nil leaves the choice to the training table.
  ///
  /// Two different values there make two classes, of which the rarer is positive. Other numbers are predicted as numbers, and
  /// other categories as classes.
  public let value: String?

  public init(_ column: String, value: String? = nil) {
    self.column = column
    self.value = value
  }

  /// Reads a column's name, or a name and a value as in `income='>50K'`; what holds an equals sign itself stands in quotes.
  /// - Throws: `EvalError.definition`.
  public init(parsing text: String) throws(EvalError) {
    let parts = parts(of: text[...], separatedBy: "=", limit: 2).map(unquoted)
    guard parts[0] != "" else {
      throw .definition(
        of: "target", text: text, remedy: "Name a column, or a column and a value: income='>50K'.")
    }
    self.init(parts[0], value: parts.count > 1 ? parts[1] : nil)
  }
}
