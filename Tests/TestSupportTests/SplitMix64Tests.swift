import TestSupport
import Testing

@Suite struct SplitMix64Tests {
  @Test func knownAnswers() {
    var generator = SplitMix64(seed: 1_234_567)
    let words = (0..<5).map { _ in generator.next() }
    #expect(
      words == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test func uniformNumbersFillTheirRange() {
    var generator = SplitMix64(seed: 1)
    let numbers = generator.uniform(100_000, in: -2...6)
    #expect(numbers.allSatisfy { (-2...6).contains($0) })
    let mean = numbers.reduce(0) { $0 + Double($1) } / 100_000
    let variance = numbers.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / 100_000
    // Deviations of the estimates: 0.0073 and 0.015.
    expectClose([mean, variance], [2.0, 64.0 / 12], absolute: 0.06)
  }

  @Test func normalNumbersHaveTheirMoments() {
    var generator = SplitMix64(seed: 2)
    let numbers = generator.normal(100_000, deviation: 3).map(Double.init)
    let moments = (1...4).map { power in
      numbers.reduce(0) { sum, number in
        sum + (0..<power).reduce(1) { product, _ in product * number / 3 }
      } / 100_000
    }
    // Deviations of the estimates: 0.0032, 0.0045, 0.012 and 0.031.
    expectClose(moments, [0.0, 1, 0, 3], absolute: 0.12)
    expectClose(Array(moments[..<2]), [0.0, 1], absolute: 0.018)
  }

  @Test func codesReachBothEnds() {
    var generator = SplitMix64(seed: 3)
    let codes = generator.codes(1000, below: 7)
    #expect(Set(codes) == Set(0..<7))
  }
}
