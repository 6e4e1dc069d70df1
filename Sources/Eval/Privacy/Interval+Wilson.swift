extension ConfidenceInterval {
  /// A share of successes and its score interval at 95 % (Wilson, "Probable inference, the law of succession, and statistical
  /// inference", 1927).
  ///
  /// - Parameters:
  ///   - share: From 0 to 1.
  ///   - trials: Of how many trials, at least 1; no whole number where trials depend on each other.
  package init(share: Double, ofTrials trials: Double) {
    let z = 1.959963984540054
    let middle = (share + z * z / (2 * trials)) / (1 + z * z / trials)
    let variance = share * (1 - share) / trials + z * z / (4 * trials * trials)
    let half = z / (1 + z * z / trials) * variance.squareRoot()
    // At 0 and 1 an end of the interval is the share itself, but for rounding.
    self.init(
      value: share, lower: max(0, min(share, middle - half)),
      upper: min(1, max(share, middle + half)))
  }
}
