/// A rule that every drawn row obeys: by the way it is drawn, never by drawing again.
///
/// Rules have a text form, which is also how they are coded: see ``init(parsing:)``.
public struct Constraint: Hashable, Sendable, TextCodable {
  /// What a row has to be like.
  public enum Condition: Hashable, Sendable {
    /// The columns' values stand together in enough rows of the training data. Numbers that are not frequent values of their
    /// column take part by the range that they lie in.
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

  /// What messages call the rule; nil takes its text.
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

  /// What messages call the rule.
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
