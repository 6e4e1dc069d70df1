import Hashing

/// A hash of each row of a table, to find rows that occur in another table, identical in every value.
///
/// Different rows share a hash with a probability of 2⁻⁶⁴: two tables of a million rows give one false match in 20 million
/// comparisons.
struct RowHashes: Sendable {
  private let hashes: [UInt64]

  init(of table: ComparedTable) {
    var hashes = [UInt64](repeating: 0, count: table.rowCount)
    for values in table.values {
      switch values {
      case .numbers(let numbers):
        for (row, number) in numbers.enumerated() { hashes[row].mix(RowHashes.word(of: number)) }
      case .codes(let codes):
        for (row, code) in codes.enumerated() { hashes[row].mix(UInt64(bitPattern: Int64(code))) }
      }
    }
    self.hashes = hashes
  }

  /// Equal for equal numbers, and for all missing ones.
  private static func word(of number: Double) -> UInt64 {
    number.isNaN ? Double.nan.bitPattern : (number + 0).bitPattern
  }

  /// The share of the rows that occur among others.
  func share(among others: Set<UInt64>) -> Double {
    Double(hashes.count(where: others.contains)) / Double(hashes.count)
  }

  /// All hashes.
  var distinct: Set<UInt64> { Set(hashes) }
}

extension UInt64 {
  /// Adds a word to this hash.
  fileprivate mutating func mix(_ word: UInt64) {
    self = ((self ^ word) &+ .goldenStep).splitMix64Finalized
  }
}
