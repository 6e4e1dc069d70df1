import Eval

/// The figures of real rows, with which those of synthetic rows are compared.
public struct StudyReference: Codable, Sendable, Equatable {
  /// The holdout's figures as if it were synthetic; for a target, those of a model trained on all training rows.
  public var values: [StudyFigure: Double]
  public var rules: [RuleReference]
  public var statistics: [StatisticReference]
  public var violins: [ViolinReference]
}

/// A rule between columns, and the combinations that it allows.
public struct RuleReference: Codable, Sendable, Equatable {
  /// Values of the rule's columns, and the real rows that have them.
  public struct Combination: Codable, Sendable, Equatable {
    public var values: [String]
    public var count: Int
  }

  public var figure: StudyFigure
  public var columns: [String]
  /// The combinations of values that real rows have; the 1,000 most frequent if there are more.
  public var allowed: [Combination]
  /// The number of all combinations.
  public var allowedCount: Int
}

/// A statistic by groups, computed from real rows.
public struct StatisticReference: Codable, Sendable, Equatable {
  /// One group of rows; a value is nil where the table has no such rows.
  public struct Group: Codable, Sendable, Equatable {
    /// The values of the columns that group.
    public var values: [String]
    public var training: Double?
    public var holdout: Double?
    /// The interval of the figure in 95 % of samples of real rows that are as large as the holdout; nil if too many of
    /// them lack such rows.
    public var interval: ClosedRange<Double>?
  }

  public var figure: StudyFigure
  /// The definition as given: `mean(age) by marital_status`.
  public var definition: String
  public var groups: [Group]
  /// The mean absolute deviation of the holdout's groups from those of the training rows, weighted by these.
  public var holdoutDeviation: Double
  /// The deviation that 95 % of samples of real rows as large as the holdout do not exceed.
  public var deviationLimit: Double
}

/// A number by groups of rows, as violins show it.
public struct ViolinReference: Codable, Sendable, Equatable {
  /// The column of numbers.
  public var number: String
  /// The column whose values make the groups.
  public var group: String
  /// The values of the groups, at most eight.
  public var groups: [String]
  /// The numbers along which all densities are estimated.
  public var domain: ClosedRange<Double>
  /// Whether their points are evenly spaced by ratio.
  public var isLogarithmic: Bool
  /// By group; nil for one without rows.
  public var training: [StudyDensity?]
  public var holdout: [StudyDensity?]
}

/// How a number is distributed in a group of rows.
public struct StudyDensity: Codable, Sendable, Equatable {
  /// The share of the values around each point, evenly from the start of the domain to its end.
  public var heights: [Double]
  public var lowerQuartile: Double
  public var median: Double
  public var upperQuartile: Double
  /// The number of values.
  public var count: Int
}
