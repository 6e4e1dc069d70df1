import Eval
import TestSupport
import Testing

/// The ends are those of statsmodels 0.15.0, proportion_confint(count, n, method="wilson").
@Suite struct ConfidenceIntervalTests {
  @Test func sameAsStatsmodels() {
    for (successes, trials, lower, upper) in [
      (12, 40, 0.1807484522974653, 0.45430018818144946), (1, 1, 0.2065493143772374, 1),
      (5060, 10_000, 0.49620046303121634, 0.5157949289883356),
    ] {
      let interval = ConfidenceInterval(
        share: Double(successes) / Double(trials), ofTrials: Double(trials))
      expectClose([interval.lower, interval.upper], [lower, upper], absolute: 1e-12)
      #expect(interval.value == Double(successes) / Double(trials))
    }
  }

  @Test func endsStayInside() {
    for trials in [1, 2, 17, 10_000] {
      let none = ConfidenceInterval(share: 0, ofTrials: Double(trials))
      #expect(none.lower == 0 && none.value == 0 && none.upper > 0 && none.upper <= 1)
      let all = ConfidenceInterval(share: 1, ofTrials: Double(trials))
      #expect(all.upper == 1 && all.value == 1 && all.lower < 1 && all.lower >= 0)
    }
  }

  /// Newcombe (1998), table II, method 10.
  @Test(arguments: [
    (56, 70, 48, 80, 0.0524, 0.3339), (9, 10, 3, 10, 0.1705, 0.8090),
    (5, 56, 0, 29, -0.0381, 0.1926), (10, 10, 0, 10, 0.6075, 1),
  ])
  func differencesOfSharesAreNewcombes(
    _ a: Int, _ m: Int, _ b: Int, _ n: Int, _ lower: Double, _ upper: Double
  ) {
    let interval = ConfidenceInterval(
      share: ConfidenceInterval(share: Double(a) / Double(m), ofTrials: Double(m)),
      less: ConfidenceInterval(share: Double(b) / Double(n), ofTrials: Double(n)))
    expectClose([interval.lower, interval.upper], [lower, upper], absolute: 5e-5)
    #expect(interval.value == Double(a) / Double(m) - Double(b) / Double(n))
  }

  /// At the ends the distance is 1.96 of the standard errors there; few rows leave doubt even of a perfect order.
  @Test func areasHaveScoreIntervals() {
    for (auc, count) in [(0.5, 10), (0.5, 5_000), (0.63, 300), (1, 10), (0, 10), (1, 1)] {
      let interval = ConfidenceInterval(auc: auc, positiveCount: count, otherCount: count)
      #expect(interval.value == auc && interval.lower <= auc && auc <= interval.upper)
      let rows = Double(count)
      for end in [interval.lower, interval.upper] where end > 1e-9 && end < 1 - 1e-9 {
        let factor = 1 + (rows - 1) * ((1 - end) / (2 - end) + end / (1 + end))
        let error = (end * (1 - end) * factor).squareRoot() / rows
        #expect(abs(abs(end - auc) - 1.959963984540054 * error) < 1e-9)
      }
    }
    let perfect = ConfidenceInterval(auc: 1, positiveCount: 10, otherCount: 10)
    #expect(abs(perfect.lower - 0.78) < 0.05 && perfect.upper == 1)
  }
}
