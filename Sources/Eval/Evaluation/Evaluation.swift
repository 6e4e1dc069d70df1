/// Everything that was found out about synthetic tables: what `metrics.json` holds.
public struct Evaluation: Codable, Sendable, Equatable {
  /// The columns' names.
  public var columns: [String]
  /// The real rows that the synthetic ones were made from.
  public var training: TableSize
  /// Real rows that whoever made the synthetic ones had not seen; nil where there are none.
  public var holdout: TableSize?
  /// One for each synthetic table.
  public var synthetic: [SyntheticEvaluation]
  /// The seed of all samples that were taken.
  public var seed: UInt64
}

/// The name of a table and its number of rows.
public struct TableSize: Codable, Sendable, Equatable {
  public var name: String
  public var rowCount: Int
}

/// What was found out about one synthetic table; a part that was not asked for or cannot be had is nil or empty.
public struct SyntheticEvaluation: Codable, Sendable, Equatable {
  public var table: TableSize
  public var accuracy: AccuracyFigures
  public var similarity: SimilarityFigures?
  public var privacy: PrivacyFigures?
  public var utility: UtilityFigures?
  public var statistics: [StatisticFigures]
  public var rules: [RuleFigures]
}

/// A figure of a synthetic table beside the same figure of the holdout, as if that were synthetic.
public struct Measured: Codable, Sendable, Equatable {
  public var value: Double
  /// nil without a holdout.
  public var holdout: Double?
}

/// A point of a curve.
public struct Point: Codable, Sendable, Equatable {
  public var x: Double
  public var y: Double

  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}
