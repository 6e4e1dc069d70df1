import Foundation

/// Estimates the number of distinct fields to about 0.8 percent, in 16 KiB.
///
/// HyperLogLog: Flajolet, Fusy, Gandouet and Meunier, "HyperLogLog: the analysis of a near-optimal cardinality estimation
/// algorithm" (2007), with 64 bits of hash, so that large counts need no correction.
struct DistinctCounter {
  private static let indexBits: UInt64 = 14
  /// For each group of hashes, one plus the most leading zeros of a hash.
  private var ranks = [UInt8](repeating: 0, count: 1 << indexBits)

  /// Adds a field.
  @inline(__always)
  mutating func add(_ field: UnsafeBufferPointer<UInt8>) {
    // The hash lets a few short tokens of different lengths collide.
    let hash = mixed(FieldHash.fixed(field), UInt64(truncatingIfNeeded: field.count))
    let index = Int(truncatingIfNeeded: hash >> (64 - Self.indexBits))
    // The lowest bit bounds the number of zeros.
    let rest = hash << Self.indexBits | 1 << (Self.indexBits - 1)
    ranks[index] = max(ranks[index], UInt8(truncatingIfNeeded: rest.leadingZeroBitCount + 1))
  }

  /// The estimated number of distinct fields.
  var estimate: Int {
    let groups = Double(ranks.count)
    let sum = ranks.reduce(0) { $0 + pow(2, -Double($1)) }
    let raw = 0.7213 / (1 + 1.079 / groups) * groups * groups / sum
    let emptyCount = ranks.reduce(0) { $0 + ($1 == 0 ? 1 : 0) }
    // For few fields the number of empty groups is the better estimate.
    let isFew = raw <= 2.5 * groups && emptyCount > 0
    return Int((isFew ? groups * log(groups / Double(emptyCount)) : raw).rounded())
  }
}
