import NN

/// An estimate and its 95 % confidence interval.
public struct ConfidenceInterval: Codable, Sendable, Equatable {
  public var value: Double
  public var lower: Double
  public var upper: Double
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

extension ConfidenceInterval {
  /// A share of successes and its score interval at 95 % (Wilson, "Probable inference, the law of succession, and statistical
  /// inference", 1927).
  ///
  /// - Parameters:
  ///   - share: From 0 to 1.
  ///   - trials: Number of trials, at least 1; not always whole, because trials may depend on each other.
  package init(share: Double, ofTrials trials: Double) {
    let z = 1.959963984540054
    let middle = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    let variance = share * (1 - share) / trials + z * z / (4 * trials * trials)
    let half = z / (1 + z * z / trials) * variance.squareRoot()
    // At 0 and 1 an end of the interval is the share itself, up to rounding.
    self.init(
      value: share, lower: max(0, min(share, middle - half)),
      upper: min(1, max(share, middle + half)))
  }
}
