import Foundation
import Hashing

/// A seeded generator (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014): the same numbers on
/// every machine.
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= .goldenStep
    return state.splitMix64Finalized
  }

  /// A number in (0, 1).
  public mutating func unit() -> Double { (Double(next() >> 12) + 0.5) * 0x1p-52 }

  /// Numbers spread evenly over a range.
  public mutating func uniform(_ count: Int, in range: ClosedRange<Float>) -> [Float] {
    (0..<count).map { _ in
      range.lowerBound + (range.upperBound - range.lowerBound) * Float(unit())
    }
  }

  /// Normal numbers of mean 0.
  public mutating func normal(_ count: Int, deviation: Float = 1) -> [Float] {
    (0..<count).map { _ in
      let radius = (-2 * log(unit())).squareRoot()
      return deviation * Float(radius * cos(2 * Double.pi * unit()))
    }
  }

  /// Codes in 0..<limit.
  public mutating func codes(_ count: Int, below limit: Int) -> [Int32] {
    (0..<count).map { _ in Int32(Int.random(in: 0..<limit, using: &self)) }
  }
}
