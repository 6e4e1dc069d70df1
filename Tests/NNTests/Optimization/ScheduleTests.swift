import NN
import TestSupport
import Testing

@Suite struct ScheduleTests {
  @Test func theRateRisesAndStays() {
    let schedule = WarmUp(peak: 0.4, stepCount: 8)
    expectClose(
      (0..<10).map(schedule.rate),
      [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.4, 0.4], absolute: 1e-7)
    #expect(schedule.rate(step: 1_000_000) == 0.4)
    #expect(WarmUp(peak: 1).rate(step: 59) == 1 && WarmUp(peak: 1).rate(step: 58) < 1)
  }

  /// The mean of weights w_1, ..., w_T, weighted as the definition says.
  @Test(arguments: [0.0, 1, 4]) func theAverageWeighsByPowersOfTheStep(power: Double) {
    var random = SplitMix64(seed: 9)
    let steps = (0..<12).map { _ in random.normal(5) }
    let average = WeightAverage(count: 5, power: power)
    let weights = Buffer(count: 5)
    var (sums, total) = ([Double](repeating: 0, count: 5), 0.0)
    for (index, step) in steps.enumerated() {
      weights.row.assign(step)
      average.begin(step: index + 1)
      average.update(0..<2, with: weights)
      average.update(2..<5, with: weights)
      // (t / (t + 1)) ^ (power + 1) of the mean stays in the next step.
      let t = Double(index + 1)
      let kept = (0..<Int(power) + 1).reduce(1.0) { product, _ in product * (1 - 1 / t) }
      for place in 0..<5 { sums[place] += (1 - kept) * (Double(step[place]) - sums[place]) }
      total += 1
      expectClose(average.values.row.elements, sums, absolute: 1e-6)
    }
    if power == 0 {
      let means = (0..<5).map { place in
        steps.reduce(0.0) { $0 + Double($1[place]) } / total
      }
      expectClose(average.values.row.elements, means, absolute: 1e-6)
    }
  }
}
