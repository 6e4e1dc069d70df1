import Foundation
import Tables

// Chooses the unit of a column.
extension NumberEncoder {
  /// The fewest decimal places that represent the values of all but too few rows; negative
  /// if there would be too many units of one to count exactly.
  static func unitDecimals(
    _ published: ArraySlice<NumberCount>, _ tallies: ArraySlice<RowTally>, decimals: Int,
    minimumRows: Int
  ) -> Int {
    let most = mostDecimals(published, decimals: decimals)
    return (min(0, most)..<most).first { decimals in
      let scale = pow(10, Double(decimals))
      let tolerance = 0.1 * pow(10, Double(decimals - most))
      var finer = RowTally()
      for (number, tally) in zip(published, tallies) {
        let units = number.value * scale
        if abs(units - units.rounded()) < tolerance { continue }
        finer += tally
        if finer.count >= minimumRows { return false }
      }
      return true
    } ?? most
  }

  /// The most decimal places at which Float64 represents the largest of some numbers.
  static func mostDecimals(_ published: ArraySlice<NumberCount>, decimals: Int) -> Int {
    let largest = published.reduce(0) { max($0, $1.value.magnitude) }
    let integerDigits = largest > 0 ? Int(log10(largest).rounded(.down)) + 1 : 0
    return min(decimals, exactDigits - integerDigits, 300)
  }

  /// The significant digits of a column for which a decimal unit would lose too much; nil if it does not.
  ///
  /// It loses too much if enough rows to keep a value have numbers with fewer than six digits left, or with more digits before the
  /// decimal point than Float64 always represents.
  static func significantDigits(
    _ published: ArraySlice<NumberCount>, _ tallies: ArraySlice<RowTally>, decimals: Int,
    unitDecimals: Int, minimumRows: Int
  ) -> SignificantDigits? {
    // A unit as fine as the numbers' own decimals represents all of them.
    let most = mostDecimals(published, decimals: decimals)
    guard !published.isEmpty, unitDecimals < decimals || most < 0 else { return nil }
    let scale = pow(10, Double(unitDecimals))
    var lost = RowTally()
    for (number, tally) in zip(published, tallies) where number.value != 0 {
      let units = number.value * scale
      let isCoarse = abs(units - units.rounded()) > leastPrecision * units.magnitude
      // The smallest numbers may be zero units.
      let vanishes = units.rounded() == 0
      if isCoarse || vanishes
        || most <= 0 && DecimalNumber(number.value).exponent < -unitDecimals
      {
        lost += tally
        if lost.count >= minimumRows { break }
      }
    }
    guard lost.count >= minimumRows else { return nil }
    return significantDigits(published, tallies, decimals: decimals, minimumRows: minimumRows)
  }

  /// The digits and decades of all but too few rows.
  private static func significantDigits(
    _ published: ArraySlice<NumberCount>, _ tallies: ArraySlice<RowTally>, decimals: Int,
    minimumRows: Int
  ) -> SignificantDigits {
    var digits = Array(repeating: RowTally(), count: SignificantNotation.mostDigits + 1)
    var decades: [Int: RowTally] = [:]
    for (number, tally) in zip(published, tallies) where number.value != 0 {
      let decimal = DecimalNumber(number.value)
      digits[decimal.digitCount] += tally
      decades[decimal.decade, default: RowTally()] += tally
    }
    let longest = digits.count - (digits.reversed().prefixLength(sharedBy: minimumRows) ?? 1)
    let ascending = decades.sorted { $0.key < $1.key }
    let ends = ascending.map(\.value).publishable(by: minimumRows)
    let highest = ascending.last?.key ?? 0
    // Numbers are no finer than the column's decimals.
    let lowest = max(ascending[ends].first?.key ?? highest, max(1, longest) - 1 - decimals)
    return SignificantDigits(
      atMost: max(1, longest), decades: min(lowest, highest)...highest)
  }

  /// A smaller loss than this share is ignored.
  private static let leastPrecision = 1e-6
  /// The decimal digits that Float64 always represents.
  static let exactDigits = 15

  /// The nearest whole number of units; beyond what Float64 counts exactly, the ends of that.
  package static func units(_ value: Double, scale: Double) -> Int {
    Int(min(max((value * scale).rounded(), -0x1p53), 0x1p53))
  }
}

extension ScientificNotation {
  /// The notation restricted to some decades.
  func within(_ decades: ClosedRange<Int>) -> ScientificNotation {
    var notation = self
    notation.plainDecades = plainDecades.flatMap {
      $0.overlaps(decades) ? $0.clamped(to: decades) : nil
    }
    return notation
  }
}
