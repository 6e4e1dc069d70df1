/// A number and how it was written.
public struct ParsedNumber: Sendable, Equatable {
  /// The value, correctly rounded.
  public var value: Double
  /// The digits after the decimal point in plain notation: 2 for `0.50`, 3 for `1e-3`, 0 for `1e5`.
  public var decimals: Int
  /// The digits before the exponent.
  public var digitCount: Int
  /// Whether the number has a decimal point.
  public var hasPoint: Bool
  /// How the exponent is written; nil in plain notation.
  package var exponent: ExponentSpelling?

  /// Whether the number is in scientific notation.
  public var hasExponent: Bool { exponent != nil }

  /// Whether the number has only digits, few enough that a `Double` holds every such number.
  public var isInteger: Bool { !hasPoint && !hasExponent && digitCount <= 15 }
}

extension ParsedNumber {
  /// A whole number written as digits.
  package init(integer: Int) {
    value = Double(integer)
    decimals = 0
    var (digits, rest) = (1, integer.magnitude)
    while rest >= 10 {
      rest /= 10
      digits += 1
    }
    digitCount = digits
    hasPoint = false
    exponent = nil
  }
}

/// Reads a number that fills the whole field.
///
/// A number is an optional `-`, digits, an optional `.` with digits, and an optional exponent.
/// Everything else is text: a leading `+`, thousands separators, spaces, hexadecimals, infinity, and
/// codes with leading zeros such as `007`.
/// - Returns: nil if the field is not a number or is outside the range of `Double`.
public func parseNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> ParsedNumber? {
  var digits = DigitReader(bytes)
  let isNegative = digits.skip("-")
  let integerDigits = digits.readDigits()
  if integerDigits == 0 || (integerDigits > 1 && digits.leadsWithZero) { return nil }
  var fractionDigits = 0
  let hasPoint = digits.skip(".")
  if hasPoint {
    fractionDigits = digits.readDigits()
    if fractionDigits == 0 { return nil }
  }
  var exponent = 0
  var spelling: ExponentSpelling?
  let isUppercase = digits.skip("E")
  if isUppercase || digits.skip("e") {
    guard let written = digits.readExponent(isUppercase: isUppercase) else { return nil }
    (exponent, spelling) = written
  }
  guard digits.isAtEnd else { return nil }

  let scale = exponent - fractionDigits
  let value: Double
  if let exact = digits.exactValue(scale: scale) {
    value = isNegative ? -exact : exact
  } else {
    guard let rounded = Double(String(decoding: bytes, as: UTF8.self)), rounded.isFinite else {
      return nil
    }
    value = rounded
  }
  // A double has no digits beyond these, however small it is.
  let decimals = min(max(0, -scale), NumberFormat.decimalsLimit)
  return ParsedNumber(
    value: value, decimals: decimals, digitCount: integerDigits + fractionDigits,
    hasPoint: hasPoint, exponent: spelling)
}

/// Powers of ten that a `Double` holds exactly.
package let exactPowersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
  1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
]

/// Walks over the bytes of a number and collects its digits as an integer.
private struct DigitReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  /// The digits so far, the first 19 of them.
  private var mantissa: UInt64 = 0
  private var digitCount = 0
  private(set) var leadsWithZero = false

  @inline(__always)
  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  @inline(__always)
  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// Reads digits into the mantissa and returns how many.
  @inline(__always)
  mutating func readDigits() -> Int {
    let start = position
    while position < bytes.count {
      let digit = bytes[position] &- UInt8(ascii: "0")
      if digit > 9 { break }
      if digitCount == 0 { leadsWithZero = digit == 0 }
      // 19 digits fit; more are left to the slow way, which `exactValue` then takes.
      if digitCount < 19 { mantissa = mantissa &* 10 &+ UInt64(digit) }
      digitCount += 1
      position += 1
    }
    return position - start
  }

  /// Reads a signed exponent, held between plus and minus a million; nil without any digit.
  mutating func readExponent(isUppercase: Bool) -> (Int, ExponentSpelling)? {
    let isNegative = skip("-")
    let hasPlus = !isNegative && skip("+")
    let start = position
    var exponent = 0
    while position < bytes.count {
      let digit = bytes[position] &- UInt8(ascii: "0")
      if digit > 9 { break }
      exponent = min(exponent * 10 + Int(digit), 1_000_000)
      position += 1
    }
    if position == start { return nil }
    let spelling = ExponentSpelling(
      isUppercase: isUppercase, hasPlus: hasPlus, digitCount: min(position - start, 255))
    return (isNegative ? -exponent : exponent, spelling)
  }

  /// The mantissa times a power of ten, where a single rounding gives it.
  @inline(__always)
  func exactValue(scale: Int) -> Double? {
    guard digitCount <= 19, mantissa <= 1 << 53, scale >= -22, scale <= 22 else { return nil }
    let value = Double(mantissa)
    return scale < 0 ? value / exactPowersOfTen[-scale] : value * exactPowersOfTen[scale]
  }
}
