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
}
