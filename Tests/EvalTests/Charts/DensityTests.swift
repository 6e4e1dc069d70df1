import Eval
import Foundation
import TestSupport
import Testing

@Suite struct DensityTests {
  @Test func theAreaIsOne() throws {
    var random = SplitMix64(seed: 4)
    let values = random.normal(20_000).map(Double.init)
    let density = try #require(Density(of: values, in: -5...5, pointCount: 101))
    #expect(abs(density.heights.reduce(0, +) * 0.1 - 1) < 1e-9)
    // The normal density at 0 is 0.3989, spread a little by the bandwidth.
    #expect(abs(density.heights[50] - 0.3989) < 0.015)
    #expect(abs(density.median) < 0.02)
    #expect(abs(density.upperQuartile - 0.6745) < 0.02)
    #expect(density.count == 20_000)
  }

  @Test func whatLiesBeyondTheRangeCountsButIsNotDrawn() throws {
    let density = try #require(Density(of: [1, 1, 1, 100], in: 0...2, pointCount: 5))
    #expect(abs(density.heights.reduce(0, +) * 0.5 - 0.75) < 1e-9)
    #expect(density.count == 4)
  }

  @Test func missingValuesAreLeftOut() throws {
    #expect(Density(of: [.nan], in: 0...1) == nil)
    #expect(Density(of: [], in: 0...1) == nil)
    #expect(try #require(Density(of: [.nan, 3], in: 0...6)).median == 3)
  }

  @Test func extremeValuesGiveFiniteHeights() throws {
    let cases: [([Double], ClosedRange<Double>)] = [
      ([5], 0...10), ([5, 5, 5], 0...10), ([-1e300, 1e300], -1e300...1e300),
      ([.infinity, 1], 0...2), ([1e-300, 2e-300], 0...3e-300),
    ]
    for (values, range) in cases {
      let density = Density(of: values, in: range)
      #expect(density?.heights.allSatisfy { $0.isFinite && $0 >= 0 } ?? true)
    }
  }
}
