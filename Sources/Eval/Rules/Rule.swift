/// A rule between columns: their values must come in combinations that real rows have.
public struct Rule: Sendable, Equatable {
  /// At least two.
  public let columns: [String]

  /// Reads names of columns with commas between, as in `education,education_num`; a name with a comma stands in quotes.
  /// - Throws: `EvalError.definition` unless there are two or more different names.
  public init(parsing text: String) throws(EvalError) {
    columns = parts(of: text[...], separatedBy: ",").map(unquoted)
    if columns.count < 2 || Set(columns).count < columns.count || columns.contains("") {
      throw .definition(
        of: "rule", text: text, remedy: "Name two or more columns, as in education,education_num.")
    }
  }
}
