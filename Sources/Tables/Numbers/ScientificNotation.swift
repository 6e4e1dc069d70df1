/// How an exponent is written: `e-05`, `E+10`.
package struct ExponentSpelling: Sendable, Equatable {
  package var isUppercase: Bool
  package var hasPlus: Bool
  /// The fewest digits.
  package var digitCount: UInt8

  init(isUppercase: Bool, hasPlus: Bool, digitCount: Int) {
    self.isUppercase = isUppercase
    self.hasPlus = hasPlus
    self.digitCount = UInt8(digitCount)
  }
}

/// Which numbers of a column are in scientific notation, and how they are written.
package struct ScientificNotation: Sendable, Equatable, Codable {
  /// The decades whose numbers are in plain notation; nil if none are.
  package var plainDecades: ClosedRange<Int>?
  /// The fewest digits before the exponent.
  package var minimumDigits: Int
  package var hasUppercase: Bool
  package var hasPlus: Bool
  /// The fewest digits of an exponent.
  package var exponentDigits: Int

  /// Extends a notation to a further number; a nil notation has no numbers yet.
  static func add(_ number: ParsedNumber, _ spelling: ExponentSpelling, to notation: inout Self?) {
    let digits = min(number.digitCount, mostDigits)
    let exponentDigits = min(Int(spelling.digitCount), mostExponentDigits)
    guard notation != nil else {
      notation = ScientificNotation(
        minimumDigits: digits, hasUppercase: spelling.isUppercase, hasPlus: spelling.hasPlus,
        exponentDigits: exponentDigits)
      return
    }
    notation!.minimumDigits = min(notation!.minimumDigits, digits)
    notation!.hasUppercase = notation!.hasUppercase || spelling.isUppercase
    notation!.hasPlus = notation!.hasPlus || spelling.hasPlus
    notation!.exponentDigits = min(notation!.exponentDigits, exponentDigits)
  }

  private static let mostDigits = 17
  private static let mostExponentDigits = 3
  /// The decades of `Double`.
  package static let decades = -324...308

  /// Whether numbers can be written in this notation.
  var isConsistent: Bool {
    (1...Self.mostDigits).contains(minimumDigits)
      && (1...Self.mostExponentDigits).contains(exponentDigits)
      && (plainDecades.map {
        Self.decades.contains($0.lowerBound) && Self.decades.contains($0.upperBound)
      } ?? true)
  }

  /// Appends the digits of a number other than zero and its exponent.
  func append(_ number: DecimalNumber, to output: inout [UInt8]) {
    if number.isNegative { output.append(UInt8(ascii: "-")) }
    var digits = Array("\(number.mantissa)".utf8)
    while digits.count < minimumDigits { digits.append(UInt8(ascii: "0")) }
    output.append(digits[0])
    if digits.count > 1 {
      output.append(UInt8(ascii: "."))
      output += digits[1...]
    }
    output.append(hasUppercase ? UInt8(ascii: "E") : UInt8(ascii: "e"))
    if number.decade < 0 {
      output.append(UInt8(ascii: "-"))
    } else if hasPlus {
      output.append(UInt8(ascii: "+"))
    }
    let exponent = Array("\(number.decade.magnitude)".utf8)
    output += Array(repeating: UInt8(ascii: "0"), count: max(0, exponentDigits - exponent.count))
    output += exponent
  }
}

/// How a column writes numbers of very different magnitudes: with significant digits, because no number of decimals fits all.
package struct SignificantNotation: Sendable, Equatable, Codable {
  /// The most significant digits.
  package var digits: Int
  /// The scientific notation of some numbers; nil if all are in plain notation.
  package var scientific: ScientificNotation?

  package init(digits: Int, scientific: ScientificNotation? = nil) {
    self.digits = digits
    self.scientific = scientific
  }

  /// Whether all of it can be written.
  var isConsistent: Bool {
    (1...SignificantNotation.mostDigits).contains(digits) && scientific?.isConsistent ?? true
  }

  /// The most significant digits of any `Double`.
  package static let mostDigits = 17

  /// Appends a finite number.
  ///
  /// - Parameter minimumDecimals: the fewest digits after the decimal point in plain notation.
  func append(_ value: Double, minimumDecimals: Int, to output: inout [UInt8]) {
    let number = DecimalNumber(value).rounded(digits: digits)
    if let scientific, number.mantissa > 0,
      !(scientific.plainDecades?.contains(number.decade) ?? false)
    {
      return scientific.append(number, to: &output)
    }
    if number.isNegative, number.mantissa > 0 { output.append(UInt8(ascii: "-")) }
    var digits = Array("\(number.mantissa)".utf8)
    let zero = UInt8(ascii: "0")
    if number.exponent > 0 { digits += Array(repeating: zero, count: number.exponent) }
    var decimals = max(0, -number.exponent)
    if decimals < minimumDecimals {
      digits += Array(repeating: zero, count: minimumDecimals - decimals)
      decimals = minimumDecimals
    }
    if digits.count <= decimals {
      digits = Array(repeating: zero, count: decimals + 1 - digits.count) + digits
    }
    output += digits.dropLast(decimals)
    guard decimals > 0 else { return }
    output.append(UInt8(ascii: "."))
    output += digits.suffix(decimals)
  }
}
