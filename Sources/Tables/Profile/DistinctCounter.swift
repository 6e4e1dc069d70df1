import Foundation

/// Estimates how many different fields there were, in 16 KiB and to about 0.8 percent.
///
/// HyperLogLog: Flajolet, Fusy, Gandouet and Meunier, "HyperLogLog: the analysis of a near-optimal cardinality estimation
/// algorithm" (2007), with 64 bits of hash, so that large counts need no correction.
struct DistinctCounter {
  private static let indexBits: UInt64 = 14
  /// For each group of hashes the most zeros that one of them begins with, plus one.
  private var ranks = [UInt8](repeating: 0, count: 1 << indexBits)

  /// Takes note of a field.
  @inline(__always)
  mutating func add(_ field: UnsafeBufferPointer<UInt8>) {
    // The hash lets a few short tokens of different lengths collide.
    let hash = mixed(FieldHash.fixed(field), UInt64(truncatingIfNeeded: field.count))
    let index = Int(truncatingIfNeeded: hash >> (64 - Self.indexBits))
    // The bit set last bounds the zeros.
    let rest = hash << Self.indexBits | 1 << (Self.indexBits - 1)
    ranks[index] = max(ranks[index], UInt8(truncatingIfNeeded: rest.leadingZeroBitCount + 1))
  }

  /// The number of different fields.
  var estimate: Int {
    let groups = Double(ranks.count)
    let sum = ranks.reduce(0) { $0 + pow(2, -Double($1)) }
    let raw = 0.7213 / (1 + 1.079 / groups) * groups * groups / sum
    let emptyCount = ranks.reduce(0) { $0 + ($1 == 0 ? 1 : 0) }
    // Of few fields the empty groups give the better estimate.
    let isFew = raw <= 2.5 * groups && emptyCount > 0
    return Int((isFew ? groups * log(groups / Double(emptyCount)) : raw).rounded())
  }
}
