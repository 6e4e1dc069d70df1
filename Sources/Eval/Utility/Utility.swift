/// How well a model trained on synthetic rows predicts real ones.
public struct UtilityFigures: Codable, Sendable, Equatable {
  /// The column that is predicted.
  public var target: String
  /// The kind of prediction.
  public var task: PredictionTask
  /// Trained on the synthetic rows.
  public var synthetic: PredictionScore
  /// Trained on the training rows.
  public var real: PredictionScore
  /// The AUC or R² of the real model less that of the synthetic one, with its 95 % interval over the rows that both predict.
  public var lost: ConfidenceInterval
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

/// The quality of predictions on real rows that no model was trained on.
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

/// A column's contribution to the two models, as shares of their gain.
public struct FeatureImportance: Codable, Sendable, Equatable {
  public var column: String
  public var synthetic: Double
  public var real: Double
}

extension UtilityFigures {
  /// Compares a model trained on synthetic rows with one trained on the training rows.
  package init(
    of target: Target, synthetic: UtilityTest.Outcome, real: UtilityTest.Outcome
  ) {
    self.target = target.column
    task = real.task
    self.synthetic = synthetic.score
    self.real = real.score
    lost = ConfidenceInterval(
      value: (real.score.figure ?? 0) - (synthetic.score.figure ?? 0),
      influences: zip(real.influences, synthetic.influences).map { $0 - $1 },
      correction: real.step)
    importance = zip(synthetic.shares, real.shares)
      .map { FeatureImportance(column: $0.column, synthetic: $0.share, real: $1.share) }
      .sorted { $0.real > $1.real }
  }
}

/// One model that predicts a column from all others, tested on real rows that it has not seen.
///
/// Trained on synthetic rows and tested on real ones ("TSTR", Esteban, Hyland and Rätsch, "Real-valued (medical) time series
/// generation with recurrent conditional GANs", 2017) it measures their usefulness; trained on the training rows, it
/// measures how much there is to learn. Both are tested on the holdout. Without one, a fifth of the training rows, chosen by the seed, takes its
/// place, and the real model is trained on the rest.
///
/// Rows whose target is missing are left out, and so are those of a class that the training table does not have.
package struct UtilityTest: Sendable {
  /// The most rows that a model is trained on; the seed chooses them.
  static let rowLimit = 100_000

  /// What a model is trained on.
  package enum Source: Sendable {
    case training
    /// The number of a synthetic table.
    case synthetic(Int)
  }

  private let tables: ComparedTables
  private let labels: TargetLabels
  private let seed: UInt64
  private let fitted: RowSample
  private let tested: RowSample

  /// - Throws: When `target` names a column or value that is not there, has fewer than two values in the training table, or
  ///   more classes than can be predicted.
  package init(
    training source: Source, on target: Target, in tables: ComparedTables, seed: UInt64
  ) throws(EvalError) {
    self.tables = tables
    self.seed = seed
    labels = try TargetLabels(target, in: tables)
    var trainingRows = Array(0..<tables.training.rowCount)
    if let holdout = tables.holdout {
      tested = RowSample(table: holdout, rows: Array(0..<holdout.rowCount))
    } else {
      trainingRows = RowDraw.testing.shuffled(trainingRows.count, seed: seed)
      let testedCount = (trainingRows.count + 4) / 5
      tested = RowSample(table: tables.training, rows: Array(trainingRows.prefix(testedCount)))
      trainingRows.removeFirst(testedCount)
    }
    switch source {
    case .training:
      fitted = RowSample(table: tables.training, rows: trainingRows)
    case .synthetic(let index):
      let table = tables.synthetic[index]
      fitted = RowSample(table: table, rows: Array(0..<table.rowCount))
    }
  }

  /// How good a model is, and by which columns.
  package struct Outcome: Sendable, Equatable {
    package let task: PredictionTask
    package let score: PredictionScore
    /// Of the rows that were predicted on the AUC or R²; see ``Influence``.
    let influences: [Double]
    /// The part of the AUC that half a row of the rarer class decides; 0 for numbers.
    let step: Double
    /// Each column's share of the gain, in table order without the target.
    package let shares: [ColumnShare]
  }

  /// Fits the model and tests it.
  package func run() throws(EvalError) -> Outcome {
    let columns = tables.columns.indices.filter { $0 != labels.column }
    let (fittedRows, fittedLabels) = labelled(fitted, most: Self.rowLimit)
    let (testedRows, truth) = labelled(tested, most: .max)
    let encoder = FeatureEncoder(columns: columns, of: tables, learningFrom: [fittedRows])
    let scale = labels.task == .regression ? Standardization(of: fittedLabels) : .none
    let model = try GradientBoosting(
      fitting: encoder.matrix(of: [fittedRows]), labels: fittedLabels.map(scale.standardized),
      to: labels.task.objective, seed: seed)
    let margins = try model.margins(of: encoder.matrix(of: [testedRows]))
    let shares = zip(columns, try model.gainShares()).map {
      ColumnShare(column: tables.columns[$0].name, share: $1)
    }
    switch labels.task {
    case .binary: return outcome(shares, margins: margins, isPositive: truth.map { $0 == 1 })
    case .multiclass(let levels):
      let chances = Objective.chances(ofMargins: margins, classCount: levels.count)
      return outcome(shares, chances: chances, classes: truth.map { Int($0) }, of: levels.count)
    case .regression:
      return outcome(shares, predicted: margins.map(scale.number), actual: truth)
    }
  }

  /// The rows that have a label, at most as many as requested, and their labels.
  private func labelled(_ sample: RowSample, most: Int) -> (sample: RowSample, labels: [Double]) {
    let labels = labels.labels(of: sample.table)
    var rows = sample.rows.filter { !labels[$0].isNaN }
    if rows.count > most {
      rows = RowDraw.fitting.shuffled(rows.count, seed: seed).prefix(most).map { rows[$0] }
    }
    return (RowSample(table: sample.table, rows: rows), rows.map { labels[$0] })
  }

  private func outcome(
    _ shares: [ColumnShare], margins: [Float], isPositive: [Bool]
  ) -> Outcome {
    let roc = ROC(scores: margins, isPositive: isPositive)
    let positiveCount = isPositive.count { $0 }
    return Outcome(
      task: labels.task,
      score: PredictionScore(auc: roc.auc, curve: roc.curve, rSquared: nil, rmse: nil),
      influences: Influence.onAUC(scores: margins, isPositive: isPositive),
      step: Self.step(min(positiveCount, isPositive.count - positiveCount)), shares: shares)
  }

  private func outcome(
    _ shares: [ColumnShare], chances: [Float], classes: [Int], of classCount: Int
  ) -> Outcome {
    let auc = macroAUC(chances: chances, classes: classes, classCount: classCount)
    let rarest = Dictionary(classes.map { ($0, 1) }, uniquingKeysWith: +).values.min() ?? 0
    return Outcome(
      task: labels.task, score: PredictionScore(auc: auc, curve: [], rSquared: nil, rmse: nil),
      influences: Influence.onMacroAUC(chances: chances, classes: classes, classCount: classCount),
      step: Self.step(rarest), shares: shares)
  }

  private func outcome(
    _ shares: [ColumnShare], predicted: [Double], actual: [Double]
  ) -> Outcome {
    let error = RegressionError(predicted: predicted, actual: actual)
    return Outcome(
      task: labels.task,
      score: PredictionScore(auc: nil, curve: [], rSquared: error.rSquared, rmse: error.rmse),
      influences: Influence.onRSquared(predicted: predicted, actual: actual), step: 0,
      shares: shares)
  }

  /// Half a row in a number of rows; 1 without rows.
  private static func step(_ rowCount: Int) -> Double { 1 / Double(max(2 * rowCount, 1)) }
}

extension PredictionTask {
  fileprivate var objective: Objective {
    switch self {
    case .binary: .binary
    case .multiclass(let levels): .multiclass(classCount: levels.count)
    case .regression: .regression
    }
  }
}
