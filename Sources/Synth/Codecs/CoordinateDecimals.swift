import Tables

/// How many decimals the coordinates of a column are written with. Digits finer than a ``PlaceCoding/Box`` are drawn evenly.
package struct CoordinateDecimals: Codable, Equatable, Sendable {
  /// The rows with each number of decimals, from 0 up; 0 for too few rows.
  package let counts: [Int]

  /// Doubles hold coordinates with as many decimals.
  private static let mostDecimals = 15

  /// - Parameters:
  ///   - tallies: the rows with each number of decimals, from 0 up.
  ///   - format: how the column's numbers are written.
  init(_ tallies: [CountedUnit], format: NumberFormat, policy: ColumnPolicy) {
    var counts = [Int](repeating: 0, count: min(format.decimals, Self.mostDecimals) + 1)
    for tally in tallies where tally.tally.count >= policy.minimumRows {
      counts[min(tally.unit, counts.count - 1)] += tally.count
    }
    if counts.allSatisfy({ $0 == 0 }) { counts[counts.count - 1] = 1 }
    self.counts = counts
  }

  /// A coordinate within a unit, with a drawn number of decimals, none of them a zero at the end unless the column is written so.
  ///
  /// - Parameters:
  ///   - unit: the coordinate in units of a decimal.
  ///   - draw: the first of three draws.
  func coordinate(
    _ unit: Int, decimals unitDecimals: Int, isFixed: Bool, random: RowRandom, draw: Int
  ) -> Double {
    let decimals = isFixed ? counts.count - 1 : drawnDecimals(random, draw: draw)
    let finer = decimals - unitDecimals
    let scale = CoordinateDecimals.powerOfTen(abs(finer))
    // Towards zero for fewer digits, so that a sign change cannot lead out of the unit.
    var digits = finer < 0 ? unit / scale : unit * scale + random.below(scale, draw: draw + 1)
    if !isFixed, decimals > 0, digits.isMultiple(of: 10) {
      let last = 1 + random.below(9, draw: draw + 2)
      digits += digits < 0 ? -last : last
    }
    return digits.magnitude < 1 << 53
      ? Double(digits) / exactPowersOfTen[decimals]
      : DecimalNumber.value(digits, timesTenTo: -decimals)
  }

  private func drawnDecimals(_ random: RowRandom, draw: Int) -> Int {
    var left = random.below(max(1, counts.reduce(0, +)), draw: draw)
    let drawn = counts.firstIndex {
      left -= $0
      return left < 0
    }
    return drawn ?? counts.count - 1
  }

  private static func powerOfTen(_ exponent: Int) -> Int { Int(exactPowersOfTen[exponent]) }

  /// Whether the counts of a file can be drawn from.
  var isConsistent: Bool {
    (1...Self.mostDecimals + 1).contains(counts.count)
      && counts.allSatisfy { (0...1 << 32).contains($0) }
  }
}
