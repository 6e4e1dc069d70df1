import Eval
import Foundation
import TestSupport
import Testing

@Suite struct HistogramBinsTests {
  @Test func wholeNumbersLieInTheMiddleOfTheirBins() {
    let bins = HistogramBins(real: (1...20).map(Double.init))
    #expect(bins.borders == (0...20).map { Double($0) + 0.5 })
    #expect(bins.shares(of: [1, 1, 2, 20]).prefix(3) == [0.5, 0.25, 0])
    #expect(!bins.isLogarithmic)
  }

  @Test func manyWholeNumbersShareBinsOfOneWidth() {
    let bins = HistogramBins(real: (17...90).map(Double.init))
    let widths = zip(bins.borders, bins.borders.dropFirst()).map { $1 - $0 }
    #expect(Set(widths) == [3])
    #expect(bins.borders[0] <= 16.5 && bins.borders[bins.binCount] >= 90.5)
  }

  @Test func aValueOfMostRowsIsCountedApart() {
    let real = Array(repeating: 0.0, count: 900) + (0..<100).map { 1_000 + Double($0) }
    let bins = HistogramBins(real: real)
    #expect(bins.spike == 0)
    #expect(bins.extras.first == "= 0")
    let shares = bins.shares(of: real)
    #expect(shares[bins.binCount] == 0.9)
    #expect(abs(shares.prefix(bins.binCount).reduce(0, +) - 0.1) < 1e-12)
  }

  @Test func aLongTailIsDrawnOnALogarithmicAxis() {
    var random = SplitMix64(seed: 5)
    let bins = HistogramBins(real: random.normal(5_000, deviation: 2).map { exp(Double($0)) })
    #expect(bins.isLogarithmic)
    let ratios = zip(bins.borders, bins.borders.dropFirst()).map { $1 / $0 }
    #expect(ratios.max()! / ratios.min()! < 1.0001)
  }

  @Test func whatIsMissingOrBeyondTheBinsIsCountedApart() {
    let bins = HistogramBins(real: (0..<1_000).map { Double($0) / 1_000 })
    let shares = bins.shares(of: [.nan, -5, 7, .infinity, -.infinity, 0.5, 0.5, 0.5])
    #expect(bins.extras.last == "missing")
    #expect(shares.suffix(3) == [0.25, 0.25, 0.125])
    #expect(shares.prefix(bins.binCount).max() == 0.375)
  }

  @Test func everyRowIsCountedOnce() {
    var random = SplitMix64(seed: 6)
    for seed in 0..<300 {
      let scale = pow(10, Double(seed % 13) - 6)
      let count = Int.random(in: 1...200, using: &random)
      let real = (0..<count).map { _ -> Double in
        switch seed % 4 {
        case 0: (random.unit() * 100).rounded()
        case 1: (random.unit() - 0.5) * scale
        case 2: exp(random.unit() * 20)
        default: random.unit() < 0.6 ? 0 : random.unit() * scale
        }
      }
      let bins = HistogramBins(real: real)
      #expect(zip(bins.borders, bins.borders.dropFirst()).allSatisfy(<))
      #expect(bins.binCount <= 150)
      let shares = bins.shares(of: real)
      #expect(shares.count == bins.binCount + bins.extras.count)
      #expect(abs(shares.reduce(0, +) - 1) < 1e-9)
      // What lies beyond the bins is never most of the rows.
      #expect(shares.suffix(3).prefix(2).reduce(0, +) < 0.5)
    }
  }

  @Test func extremeColumnsHaveBins() {
    let columns: [[Double]] = [
      [], [.nan], [5], [5, 5], [-1e308, 1e308], [1e-300, 2e-300], [.infinity, 1, 2],
      [1e300, 1e300.nextUp], [0, .greatestFiniteMagnitude],
    ]
    for column in columns {
      let shares = HistogramBins(real: column).shares(of: column + [0, .nan])
      #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
    }
  }

  @Test func fewNumbersAreShownOneByOne() throws {
    let bars = try #require(ValueBars(real: [2, 1, 2, .nan]))
    #expect(bars.labels == ["1", "2", "other", "missing"])
    #expect(bars.shares(of: [1, 3, 2, .nan]) == [0.25, 0.25, 0.25, 0.25])
    #expect(ValueBars(real: (0..<12).map(Double.init)) != nil)
    #expect(ValueBars(real: (0..<13).map(Double.init)) == nil)
  }
}
