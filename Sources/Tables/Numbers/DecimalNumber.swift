/// A finite number as decimal digits: the fewest that identify the `Double`.
package struct DecimalNumber: Sendable, Equatable {
  /// The digits as an integer: at most 17 digits, without zeros at the end; 0 for zero.
  package private(set) var mantissa: UInt64 = 0
  /// The power of ten of the last digit.
  package private(set) var exponent = 0
  package let isNegative: Bool

  package init(_ value: Double) {
    precondition(value.isFinite, "\(value) has no digits.")
    isNegative = value < 0
    var text = value.magnitude.description
    text.withUTF8 { read($0) }
    dropZeros()
  }

  /// The number of digits; 0 for zero.
  package var digitCount: Int {
    var (count, rest) = (0, mantissa)
    while rest > 0 {
      count += 1
      rest /= 10
    }
    return count
  }

  /// The power of ten of the first digit.
  package var decade: Int { exponent + digitCount - 1 }

  /// The number rounded to at most a number of digits, ties away from zero.
  package func rounded(digits: Int) -> DecimalNumber {
    roundedToPower(exponent + max(0, digitCount - digits))
  }

  /// The number rounded to a multiple of a power of ten, ties away from zero; rounded down if the result exceeds every `Double`.
  package func roundedToPower(_ power: Int) -> DecimalNumber {
    var rounded = self
    var last: UInt64 = 0
    while rounded.exponent < power, rounded.mantissa > 0 || last > 0 {
      (rounded.mantissa, last) = rounded.mantissa.quotientAndRemainder(dividingBy: 10)
      rounded.exponent += 1
    }
    if last >= 5 {
      rounded.mantissa += 1
      if rounded.decade >= 308, rounded.isTooLarge { rounded.mantissa -= 1 }
    }
    rounded.dropZeros()
    return rounded
  }

  /// The `Double` nearest to a multiple of a power of ten; the largest `Double` for larger multiples.
  package static func value(_ count: Int, timesTenTo power: Int) -> Double {
    var text = "\(count)e\(power)"
    return text.withUTF8(parseNumber)?.value
      ?? (count < 0 ? -Double.greatestFiniteMagnitude : Double.greatestFiniteMagnitude)
  }

  private var isTooLarge: Bool {
    var text = "\(mantissa)e\(exponent)"
    return text.withUTF8(parseNumber) == nil
  }

  /// Reads a description of at most 18 digits: 17, and a zero after the point of a whole number.
  private mutating func read(_ text: UnsafeBufferPointer<UInt8>) {
    var isAfterPoint = false
    for (index, byte) in text.enumerated() {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        mantissa = mantissa * 10 + UInt64(byte - UInt8(ascii: "0"))
        if isAfterPoint { exponent -= 1 }
      case UInt8(ascii: "."): isAfterPoint = true
      default:
        exponent += Int(String(decoding: text[(index + 1)...], as: UTF8.self)) ?? 0
        return
      }
    }
  }

  private mutating func dropZeros() {
    guard mantissa > 0 else {
      exponent = 0
      return
    }
    while mantissa.isMultiple(of: 10) {
      mantissa /= 10
      exponent += 1
    }
  }
}
