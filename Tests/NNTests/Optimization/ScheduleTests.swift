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

  @Test func progressOfTheStepsChangesNothing() {
    for (count, floor) in [(50, 0.1), (7, 0), (1, 0.02)] as [(Int, Float)] {
      let schedule = WarmUpCosine(peak: 0.4, stepCount: count, warmUp: 0.15, floor: floor)
      for step in 0...count {
        let progress = Float(step) / Float(count)
        #expect(schedule.rate(step: step, progress: progress) == schedule.rate(step: step))
      }
    }
  }

  /// The fall follows the progress, the rise still the steps.
  @Test func theRateLandsWhereTheProgressEnds() {
    let schedule = WarmUpCosine(peak: 0.4, stepCount: 1000, warmUp: 0.1, floor: 0)
    #expect(
      schedule.rate(step: 300, progress: 1) == 0 && schedule.rate(step: 300, progress: 2) == 0)
    expectClose([schedule.rate(step: 300, progress: 0.5)], [0.2], absolute: 1e-7)
    expectClose([schedule.rate(step: 300, progress: 0)], [0.4], absolute: 1e-7)
    expectClose([schedule.rate(step: 50, progress: 0.5)], [0.2 * 50 / 101], absolute: 1e-7)
    let floored = WarmUpCosine(peak: 0.4, stepCount: 1000, warmUp: 0.1, floor: 0.1)
    expectClose([floored.rate(step: 300, progress: 1)], [0.04], absolute: 1e-7)
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
