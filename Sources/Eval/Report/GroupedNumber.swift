/// A column of numbers by the groups of another column: `age by income`.
public struct GroupedNumber: Sendable, Equatable {
  /// The column of numbers.
  public var number: String
  /// The column whose values make the groups.
  public var group: String

  public init(_ number: String, by group: String) {
    self.number = number
    self.group = group
  }

  /// Reads two names with `by` between them; a name that contains ` by ` is quoted.
  /// - Throws: `EvalError.definition`.
  public init(parsing text: String) throws(EvalError) {
    let names = parts(of: text[...], separatedBy: " by ").map(unquoted)
    guard names.count == 2, names[0] != names[1], !names.contains("") else {
      throw .definition(
        of: "number by groups", text: text,
        remedy: "Name a column of numbers and another column, as in age by income.")
    }
    self.init(names[0], by: names[1])
  }

  /// Refuses a chart that the report of these tables could not have.
  /// - Throws: `EvalError` when a column is not there, or when the first holds no numbers.
  public func check(against tables: ComparedTables) throws(EvalError) {
    _ = try indices(in: tables)
  }

  /// The indices of the two columns.
  /// - Throws: `EvalError` when one is not there, or when the first holds no numbers.
  package func indices(in tables: ComparedTables) throws(EvalError) -> (number: Int, group: Int) {
    let user = "The chart of '\(number) by \(group)'"
    let indices = (
      number: try tables.index(of: number, usedBy: user),
      group: try tables.index(of: group, usedBy: user)
    )
    guard tables.columns[indices.number].isNumeric else {
      throw .notNumeric(column: number, usedBy: user)
    }
    return indices
  }
}
