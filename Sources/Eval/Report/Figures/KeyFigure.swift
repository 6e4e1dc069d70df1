/// A figure by which tables are compared.
struct KeyFigure: Sendable {
  let definition: Definition
  let text: @Sendable (Double?) -> String
  let value: @Sendable (SyntheticEvaluation) -> Double?
  /// The value of real rows: the holdout's; the expected accuracy without a holdout; for utility that of a model
  /// trained on real rows.
  let real: @Sendable (SyntheticEvaluation) -> Double?
  /// How far a value is from the best, given the value of real rows; the smallest wins.
  let badness: @Sendable (_ value: Double, _ real: Double?) -> Double

  /// Those that every table may have.
  static let all: [KeyFigure] =
    [
      accuracy(.accuracy) { $0.overall }, accuracy(.univariate) { $0.univariate },
      accuracy(.bivariate) { $0.bivariate }, accuracy(.trivariate) { $0.trivariate },
      share(.shape) { $0.similarity?.shape }, share(.trend) { $0.similarity?.trend },
      KeyFigure(
        definition: .discriminator, text: fixed,
        value: { $0.similarity?.discriminator.auc.value },
        real: { $0.similarity?.discriminator.holdoutAUC?.value },
        badness: { value, _ in abs(value - 0.5) }),
      KeyFigure(
        definition: .utility, text: fixed, value: { $0.utility?.synthetic.figure },
        real: { $0.utility?.real.figure }, badness: { value, _ in -value }),
      KeyFigure(
        definition: .closerToTraining, text: percent,
        value: { $0.privacy?.closerToTraining?.value },
        real: { _ in nil }, badness: { value, _ in max(0, value - 0.5) }),
      KeyFigure(
        definition: .identicalShare, text: percent, value: { $0.privacy?.identicalShare.value },
        real: { $0.privacy?.identicalShare.holdout }, badness: { value, _ in value }),
      share(.neighbourRatio) { $0.privacy?.neighbourRatio },
      share(.authenticity) { $0.privacy?.authenticity },
      share(.alphaPrecision, badness: { abs($0 - ($1 ?? 1)) }) { $0.privacy?.alphaPrecision },
      share(.betaRecall, badness: { abs($0 - ($1 ?? 0.5)) }) { $0.privacy?.betaRecall },
    ]

  /// The rule that is kept worst.
  static let weakestRule = KeyFigure(
    definition: .rule, text: percent, value: { $0.rules.map(\.share.value).min() },
    real: { $0.rules.compactMap(\.share.holdout).min() }, badness: { value, _ in -value })

  private static let percent: @Sendable (Double?) -> String = { NumberText.percent($0, digits: 2) }
  private static let fixed: @Sendable (Double?) -> String = { NumberText.fixed($0, digits: 3) }

  private static func accuracy(
    _ definition: Definition, _ score: @escaping @Sendable (AccuracyFigures) -> AccuracyScore?
  ) -> KeyFigure {
    KeyFigure(
      definition: definition, text: percent, value: { score($0.accuracy)?.value },
      real: { evaluation in score(evaluation.accuracy).map { $0.holdout ?? $0.expected } },
      badness: { value, _ in -value })
  }

  /// A share; larger is better unless stated otherwise.
  private static func share(
    _ definition: Definition,
    badness: @escaping @Sendable (Double, Double?) -> Double = { value, _ in -value },
    _ measured: @escaping @Sendable (SyntheticEvaluation) -> Measured?
  ) -> KeyFigure {
    KeyFigure(
      definition: definition, text: percent, value: { measured($0)?.value },
      real: { measured($0)?.holdout }, badness: badness)
  }
}

extension PredictionScore {
  /// Its main figure: the AUC of classes, R² of numbers.
  var figure: Double? { auc ?? rSquared }
}

extension ConfidenceInterval {
  /// Its ends in words.
  func text(_ number: (Double?) -> String) -> String { "\(number(lower)) to \(number(upper))" }
}
