/// A rule that every drawn row obeys. Values that break it cannot be drawn; no row is drawn again.
///
/// Rules have a text form, in which they are also encoded: see ``init(parsing:)``.
public struct Constraint: Hashable, Sendable, TextCodable {
  /// The condition on a row.
  public enum Condition: Hashable, Sendable {
    /// The combination of the columns' values occurs in enough rows of the training data. A number that is not a frequent value
    /// counts as its range.
    case fixedCombinations([String])
    /// The first column's number or date is at most that of the second, or less where `isStrict` is true. Rows in which either
    /// is missing obey.
    case inequality(lower: String, upper: String, isStrict: Bool)
    /// The column's numbers or dates lie between two of them, both included; they are spelled as in the column. Missing values
    /// obey.
    case range(column: String, lower: String?, upper: String?)
    /// One of the columns is 1 or true, and all others are 0, false or missing.
    case oneHot([String])
    /// One of the columns is 1 or true at most.
    case atMostOne([String])
  }

  /// The name of the rule in messages; nil uses its text.
  public var name: String?
  public var condition: Condition

  public init(_ condition: Condition, name: String? = nil) {
    self.condition = condition
    self.name = name
  }

  /// The columns of the rule.
  public var columns: [String] {
    switch condition {
    case .fixedCombinations(let columns), .oneHot(let columns), .atMostOne(let columns): columns
    case .inequality(let lower, let upper, _): [lower, upper]
    case .range(let column, _, _): [column]
    }
  }

  /// The name or text of the rule in messages.
  var label: String { name ?? description }

  /// Refuses rules about too few columns, or about none.
  func checkShape() throws(ConstraintError) {
    if columns.contains("") { throw .shape(rule: label, remedy: "Every column needs a name.") }
    if case .range(_, nil, nil) = condition {
      throw .shape(rule: label, remedy: "Give a lower end, an upper end or both.")
    }
    if case .range = condition { return }
    if columns.count < 2 || Set(columns).count < columns.count {
      throw .shape(rule: label, remedy: "Name two or more columns, each of them once.")
    }
  }
}
