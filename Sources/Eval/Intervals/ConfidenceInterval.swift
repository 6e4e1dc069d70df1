/// An estimate and its 95 % confidence interval.
public struct ConfidenceInterval: Codable, Sendable, Equatable {
  public var value: Double
  public var lower: Double
  public var upper: Double

  /// The standard normal distribution lies within this distance of its mean with a probability of 95 %.
  static let z = 1.959963984540054
}

extension ConfidenceInterval {
  /// A share of successes and its score interval at 95 % (Wilson, "Probable inference, the law of succession, and statistical
  /// inference", 1927).
  ///
  /// - Parameters:
  ///   - share: From 0 to 1.
  ///   - trials: Number of trials, at least 1; not always whole, because trials may depend on each other.
  package init(share: Double, ofTrials trials: Double) {
    let z = Self.z
    let middle = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    let variance = share * (1 - share) / trials + z * z / (4 * trials * trials)
    let half = z / (1 + z * z / trials) * variance.squareRoot()
    // At 0 and 1 an end of the interval is the share itself, up to rounding.
    self.init(
      value: share, lower: max(0, min(share, middle - half)),
      upper: min(1, max(share, middle + half)))
  }
}

extension ConfidenceInterval {
  /// The difference of two shares of successes, the first less the second, with Newcombe's hybrid score interval ("Interval
  /// estimation for the difference between independent proportions", 1998, method 10).
  package init(share: ConfidenceInterval, less other: ConfidenceInterval) {
    func distance(_ first: Double, _ second: Double) -> Double {
      (first * first + second * second).squareRoot()
    }
    let difference = share.value - other.value
    self.init(
      value: difference,
      lower: difference - distance(share.value - share.lower, other.upper - other.value),
      upper: difference + distance(share.upper - share.value, other.value - other.lower))
  }

  /// The area under a ROC curve with its score interval (Newcombe, "Confidence intervals for an effect size measure based on
  /// the Mann-Whitney statistic. Part 2", 2006, method 5).
  ///
  /// The variance is that of Hanley and McNeil ("The meaning and use of the area under a receiver operating characteristic
  /// curve", 1982) at the ends of the interval. So few rows give a wide interval even where all scores are equal or in order.
  /// - Parameters:
  ///   - auc: From 0 to 1.
  ///   - positiveCount: The number of positive rows, at least 1.
  ///   - otherCount: The number of other rows, at least 1.
  package init(auc: Double, positiveCount: Int, otherCount: Int) {
    let (positives, others) = (Double(positiveCount), Double(otherCount))
    let further = max((positives + others) / 2 - 1, 0)
    func isWithin(_ area: Double) -> Bool {
      let factor = 1 + further * ((1 - area) / (2 - area) + area / (1 + area))
      let variance = area * (1 - area) / (positives * others) * factor
      return (area - auc) * (area - auc) <= Self.z * Self.z * variance
    }
    /// The farthest area from `auc` towards a limit that lies within the interval.
    func end(towards limit: Double) -> Double {
      var (inside, outside) = (auc, limit)
      for _ in 0..<60 {
        let middle = (inside + outside) / 2
        if isWithin(middle) { inside = middle } else { outside = middle }
      }
      return inside
    }
    self.init(value: auc, lower: end(towards: 0), upper: end(towards: 1))
  }

  /// A mean over rows with the interval of the central limit theorem, given what each row adds to the deviation of an
  /// estimate from its expectation.
  ///
  /// - Parameters:
  ///   - value: The estimate.
  ///   - influences: One for each row, of mean 0: the estimate is its expectation plus their mean.
  ///   - correction: What both ends are moved outwards by, for estimates that come in steps.
  init(value: Double, influences: [Double], correction: Double = 0) {
    let count = Double(influences.count)
    let variance = influences.reduce(0) { $0 + $1 * $1 } / max(count - 1, 1)
    let half = Self.z * (variance / max(count, 1)).squareRoot() + correction
    self.init(value: value, lower: value - half, upper: value + half)
  }
}
