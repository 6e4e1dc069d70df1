/// What a model that was trained on synthetic rows is worth on real ones.
public struct UtilityFigures: Codable, Sendable, Equatable {
  /// The column that is predicted.
  public var target: String
  /// What is predicted of it.
  public var task: PredictionTask
  /// Trained on the synthetic rows.
  public var synthetic: PredictionScore
  /// Trained on the training rows.
  public var real: PredictionScore
  /// By the real model's shares, the largest first.
  public var importance: [FeatureImportance]
}

/// A kind of prediction.
public enum PredictionTask: Codable, Sendable, Equatable {
  /// Whether the target has this value.
  case binary(positive: String)
  /// Which of these values it has.
  case multiclass(levels: [String])
  /// A number.
  case regression
}

/// How good predictions are on real rows that no model was trained on.
public struct PredictionScore: Codable, Sendable, Equatable {
  /// Area under the ROC curve, the mean of one against the rest for several classes; nil for numbers.
  public var auc: Double?
  /// The ROC curve for two classes: at most 101 points; else empty.
  public var curve: [Point]
  /// The share of the variance that is explained; nil for classes.
  public var rSquared: Double?
  /// Root of the mean squared error, in the target's unit; nil for classes.
  public var rmse: Double?
}

/// What a column contributes to the two models, as shares of their gain.
public struct FeatureImportance: Codable, Sendable, Equatable {
  public var column: String
  public var synthetic: Double
  public var real: Double
}

extension UtilityFigures {
  /// A model trained on synthetic rows beside the one that was trained on training rows.
  package init(
    of target: Target, synthetic: UtilityTest.Outcome, real: UtilityTest.Outcome
  ) {
    self.target = target.column
    task = real.task
    self.synthetic = synthetic.score
    self.real = real.score
    importance = zip(synthetic.shares, real.shares)
      .map { FeatureImportance(column: $0.column, synthetic: $0.share, real: $1.share) }
      .sorted { $0.real > $1.real }
  }
}
