extension Interval {
  /// The share of successes and its score interval at 95 % (Wilson, "Probable inference, the law of succession, and statistical
  /// inference", 1927).
  ///
  /// - Parameters:
  ///   - successes: From 0 to `trials`; a tie may count as a half, which makes the interval a little too wide.
  ///   - trials: At least 1.
  package init(successes: Double, trials: Int) {
    let z = 1.959963984540054
    let (n, share) = (Double(trials), successes / Double(trials))
    let middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    let half = z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    // At 0 and 1 an end of the interval is the share itself, but for rounding.
    self.init(
      value: share, lower: max(0, min(share, middle - half)),
      upper: min(1, max(share, middle + half)))
  }
}
