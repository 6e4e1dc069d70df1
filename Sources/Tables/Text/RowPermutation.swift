import Hashing

/// A permutation of the row numbers below a bound.
///
/// It is a balanced Feistel network over the next power of four, repeated until the result is below the bound: Black and Rogaway,
/// "Ciphers with Arbitrary Finite Domains" (2002). It hides the order of the rows, but is not a secure cipher.
package struct RowPermutation {
  private let count: UInt64
  private let halfBits: UInt64
  private let key: UInt64

  /// - Parameters:
  ///   - count: the number of rows, from 1 to 2^62.
  ///   - key: selects the permutation.
  package init(count: UInt64, key: UInt64) {
    precondition(1...1 << 62 ~= count, "\(count) rows are too few or too many to permute.")
    self.count = count
    self.key = key
    let bits = UInt64(64 - (count - 1).leadingZeroBitCount)
    halfBits = max(1, (bits + 1) / 2)
  }

  private static let roundCount: UInt64 = 6

  /// The new number of a row.
  package func callAsFunction(_ row: UInt64) -> UInt64 {
    assert(row < count)
    var number = row
    repeat { number = encrypted(number) } while number >= count
    return number
  }

  private func encrypted(_ number: UInt64) -> UInt64 {
    let mask = (1 << halfBits) - 1 as UInt64
    var (left, right) = (number >> halfBits, number & mask)
    for round in 0..<Self.roundCount {
      (left, right) = (right, left ^ mixed(right, key &+ round &* .goldenStep) & mask)
    }
    return left << halfBits | right
  }
}

/// A hash of a word and a key.
func mixed(_ word: UInt64, _ key: UInt64) -> UInt64 {
  let keyHash = (key &+ .goldenStep).splitMix64Finalized
  return ((keyHash ^ word) &+ .goldenStep).splitMix64Finalized
}
