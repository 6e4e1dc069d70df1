/// How well a rule between columns is kept.
public struct RuleFigures: Codable, Sendable, Equatable {
  /// The columns whose combinations must occur in the real rows.
  public var columns: [String]
  /// The share of rows that keep the rule.
  public var share: Measured
  /// The number of combinations that occur.
  public var allowedCount: Int
  /// The combinations of the synthetic rows that do not, the most frequent first; at most 100.
  public var violations: [RuleViolation]
}

/// A combination of values that does not occur in the real rows.
public struct RuleViolation: Codable, Sendable, Equatable {
  public var values: [String]
  public var count: Int
}
