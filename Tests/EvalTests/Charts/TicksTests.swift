import Eval
import TestSupport
import Testing

@Suite struct TicksTests {
  @Test func linearTicksAreNice() {
    #expect(Ticks.linear(in: 0...100, atMost: 6) == [0, 20, 40, 60, 80, 100])
    #expect(Ticks.linear(in: 0...1, atMost: 6) == [0, 0.2, 0.4, 0.6, 0.8, 1])
    #expect(Ticks.linear(in: 17...90, atMost: 5) == [20, 40, 60, 80])
    #expect(Ticks.linear(in: -0.3...0.3, atMost: 5) == [-0.2, 0, 0.2])
    #expect(Ticks.linear(in: 0.93...0.99, atMost: 4) == [0.94, 0.96, 0.98])
    #expect(Ticks.linear(in: 0...1, atMost: 5) == [0, 0.25, 0.5, 0.75, 1])
  }

  @Test func logarithmicTicksArePowersOfTen() {
    #expect(Ticks.logarithmic(in: 1...1_000, atMost: 5) == [1, 10, 100, 1_000])
    #expect(
      Ticks.logarithmic(in: 200...40_000, atMost: 9) == [
        200, 500, 1_000, 2_000, 5_000, 10_000, 20_000,
      ])
    #expect(Ticks.logarithmic(in: 200...40_000, atMost: 5) == [300, 1_000, 3_000, 10_000, 30_000])
    #expect(Ticks.logarithmic(in: 1e-6...1e6, atMost: 5) == [1e-6, 1e-3, 1, 1e3, 1e6])
  }

  @Test func aNarrowLogarithmicAxisHasLinearTicks() {
    #expect(Ticks.logarithmic(in: 41...48, atMost: 5) == [42, 44, 46, 48])
  }

  @Test func ticksLieInTheRangeAndAreNotTooMany() {
    var random = SplitMix64(seed: 3)
    for _ in 0..<3_000 {
      let size = 10.0.power(random.unit() * 40 - 20)
      let low = (random.unit() - 0.5) * size
      let high = low + random.unit() * size
      let limit = Int.random(in: 2...12, using: &random)
      let ticks = Ticks.linear(in: low...high, atMost: limit)
      #expect(!ticks.isEmpty && ticks.count <= limit)
      #expect(ticks == ticks.sorted())
      let slack = (high - low) * 1e-6
      #expect(ticks.allSatisfy { $0 >= low - slack && $0 <= high + slack })
      #expect(ticks.count >= min(limit / 3, 2))

      let positive = abs(low) + size * 1e-6
      let logarithmic = Ticks.logarithmic(in: positive...positive * (1 + size), atMost: limit)
      #expect(!logarithmic.isEmpty && logarithmic.count <= max(limit, 2))
    }
  }

  @Test func rangesWithoutLengthHaveOneTick() {
    #expect(Ticks.linear(in: 3...3, atMost: 5) == [3])
    #expect(Ticks.logarithmic(in: 3...3, atMost: 5) == [3])
    #expect(Ticks.logarithmic(in: -1...3, atMost: 5) == [-1])
  }

  @Test func stepsAreNice() {
    let cases: [(Double, Double)] = [
      (0.9, 1), (1, 1), (1.1, 2), (2.2, 2.5), (3, 5), (7, 10), (0.03, 0.05), (1_200, 2_000),
    ]
    for (size, step) in cases { #expect(Ticks.step(atLeast: size) == step) }
    #expect(Ticks.step(atLeast: 0) == 1)
    #expect(Ticks.step(atLeast: .nan) == 1)
  }
}

extension Double {
  fileprivate func power(_ exponent: Double) -> Double {
    var result = 1.0
    for _ in 0..<Int(abs(exponent)) { result *= exponent < 0 ? 1 / self : self }
    return result
  }
}
