import NN
import TestSupport
import Testing

@Suite struct ScheduleTests {
  private func rates(_ schedule: WarmUpCosine) -> [Float] {
    (0..<schedule.stepCount).map { schedule.rate(step: $0) }
  }

  @Test func cosineIsThatOfPyTorch() {
    let rates = rates(WarmUpCosine(peak: 0.4, stepCount: 50, warmUp: 0, floor: 0.1))
    // Without a warm-up step 0 alone still has the rate 0.
    #expect(rates[0] == 0)
    expectClose(
      Array(rates.dropFirst()), Array(GoldenSchedule.cosine.dropFirst()), absolute: 2e-7)
  }

  @Test func warmUpIsThatOfPyTorch() {
    let rates = rates(WarmUpCosine(peak: 0.4, stepCount: 50, warmUp: 0.15, floor: 0.1))
    expectClose(rates, GoldenSchedule.warmUpCosine, absolute: 2e-7)
  }

  @Test func defaultsWarmUpForATwentiethAndEndAtAFiftieth() {
    let schedule = WarmUpCosine(peak: 1, stepCount: 1000)
    let rates = rates(schedule)
    let highest = rates.indices.max { rates[$0] < rates[$1] }!
    #expect((50...51).contains(highest))
    expectClose([schedule.rate(step: 1000)], [0.02], absolute: 1e-6)
    #expect(zip(rates[51...], rates[52...]).allSatisfy { $0 >= $1 })
    #expect(zip(rates[..<50], rates[1..<51]).allSatisfy { $0 < $1 })
  }
}
