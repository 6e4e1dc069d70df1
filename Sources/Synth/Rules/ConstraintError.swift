/// An error in rules. The description says what, where and what to do; it calls rules by their names, or by
/// their text.
public enum ConstraintError: Error, Equatable, Sendable {
  /// A text that is not a rule; `position` is the first wrong character, counted from 1.
  case syntax(text: String, position: Int, remedy: String)
  /// A rule about too few columns, or about none.
  case shape(rule: String, remedy: String)
  /// Two rules of one name.
  case duplicateName(String)
  /// A rule about a column that the table does not have.
  case unknownColumn(name: String, rule: String, nearest: String?)
  /// A rule about a column that is left out.
  case excludedColumn(name: String, rule: String)
  /// An end of a range that is no number or date as the column has them.
  case value(String, column: String, rule: String)
  /// An inequality or a range of a column whose values have no order.
  case unordered(column: String, rule: String)
  /// An inequality between columns that are not counted in the same unit.
  case differentUnits(lower: String, upper: String, rule: String)
  /// A column of which too few values lie where rules allow them.
  case nothingInRange(column: String)
  /// A one-hot rule about a column that has other values than two truth values.
  case notBinary(column: String, rule: String)
  /// A rule that combines a column whose values are written anew or not publishable.
  case notLearnt(column: String, rule: String)
  /// Rules that no row can obey together.
  case contradiction(rules: [String])
  /// Inequalities that make columns equal to each other.
  case forcedEquality(rules: [String], columns: [String])
  /// A rule that many rows of the table break.
  case oftenBroken(BrokenConstraint)
  /// A column that one rule bounds by an earlier one, and another rule combines with others.
  case boundAndCombined(column: String, bound: [String], combined: String)
  /// Of the combinations that obey the rules, none stands in enough rows.
  case noCombination(rules: [String], minimumRows: Int)
  /// Rules that share columns have more combinations than can be kept.
  case tooManyCombinations(rules: [String])
}

extension ConstraintError: CustomStringConvertible {
  /// The place, the error and the remedy.
  public var description: String {
    switch self {
    case .syntax(let text, let position, let remedy):
      return "'\(text)' is not a rule: the error is at character \(position). \(remedy)"
    case .shape(let rule, let remedy):
      return "The rule '\(rule)' has no effect. \(remedy)"
    case .duplicateName(let name):
      return "Two rules have the name '\(name)'. Give each its own, or none."
    case .unknownColumn(let name, let rule, let nearest):
      let hint = nearest.map { " Do you mean '\($0)'?" } ?? " Look at the header of the table."
      return "The rule '\(rule)': there is no column '\(name)'.\(hint)"
    case .excludedColumn(let name, let rule):
      return "The rule '\(rule)' is about the column '\(name)', which is left out. "
        + "Remove the rule, or keep the column."
    case .value(let text, let column, let rule):
      return "The rule '\(rule)': '\(text)' is not a value of the column '\(column)'."
        + " Write it as the column does."
    case .unordered(let column, let rule):
      return "The rule '\(rule)': the column '\(column)' holds neither numbers nor dates."
        + " Compare columns that do."
    case .differentUnits(let lower, let upper, let rule):
      return "The rule '\(rule)': '\(lower)' and '\(upper)' are of different kinds. Compare numbers"
        + " with numbers, dates with dates and timestamps, and times of day with times of day."
    case .nothingInRange(let column):
      return "The column '\(column)' has too few values where the rules allow them. Widen its"
        + " range, or leave the column out."
    case .notBinary(let column, let rule):
      return "The rule '\(rule)': the column '\(column)' holds more than 0 and 1, or true and"
        + " false. Name columns of two values."
    case .notLearnt(let column, let rule):
      return
        "The rule '\(rule)': the values of the column '\(column)' are made up anew or left out."
        + " Name columns whose values are kept."
    case .contradiction(let rules):
      return "No row can obey \(Self.list(rules)). Drop or change one."
    case .forcedEquality(let rules, let columns):
      let names = columns.map { "'\($0)'" }.joined(separator: ", ")
      return "\(Self.list(rules, first: "The")) force the columns \(names) to be equal."
        + " Drop one of the rules, or all but one of the columns."
    case .oftenBroken(let broken):
      return "\(broken). Correct the rule or the rows, or use --force-constraint to draw rows that"
        + " obey it all the same."
    case .boundAndCombined(let column, let bound, let combined):
      return "The column '\(column)' is bound by \(Self.list(bound)), and combined by the rule"
        + " '\(combined)'. Drop one of them."
    case .noCombination(let rules, let minimumRows):
      return "No combination that obeys \(Self.list(rules)) occurs in at least \(minimumRows) rows,"
        + " and rarer ones must not be kept. Name fewer columns, or drop one of the rules."
    case .tooManyCombinations(let rules):
      return "\(Self.list(rules, first: "The")) share columns and have more combinations than can"
        + " be kept. Name fewer columns, or drop one of the rules."
    }
  }

  /// `the rule 'a'` or `the rules 'a', 'b' and 'c'`.
  private static func list(_ rules: [String], first: String = "the") -> String {
    let quoted = rules.map { "'\($0)'" }
    let names = quoted.dropLast().joined(separator: ", ")
    return quoted.count == 1
      ? "\(first) rule \(quoted[0])" : "\(first) rules \(names) and \(quoted.last ?? "")"
  }
}
