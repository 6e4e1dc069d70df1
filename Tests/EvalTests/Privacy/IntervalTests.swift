import Eval
import TestSupport
import Testing

/// The ends are those of statsmodels 0.14, proportion_confint(method="wilson").
@Suite struct IntervalTests {
  @Test func sameAsStatsmodels() {
    let some = Interval(successes: 12, trials: 40)
    expectClose([some.value, some.lower, some.upper], [0.3, 0.18073, 0.45433], absolute: 1e-4)
  }

  @Test func endsStayInside() {
    for trials in [1, 2, 17, 10_000] {
      let none = Interval(successes: 0, trials: trials)
      #expect(none.lower == 0 && none.value == 0 && none.upper > 0 && none.upper <= 1)
      let all = Interval(successes: Double(trials), trials: trials)
      #expect(all.upper == 1 && all.value == 1 && all.lower < 1 && all.lower >= 0)
    }
  }
}
