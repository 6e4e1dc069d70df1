import Eval
import Foundation
import TestSupport
import Testing

@Suite struct DensityTests {
  @Test func theHeightsAreShares() throws {
    var random = SplitMix64(seed: 4)
    let values = random.normal(20_000).map(Double.init)
    let axis = Axis(from: -5, to: 5)
    let density = try #require(Density(of: values, along: axis, pointCount: 101))
    #expect(abs(density.heights.reduce(0, +) - 1) < 1e-9)
    // The normal density at 0 is 0.3989, at 1 it is 0.2420, spread a little by the bandwidth; a point stands for 0.1.
    #expect(abs(density.heights[50] - 0.03989) < 0.0015)
    #expect(abs(density.heights[60] - 0.02420) < 0.0015)
    #expect(abs(density.median) < 0.02)
    #expect(abs(density.upperQuartile - 0.6745) < 0.02)
    #expect(density.count == 20_000)
  }

  @Test func alongALogarithmicAxisALogNormalIsNormal() throws {
    var random = SplitMix64(seed: 4)
    let values = random.normal(20_000).map { pow(10, Double($0)) }
    let axis = Axis(.logarithmic, from: 1e-5, to: 1e5)
    let density = try #require(Density(of: values, along: axis, pointCount: 101))
    #expect(abs(density.heights[50] - 0.03989) < 0.0015)
    #expect(abs(density.median - 1) < 0.05)
  }

  @Test func whatLiesBeyondTheAxisCountsButIsNotDrawn() throws {
    let density = try #require(
      Density(of: [1, 1, 1, 100], along: Axis(from: 0, to: 2), pointCount: 5))
    #expect(abs(density.heights.reduce(0, +) - 0.75) < 1e-9)
    #expect(density.count == 4)
  }

  @Test func missingValuesAreLeftOut() throws {
    let axis = Axis(from: 0, to: 6)
    #expect(Density(of: [.nan], along: axis) == nil)
    #expect(Density(of: [], along: axis) == nil)
    #expect(try #require(Density(of: [.nan, 3], along: axis)).median == 3)
  }

  @Test func extremeValuesGiveFiniteHeights() throws {
    let cases: [([Double], Axis)] = [
      ([5], Axis(from: 0, to: 10)), ([5, 5, 5], Axis(from: 0, to: 10)),
      ([-1e300, 1e300], Axis(from: -1e300, to: 1e300)), ([.infinity, 1], Axis(from: 0, to: 2)),
      ([1e-300, 2e-300], Axis(from: 0, to: 3e-300)),
      ([0, -1, 5], Axis(.logarithmic, from: 1, to: 10)),
    ]
    for (values, axis) in cases {
      let density = try #require(Density(of: values, along: axis))
      #expect(density.heights.allSatisfy { $0.isFinite && $0 >= 0 })
    }
  }
}
