import Foundation
import Tables

/// Endings that far more numbers of a column have than other endings that are as round: prices end in .99 or .95.
///
/// An ending is what is left of a number of units on division by 10, 100 or 1,000.
package struct NumberEndings: Codable, Equatable, Sendable {
  /// 10, 100 or 1,000.
  package let modulus: Int
  /// From 1 up, ascending.
  package let endings: [Int]

  /// An ending is frequent if this share of the rows ...
  private static let leastShare = 0.02
  /// ... and this many have it in addition to those that have others ...
  private static let leastRows = 50.0
  /// ... and this many times as many rows as have others.
  private static let leastRatio = 2.0
  private static let moduli = [10, 100, 1_000]

  /// nil for numbers without frequent endings.
  ///
  /// - Parameter bins: the pieces of each bin.
  init?(of bins: [[Heaping.Piece]], minimumRows: Int) {
    let pieces = Array(bins.joined())
    // A person with many rows counts once in the whole column, and not only in each bin.
    let numbers = pieces.flatMap(\.numbers)[...].weightedByUnit
    var (best, bestGain) = (nil as (modulus: Int, endings: [Int])?, 0.0)
    for modulus in NumberEndings.moduli {
      let counts = EndingCounts(numbers, of: pieces, modulus: modulus)
      let endings = counts.frequent(minimumRows: minimumRows)
      let gain = endings.reduce(0) { $0 + counts.gain(of: $1) }
      // A longer ending is one of its own only if it explains more.
      if gain > 1.1 * bestGain { (best, bestGain) = ((modulus, endings), gain) }
    }
    guard let best else { return nil }
    (modulus, endings) = best
  }

  /// The index of a number's ending; nil if it has none of these.
  func index(of unit: Int) -> Int? {
    let ending = unit.remainder(modulus)
    let index = endings.partitioningIndex { $0 >= ending }
    return index < endings.count && endings[index] == ending ? index : nil
  }

  /// Whether the numbers of each ending are all multiples of a step, or none of them is.
  func areApart(from step: Int) -> Bool {
    step == 1 || modulus.isMultiple(of: step)
      || endings.allSatisfy { !$0.isMultiple(of: Int.greatestCommonDivisor(step, modulus)) }
  }

  /// The numbers with an ending in a range of units.
  func numbers(
    _ index: Int, in units: Range<Int>, without excluded: ArraySlice<Int>
  ) -> RoundNumbers {
    RoundNumbers(step: modulus, offset: endings[index], in: units, without: excluded)
  }

  /// Whether endings from a file are endings.
  var isConsistent: Bool {
    NumberEndings.moduli.contains(modulus) && !endings.isEmpty && endings.isAscending
      && endings.allSatisfy { (1..<modulus).contains($0) }
  }

  /// The rows of each remainder, and as many as were expected if all numbers of a piece were equally frequent.
  private struct EndingCounts {
    private var rows: [Double]
    private var expected: [Double]

    init(_ numbers: ArraySlice<CountedUnit>, of pieces: [Heaping.Piece], modulus: Int) {
      rows = Array(repeating: 0, count: modulus)
      expected = rows
      for number in numbers { rows[number.unit.remainder(modulus)] += Double(number.count) }
      for piece in pieces {
        let inPiece = piece.numbers.reduce(0) { $0 + $1.count }
        let width = piece.units.count - piece.excluded.count
        guard inPiece > 0, width > 0 else { continue }
        let density = Double(inPiece) / Double(width)
        let (cycles, rest) = piece.units.count.quotientAndRemainder(dividingBy: modulus)
        if cycles > 0 { for ending in 0..<modulus { expected[ending] += Double(cycles) * density } }
        for unit in piece.units.prefix(rest) { expected[unit.remainder(modulus)] += density }
        for unit in piece.excluded { expected[unit.remainder(modulus)] -= density }
      }
    }

    /// The endings that stand out among those with the same common divisor, which any step between round numbers reaches alike.
    func frequent(minimumRows: Int) -> [Int] {
      let total = rows.reduce(0, +)
      let peers = Dictionary(grouping: rows.indices.filter { expected[$0] > 0 }) {
        Int.greatestCommonDivisor($0, rows.count)
      }
      return peers.values.filter { $0.count > 1 }.flatMap { endings in
        let ratios = endings.map { rows[$0] / expected[$0] }.sorted()
        let usual = ratios[(ratios.count - 1) / 2]
        return endings.filter { ending in
          let others = usual * expected[ending]
          return rows[ending] - others >= max(leastRows, Double(minimumRows), leastShare * total)
            && rows[ending] >= leastRatio * others
        }
      }.sorted()
    }

    /// The gain in log-likelihood of an ending.
    func gain(of ending: Int) -> Double { rows[ending] * log(rows[ending] / expected[ending]) }
  }
}

extension Int {
  /// What is left on division by a number, from zero up for negative numbers too.
  fileprivate func remainder(_ divisor: Int) -> Int {
    let rest = self % divisor
    return rest < 0 ? rest + divisor : rest
  }

  fileprivate static func greatestCommonDivisor(_ a: Int, _ b: Int) -> Int {
    b == 0 ? a : greatestCommonDivisor(b, a % b)
  }
}
