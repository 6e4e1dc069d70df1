import Eval
import NN
import Tables

/// What the privacy figures and the centroid cosine of a synthetic table are.
struct PrivacyRun: Equatable {
  let figures: PrivacyFigures
  let cosine: Measured

  init(
    training: Table, holdout: Table?, synthetic: Table, others: [Table] = [], seed: UInt64 = 1,
    threadCount: Int = 2
  ) throws {
    let tables = try ComparedTables(
      training: training, holdout: holdout, synthetic: others + [synthetic])
    let pool = WorkerPool(threadCount: threadCount)
    let space = FeatureSpace(of: tables, seed: seed, pool: pool)
    figures = PrivacyEvaluator(of: tables, in: space, pool: pool)
      .figures(ofSynthetic: others.count)
    cosine = centroidCosine(ofSynthetic: others.count, in: space)
  }

  /// Every number that is not nil.
  var numbers: [Double] {
    let distances = [figures.toTraining, figures.toHoldout, figures.holdoutToTraining]
      .compactMap { $0 }.flatMap { [$0.mean, $0.median, $0.lowest5Percent] + $0.quantiles }
    let measured = [
      figures.neighbourRatio, figures.identicalShare, figures.alphaPrecision, figures.betaRecall,
      figures.authenticity, cosine,
    ].flatMap { [$0.value, $0.holdout].compactMap { $0 } }
    let interval = figures.closerToTraining.map { [$0.lower, $0.value, $0.upper] } ?? []
    return distances + measured + interval
  }
}
