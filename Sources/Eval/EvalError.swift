/// What keeps tables from being judged. The description says what, where and what to do.
public enum EvalError: Error, Equatable, Sendable {
  /// A table lacks columns of the training table; `nearest` is its own column that may be meant by the first of them.
  case missingColumns(table: String, training: String, names: [String], nearest: String?)
  /// A table has columns that the training table lacks.
  case extraColumns(table: String, training: String, names: [String])
  /// A rule, statistic or target names a column that no table has.
  case unknownColumn(name: String, usedBy: String, nearest: String?)
  /// A rule, statistic or target names a column that is not compared, because every row has its own identifier there.
  case identifierColumn(name: String, usedBy: String)
  /// A statistic or target names a value that no real row has.
  case unknownValue(value: String, column: String, usedBy: String, nearest: String?)
  /// A statistic works out numbers of a column that holds none.
  case notNumeric(column: String, usedBy: String)
  /// A rule or statistic that is not written as it should be.
  case definition(of: String, text: String, remedy: String)
  /// A target that has fewer than two values in the training table.
  case constantTarget(column: String)
  /// A target has more classes than can be predicted.
  case tooManyClasses(column: String, count: Int, limit: Int)
  /// XGBoost has refused a call; `reason` is its own word.
  case boostingFailed(reason: String)
}

extension EvalError: CustomStringConvertible {
  /// The place, the fault and the remedy.
  public var description: String {
    switch self {
    case .missingColumns(let table, let training, let names, let nearest):
      let hint = nearest.map { " Is '\($0)' another name for '\(names[0])'?" } ?? ""
      return "\(table) lacks \(Self.list(names)), which \(training) has.\(hint)"
        + " Give all tables the same columns, in any order."
    case .extraColumns(let table, let training, let names):
      return "\(table) has \(Self.list(names)), which \(training) lacks."
        + " Give all tables the same columns, in any order."
    case .unknownColumn(let name, let user, let nearest):
      let hint = nearest.map { " Do you mean '\($0)'?" } ?? " Look at the header of the tables."
      return "\(user): there is no column '\(name)'.\(hint)"
    case .identifierColumn(let name, let user):
      return "\(user): the column '\(name)' was left out, because every row has its own identifier"
        + " there. Name another column."
    case .unknownValue(let value, let column, let user, let nearest):
      let hint = nearest.map { " Do you mean '\($0)'?" } ?? " Give one that occurs."
      return "\(user): no real row has '\(value)' in column '\(column)'.\(hint)"
    case .notNumeric(let column, let user):
      return "\(user): the column '\(column)' holds no numbers."
        + " Name one that does, or take share(\(column)=VALUE)."
    case .definition(let kind, let text, let remedy):
      return "'\(text)' is no \(kind). \(remedy)"
    case .constantTarget(let column):
      return "The target '\(column)' has fewer than two values in the training table."
        + " Choose a column that varies."
    case .tooManyClasses(let column, let count, let limit):
      return "The target '\(column)' has \(count) classes, and at most \(limit) are predicted."
        + " Name the value to predict against all others."
    case .boostingFailed(let reason):
      return "XGBoost has failed: \(reason). Report this with the table if you can."
    }
  }

  /// `the column 'a'` or `the columns 'a', 'b', 'c' and 5 more`.
  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
    let rest = names.count > 3 ? " and \(names.count - 3) more" : ""
    return "the column\(names.count == 1 ? "" : "s") \(shown)\(rest)"
  }
}
