/// A user-defined statistic by groups.
public struct StatisticFigures: Codable, Sendable, Equatable {
  /// As it was asked for: `mean(age) by marital_status`.
  public var definition: String
  public var groups: [StatisticGroup]
  /// The mean absolute deviation of the synthetic groups from the training ones, weighted by the training rows; the holdout's beside it.
  public var deviation: Measured
}

/// One group; a value is nil where the table has no such rows.
public struct StatisticGroup: Codable, Sendable, Equatable {
  /// The values of the columns that group.
  public var values: [String]
  public var training: Double?
  public var holdout: Double?
  public var synthetic: Double?
}
