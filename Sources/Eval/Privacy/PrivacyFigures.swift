/// How close synthetic rows are to single real ones.
public struct PrivacyFigures: Codable, Sendable, Equatable {
  /// From synthetic rows to the closest training row.
  public var toTraining: Distances
  /// From synthetic rows to the closest holdout row; nil without a holdout.
  public var toHoldout: Distances?
  /// From holdout rows to the closest training row: what real people who were not trained on get.
  public var holdoutToTraining: Distances?
  /// The share of synthetic rows that are closer to a training row than to a holdout row, of as many; nil without a holdout.
  public var closerToTraining: Interval?
  /// Distance to the closest training row divided by that to the second closest: mean over rows.
  public var neighbourRatio: Measured
  /// The share of rows that stand in the training table, value for value.
  public var identicalShare: Measured
  /// The share of synthetic rows inside the smallest ball of typical training rows, over all sizes of the ball.
  public var alphaPrecision: Measured
  /// The share of training rows that synthetic rows cover.
  public var betaRecall: Measured
  /// The share of synthetic rows that are farther from their closest training row than that is from its own neighbour.
  public var authenticity: Measured
}

/// How distances are distributed.
public struct Distances: Codable, Sendable, Equatable {
  public var mean: Double
  public var median: Double
  /// The distance that one in twenty rows falls below.
  public var lowest5Percent: Double
  /// 101 quantiles, from the smallest distance to the largest.
  public var quantiles: [Double]
}

/// An estimate and where the truth lies with a probability of 95 %.
public struct Interval: Codable, Sendable, Equatable {
  public var value: Double
  public var lower: Double
  public var upper: Double
}
