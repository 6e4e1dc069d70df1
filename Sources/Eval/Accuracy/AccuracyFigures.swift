/// How closely distributions of one, two and three columns agree with the real ones.
public struct AccuracyFigures: Codable, Sendable, Equatable {
  /// The mean of the three below.
  public var overall: AccuracyScore
  public var univariate: AccuracyScore
  /// nil for a table of one column.
  public var bivariate: AccuracyScore?
  /// nil for a table of one or two columns.
  public var trivariate: AccuracyScore?
  public var columns: [ColumnAccuracy]
  public var pairs: [PairAccuracy]
}

/// An accuracy, from 0 to 1.
public struct AccuracyScore: Codable, Sendable, Equatable {
  public var value: Double
  /// What an independent sample of real rows is expected to score.
  public var expected: Double
  /// What the holdout scores against the training rows; nil without one.
  public var holdout: Double?
}

/// The accuracy of one column: alone, and the means over the pairs and triples that it is part of.
public struct ColumnAccuracy: Codable, Sendable, Equatable {
  public var column: String
  public var univariate: Measured
  public var bivariate: Measured?
  public var trivariate: Measured?
}

/// The accuracy of two columns together.
public struct PairAccuracy: Codable, Sendable, Equatable {
  public var first: String
  public var second: String
  public var accuracy: Measured
}
