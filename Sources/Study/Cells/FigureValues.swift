import Eval

/// The finite figures of one evaluation by name.
struct FigureValues {
  /// Of the synthetic table.
  private(set) var values: [StudyFigure: Double] = [:]
  /// Expected values of an independent sample of real rows.
  private(set) var expected: [StudyFigure: Double] = [:]
  /// Of real rows.
  private(set) var real: [StudyFigure: Double] = [:]

  /// - Parameter privacy: Distances to the rows that were trained on.
  init(_ evaluation: SyntheticEvaluation, privacy: PrivacyFigures?, options: StudyOptions) {
    let accuracy = evaluation.accuracy
    set(.accuracy, accuracy.overall)
    set(.univariate, accuracy.univariate)
    set(.bivariate, accuracy.bivariate)
    set(.trivariate, accuracy.trivariate)
    set(.shape, evaluation.similarity?.shape)
    set(.trend, evaluation.similarity?.trend)
    let discriminator = evaluation.similarity?.discriminator
    set(
      .discriminatorAUC, discriminator?.auc.value, real: discriminator?.holdoutAUC?.value)
    if let utility = evaluation.utility {
      set(.targetAUC, utility.synthetic.auc, real: utility.real.auc)
      set(.targetRSquared, utility.synthetic.rSquared, real: utility.real.rSquared)
    }
    for (rule, figures) in zip(options.rules, evaluation.rules) {
      set(.share(keeping: rule), figures.share)
    }
    for (statistic, figures) in zip(options.statistics, evaluation.statistics) {
      set(.deviation(of: statistic), figures.deviation)
    }
    set(.closerToTraining, privacy?.closerToTraining?.value, real: nil)
    set(.identicalShare, privacy?.identicalShare.value, real: nil)
  }

  private mutating func set(_ figure: StudyFigure, _ score: AccuracyScore?) {
    set(figure, score?.value, real: score?.holdout)
    if let score, score.expected.isFinite { expected[figure] = score.expected }
  }

  private mutating func set(_ figure: StudyFigure, _ measured: Measured?) {
    set(figure, measured?.value, real: measured?.holdout)
  }

  private mutating func set(_ figure: StudyFigure, _ value: Double?, real realValue: Double?) {
    if let value, value.isFinite { values[figure] = value }
    if let realValue, realValue.isFinite { real[figure] = realValue }
  }
}

extension StudyFigure {
  /// All figures that a study may have, those that another run does not repeat last.
  static func all(_ options: StudyOptions) -> [StudyFigure] {
    [
      .accuracy, .univariate, .bivariate, .trivariate, .shape, .trend, .discriminatorAUC,
      .targetAUC, .targetRSquared,
    ] + options.rules.map(StudyFigure.share) + options.statistics.map(StudyFigure.deviation)
      + [.closerToTraining, .identicalShare, .epochs] + measurements
  }
}
