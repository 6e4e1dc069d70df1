import NN

/// How close the rows of one table, the candidates, are to training rows.
struct TrainingCloseness: Sendable {
  /// From each candidate to the closest training row.
  let distances: [Double]
  /// The mean of the quotients of the distances to the closest and the second closest training row.
  let neighbourRatio: Double
  /// The closest of the training rows that the equal samples have, for each candidate.
  let equalNearest: [NearestTwo]
  let scores: SampleScores

  /// - Parameters:
  ///   - candidates: Rows of the feature space that the reference's rows are of.
  ///   - equal: The training rows of the largest equal samples of the real tables.
  init(of candidates: MixedRows, to equal: TrainingReference, pool: WorkerPool) {
    let training = equal.rows
    let few = min(candidates.rowCount, equal.count)
    // One pass over the training rows with two results.
    var nearest: [NearestTwo] = []
    let goOn = { (nearest: [NearestTwo], rows: Range<Int>) in
      training.nearestTwo(
        toFirst: candidates.rowCount, of: candidates, among: rows, after: nearest, pool: pool)
    }
    nearest = goOn(nearest, 0..<few)
    scores = SampleScores(
      of: candidates, nearest: Array(nearest.prefix(few)),
      to: few == equal.count ? equal : TrainingReference(first: few, of: training, pool: pool),
      pool: pool)
    nearest = goOn(nearest, few..<equal.count)
    equalNearest = nearest
    nearest = goOn(nearest, equal.count..<training.rowCount)
    distances = nearest.map { $0.first.squaredDistance.squareRoot() }
    neighbourRatio = nearest.reduce(0) { $0 + TrainingCloseness.ratio($1) } / Double(nearest.count)
  }

  /// 1 for two copies, as in mostlyai-qa, and if there is only one training row.
  private static func ratio(_ nearest: NearestTwo) -> Double {
    let (first, second) = (nearest.first.squaredDistance, nearest.second.squaredDistance)
    return second > 0 && second.isFinite ? (first / second).squareRoot() : 1
  }
}
