import Foundation
import Hashing

/// Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3",
/// 2011).
///
/// A number is a function of key and counter and does not depend on the order of the draws.
public struct Philox: Sendable {
  let key: UInt64

  /// The generator of a seed and of a purpose: each use of random numbers has a number of its own, so that no two share
  /// draws.
  public init(seed: UInt64, purpose: UInt32) {
    // The keys of similar seeds must not collide between purposes.
    key = (seed &+ UInt64(purpose) &* .goldenStep).splitMix64Finalized
  }

  /// The generator of a key, as the literature numbers them.
  package init(key: UInt64) { self.key = key }

  /// The block of four words at a counter of two 64-bit halves, such as (row, column).
  public func words(_ low: UInt64, _ high: UInt64) -> SIMD4<UInt32> {
    var (c0, c1) = (UInt32(truncatingIfNeeded: low), UInt32(truncatingIfNeeded: low >> 32))
    var (c2, c3) = (UInt32(truncatingIfNeeded: high), UInt32(truncatingIfNeeded: high >> 32))
    var (k0, k1) = (UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32))
    for _ in 0..<10 {
      let first = UInt64(c0) &* 0xD251_1F53
      let second = UInt64(c2) &* 0xCD9E_8D57
      c0 = UInt32(truncatingIfNeeded: second >> 32) ^ c1 ^ k0
      c1 = UInt32(truncatingIfNeeded: second)
      c2 = UInt32(truncatingIfNeeded: first >> 32) ^ c3 ^ k1
      c3 = UInt32(truncatingIfNeeded: first)
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return SIMD4(c0, c1, c2, c3)
  }

  /// A number in (0, 1), never either end, from the first word of a block.
  public func uniform(_ low: UInt64, _ high: UInt64) -> Float {
    Philox.uniform(words(low, high)[0])
  }

  /// Converts a word to a number in (0, 1): its upper 23 bits plus a half, which Float32 holds exactly.
  public static func uniform(_ word: UInt32) -> Float { (Float(word >> 9) + 0.5) * 0x1p-23 }

  /// Fills a matrix with normal numbers by the method of Box and Muller (1958), from the blocks (element / 4, stream).
  public func fillNormal(_ matrix: Matrix, deviation: Float, stream: UInt64) {
    for index in 0..<matrix.count {
      let block = words(UInt64(index / 4), stream)
      let pair = index % 4 / 2 * 2
      let radius = (-2 * log(Double(Philox.uniform(block[pair])))).squareRoot()
      let angle = 2 * Double.pi * Double(Philox.uniform(block[pair + 1]))
      let unit = radius * (index % 2 == 0 ? cos(angle) : sin(angle))
      matrix.start[index] = deviation * Float(unit)
    }
  }

  /// Fills a matrix with numbers in (-limit, limit), from the blocks (element / 4, stream).
  public func fillUniform(_ matrix: Matrix, within limit: Float, stream: UInt64) {
    for index in 0..<matrix.count {
      let word = words(UInt64(index / 4), stream)[index % 4]
      matrix.start[index] = limit * (2 * Philox.uniform(word) - 1)
    }
  }

  /// A number in 0..<limit; the bias of the multiplication is below limit / 2^64.
  public func below(_ limit: Int, _ low: UInt64, _ high: UInt64) -> Int {
    let block = words(low, high)
    return Philox.below(limit, block[0], block[1])
  }

  /// Converts two words to a number in 0..<limit.
  @inlinable
  public static func below(_ limit: Int, _ high: UInt32, _ low: UInt32) -> Int {
    let word = UInt64(high) << 32 | UInt64(low)
    return Int(word.multipliedFullWidth(by: UInt64(limit)).high)
  }

  /// `count` distinct numbers in 0..<limit, ascending, or all if there are fewer; drawn from the blocks (draw, stream).
  public func choose(_ count: Int, below limit: Int, stream: UInt64) -> [Int] {
    var chosen: [Int] = []
    var draw: UInt64 = 0
    while chosen.count < min(count, limit) {
      let number = below(limit, draw, stream)
      if !chosen.contains(number) { chosen.append(number) }
      draw += 1
    }
    return chosen.sorted()
  }

  /// Shuffles in place (Fisher and Yates), drawing from the blocks (position, stream).
  @inlinable
  public func shuffle<Element>(_ elements: inout [Element], stream: UInt64) {
    for index in stride(from: elements.count - 1, to: 0, by: -1) {
      elements.swapAt(index, below(index + 1, UInt64(index), stream))
    }
  }
}
