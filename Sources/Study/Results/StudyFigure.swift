import Eval

/// The name of a figure that every cell of a study may have: a column of `results.csv`.
public struct StudyFigure: RawRepresentable, Hashable, Codable, CodingKeyRepresentable, Sendable {
  public var rawValue: String

  public init(rawValue: String) { self.rawValue = rawValue }
}

// MARK: - Figures that do not depend on the machine

extension StudyFigure {
  /// Overall accuracy, from 0 to 1: the mean of the next three.
  public static let accuracy = StudyFigure(rawValue: "accuracy")
  public static let univariate = StudyFigure(rawValue: "univariate")
  public static let bivariate = StudyFigure(rawValue: "bivariate")
  public static let trivariate = StudyFigure(rawValue: "trivariate")
  /// The mean similarity of columns, and of pairs of columns.
  public static let shape = StudyFigure(rawValue: "shape")
  public static let trend = StudyFigure(rawValue: "trend")
  /// How well a classifier distinguishes synthetic rows from those of the holdout: 0.5 is best.
  public static let discriminatorAUC = StudyFigure(rawValue: "c2st_auc")
  /// How well a model that was trained on synthetic rows predicts the target's class in the holdout.
  public static let targetAUC = StudyFigure(rawValue: "tstr_auc")
  /// The same for a target of numbers: the share of the variance that is explained.
  public static let targetRSquared = StudyFigure(rawValue: "tstr_r_squared")
  /// The share of rows that are closer to a row that was trained on than to one of the holdout: 0.5 is best.
  public static let closerToTraining = StudyFigure(rawValue: "dcr_share")
  /// The share of rows that are identical to a row that was trained on.
  public static let identicalShare = StudyFigure(rawValue: "identical_share")
  /// The epochs that the model was trained for, without those that chose their number.
  public static let epochs = StudyFigure(rawValue: "epochs")

  /// The prefix of the names of rule figures.
  static let rulePrefix = "rule("

  /// The share of rows that keep a rule.
  public static func share(keeping rule: Rule) -> StudyFigure {
    StudyFigure(rawValue: "\(rulePrefix)\(rule.columns.joined(separator: ",")))")
  }

  /// The mean deviation of a statistic's groups from those of the training rows.
  public static func deviation(of statistic: Statistic) -> StudyFigure {
    StudyFigure(rawValue: "deviation(\(statistic.definition))")
  }
}

// MARK: - Measurements of the machine

extension StudyFigure {
  /// Wall time of training, from the sample in memory to the model.
  public static let trainingSeconds = StudyFigure(rawValue: "training_seconds")
  /// Processor time of training, of all threads.
  public static let trainingCPUSeconds = StudyFigure(rawValue: "training_cpu_seconds")
  /// Rows trained per second of wall time.
  public static let rowsPerSecond = StudyFigure(rawValue: "rows_per_second")
  /// The peak memory of the process during training, if the system reports it.
  public static let peakMemoryBytes = StudyFigure(rawValue: "peak_memory_bytes")
  /// Wall time of drawing the synthetic rows into a compressed file.
  public static let generationSeconds = StudyFigure(rawValue: "generation_seconds")
  /// Wall time of judging them.
  public static let evaluationSeconds = StudyFigure(rawValue: "evaluation_seconds")

  /// The figures that another run does not repeat.
  public static let measurements: [StudyFigure] = [
    .trainingSeconds, .trainingCPUSeconds, .rowsPerSecond, .peakMemoryBytes, .generationSeconds,
    .evaluationSeconds,
  ]
}
