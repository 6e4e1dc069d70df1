import Foundation
import Tables

/// What the numbers of a column are counted in: units of a decimal place, or of a significant digit where a column has numbers
/// of so many decades that no decimal place fits all.
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

  /// The finite number that is nearest to so many units.
  package func value(_ count: Int) -> Double {
    if let digits { return digits.value(count) }
    let most = Double.greatestFiniteMagnitude
    return min(max(Double(count) / scale, -most), most)
  }
}

/// Numbers with so many significant digits as whole numbers, in order: every decade has as many.
///
/// As with binary floating-point numbers, those below the lowest decade are spread evenly from zero on. Round counts stand for
/// round numbers.
package struct SignificantDigits: Codable, Equatable, Sendable {
  package let digits: Int
  /// The powers of ten that the first digits of numbers count.
  package let decades: ClosedRange<Int>

  package init(digits: Int, decades: ClosedRange<Int>) {
    self.digits = digits
    self.decades = decades
  }

  /// With as many digits as there can be, up to the ones asked for.
  init(atMost digits: Int, decades: ClosedRange<Int>) {
    let most = (1...digits).last { SignificantDigits(digits: $0, decades: decades).isConsistent }
    self.init(digits: most ?? 1, decades: decades)
  }

  /// The count of a one as the first digit of the lowest decade.
  private var first: Int { Int(exactPowersOfTen[digits - 1]) }
  /// Numbers in a decade.
  private var perDecade: Int { 9 * first }
  /// The largest count.
  package var mostCount: Int { decades.count * perDecade + first - 1 }

  /// No count is larger, so that sums of a few do not overflow.
  private static let mostCount = 1 << 60

  /// Whether all counts can be reckoned with.
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
