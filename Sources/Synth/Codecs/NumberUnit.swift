import Foundation
import Tables

/// The unit of a column's numbers: a decimal place, or a significant digit if the numbers have too many decades for one decimal
/// place.
package struct NumberUnit: Equatable, Sendable {
  /// Units of a decimal place per one.
  private let scale: Double
  private let digits: SignificantDigits?

  package init(decimals: Int, digits: SignificantDigits? = nil) {
    scale = pow(10, Double(decimals))
    self.digits = digits
  }

  var isDecimal: Bool { digits == nil }

  /// The nearest whole number of units.
  package func count(_ value: Double) -> Int {
    digits?.count(value) ?? NumberEncoder.units(value, scale: scale)
  }

  /// The finite number nearest to a number of units.
  package func value(_ count: Int) -> Double {
    if let digits { return digits.value(count) }
    let most = Double.greatestFiniteMagnitude
    return min(max(Double(count) / scale, -most), most)
  }
}

/// An ordered mapping from numbers with a fixed count of significant digits to whole numbers. Every decade has the same count of
/// numbers.
///
/// As with binary floating-point numbers, those below the lowest decade are evenly spaced from zero. Round counts mean
/// round numbers.
package struct SignificantDigits: Codable, Equatable, Sendable {
  package let digits: Int
  /// The powers of ten of the numbers' first digits.
  package let decades: ClosedRange<Int>

  package init(digits: Int, decades: ClosedRange<Int>) {
    self.digits = digits
    self.decades = decades
  }

  /// The mapping with the given digits, or with fewer if they are too many.
  init(atMost digits: Int, decades: ClosedRange<Int>) {
    let most = (1...digits).last { SignificantDigits(digits: $0, decades: decades).isConsistent }
    self.init(digits: most ?? 1, decades: decades)
  }

  /// The count of the smallest number of the lowest decade.
  private var first: Int { Int(exactPowersOfTen[digits - 1]) }
  /// Numbers in a decade.
  private var perDecade: Int { 9 * first }
  /// The largest count.
  package var mostCount: Int { decades.count * perDecade + first - 1 }

  /// The bound of counts, so that sums of a few do not overflow.
  private static let mostCount = 1 << 60

  /// Whether counts stay within their bound.
  var isConsistent: Bool {
    let (low, high) = (decades.lowerBound, decades.upperBound)
    return (1...SignificantNotation.mostDigits).contains(digits)
      && ScientificNotation.decades.contains(low) && ScientificNotation.decades.contains(high)
      && decades.count <= (SignificantDigits.mostCount - first) / perDecade
  }

  func count(_ value: Double) -> Int {
    let exact = DecimalNumber(value)
    var number = exact.rounded(digits: digits)
    var count: Int
    if number.mantissa == 0 {
      count = 0
    } else if number.decade > decades.upperBound {
      count = mostCount
    } else {
      var decade = number.decade
      if decade < decades.lowerBound {
        decade = decades.lowerBound
        number = exact.roundedToPower(decade - digits + 1)
      }
      let zeros = max(0, number.exponent - (decade - digits + 1))
      count =
        Int(number.mantissa) * Int(exactPowersOfTen[number.mantissa == 0 ? 0 : zeros])
        + (decade - decades.lowerBound) * perDecade
    }
    if number.isNegative { count = -count }
    return count
  }

  func value(_ count: Int) -> Double {
    let magnitude = abs(count).clamped(to: 0...mostCount)
    let decade = max(0, magnitude - first) / perDecade
    let mantissa = magnitude - decade * perDecade
    return DecimalNumber.value(
      count < 0 ? -mantissa : mantissa, timesTenTo: decades.lowerBound + decade - digits + 1)
  }
}
