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

extension ConfidenceInterval {
  /// The share of candidates that are closer to the rows of one table than to those of another, a tie counting half, with its
  /// 95 % confidence interval.
  ///
  /// Many candidates may be closest to the same few rows, and would all change sides with them. So the number of trials is
  /// at most Kish's effective number (Kish, "Survey sampling", 1965), m² / Σ c², where c of the m candidates are closest
  /// to a row. For two tables from the same source the interval then contains 0.5 as often as it should.
  ///
  /// - Parameters:
  ///   - first: For each candidate (at least one), the closest row of the first table.
  ///   - second: The same for the second table.
  init(shareCloserTo first: [NearestTwo], thanTo second: [NearestTwo]) {
    // The points that each row of the tables wins, in halves.
    var wins: (first: [Int: Int], second: [Int: Int]) = ([:], [:])
    var halves = 0
    for (first, second) in zip(first, second) {
      let (left, right) = (first.first.squaredDistance, second.first.squaredDistance)
      let won = left < right ? 2 : left == right ? 1 : 0
      halves += won
      if won > 0 { wins.first[first.first.row, default: 0] += won }
      if won < 2 { wins.second[second.first.row, default: 0] += 2 - won }
    }
    // Sums of integers do not depend on the order of a dictionary.
    let squares = [wins.first, wins.second].reduce(0) { sum, wins in
      sum + wins.values.reduce(0) { $0 + $1 * $1 }
    }
    let count = Double(first.count)
    let effectiveCount = min(count, 4 * count * count / Double(squares))
    self.init(share: Double(halves) / 2 / count, ofTrials: effectiveCount)
  }
}
