import Foundation

/// How the numbers of a column are written.
public struct NumberFormat: Sendable, Equatable, Codable {
  /// The most significant digits after the decimal point of any `Double`.
  static let decimalsLimit = 330

  /// The most digits after the decimal point.
  public var decimals: Int
  /// The fewest digits after the decimal point; further zeros at the end are left out.
  public var minimumDecimals: Int
  /// The notation of the numbers; nil for plain numbers.
  public var notation: NumberNotation?
  /// How numbers of many decades are written; nil if one number of decimals fits all.
  package var significant: SignificantNotation?

  /// Whether every value has exactly `decimals` digits after the decimal point.
  public var isFixed: Bool { minimumDecimals == decimals }

  /// - Parameters:
  ///   - decimals: Digits after the decimal point, 0 or more.
  ///   - isFixed: Whether zeros at the end are written.
  public init(decimals: Int, isFixed: Bool) {
    self.init(decimals: decimals, minimumDecimals: isFixed ? decimals : 0)
  }

  /// - Parameters:
  ///   - decimals: The most digits after the decimal point.
  ///   - minimumDecimals: The fewest, between 0 and `decimals`.
  public init(decimals: Int, minimumDecimals: Int) {
    precondition(
      0 <= minimumDecimals && minimumDecimals <= decimals,
      "\(minimumDecimals) to \(decimals) decimals are not a range.")
    self.decimals = decimals
    self.minimumDecimals = minimumDecimals
    notation = nil
  }

  /// The nearest number that this format can write.
  package func rounded(_ value: Double) -> Double {
    guard let significant else { return value.rounded(decimals: decimals) }
    let number = DecimalNumber(value).rounded(digits: significant.digits)
    let magnitude = DecimalNumber.value(Int(number.mantissa), timesTenTo: number.exponent)
    return number.isNegative ? -magnitude : magnitude
  }

  /// Reads a field of a column in this format, or a plain number.
  package func parse(_ field: UnsafeBufferPointer<UInt8>) -> ParsedNumber? {
    notation?.parse(field) ?? parseNumber(field)
  }

  /// - Throws: `DecodingError` when the numbers of decimals are not a range, or digits more than a number has.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    decimals = try container.decode(Int.self, forKey: .decimals)
    minimumDecimals = try container.decode(Int.self, forKey: .minimumDecimals)
    notation = try container.decodeIfPresent(NumberNotation.self, forKey: .notation)
    significant = try container.decodeIfPresent(SignificantNotation.self, forKey: .significant)
    guard 0 <= minimumDecimals, minimumDecimals <= decimals, decimals <= Self.decimalsLimit else {
      throw DecodingError.dataCorruptedError(
        forKey: .decimals, in: container,
        debugDescription: "\(minimumDecimals) to \(decimals) decimals are not possible.")
    }
    guard significant?.isConsistent ?? true else {
      throw DecodingError.dataCorruptedError(
        forKey: .significant, in: container, debugDescription: "No number is spelled like this.")
    }
  }

  /// Appends a finite value in decimal notation, rounded by its exact binary value with ties to even, or
  /// to the significant digits of the format. Zero has no sign. Unless the format is fixed, digits beyond those that identify the
  /// value are left out.
  public func append(_ value: Double, to output: inout [UInt8]) {
    precondition(value.isFinite, "\(value) has no decimal notation.")
    guard let notation else { return appendPlain(value, to: &output) }
    var plain: [UInt8] = []
    appendPlain(value, to: &plain)
    notation.append(plain: plain, to: &output)
  }

  private func appendPlain(_ value: Double, to output: inout [UInt8]) {
    if let significant {
      return significant.append(value, minimumDecimals: minimumDecimals, to: &output)
    }
    if !appendScaled(value, to: &output) { appendSlowly(value, to: &output) }
  }

  /// Writes the value as an integer count of its last decimal; false when that is beyond 2^51.
  private func appendScaled(_ value: Double, to output: inout [UInt8]) -> Bool {
    guard decimals <= 15 else { return false }
    let magnitude = value.magnitude
    let scaled = magnitude * exactPowersOfTen[decimals]
    guard scaled < 0x1p51 else { return false }
    let floor = scaled.rounded(.down)
    var count = UInt64(floor)
    let fraction = scaled - floor
    if fraction > 0.5 {
      count += 1
    } else if fraction == 0.5 {
      // Rounding is monotonic, so only here can the product have hidden on which side it lies.
      let rest = (-scaled).addingProduct(magnitude, exactPowersOfTen[decimals])
      if rest > 0 || (rest == 0 && count % 2 == 1) { count += 1 }
    }
    appendDigits(of: count, isNegative: value < 0 && count > 0, to: &output)
    return true
  }

  /// Appends `count` units of the last decimal.
  private func appendDigits(of count: UInt64, isNegative: Bool, to output: inout [UInt8]) {
    var rest = count
    var shownDecimals = decimals
    while shownDecimals > minimumDecimals {
      let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
      if digit != 0 { break }
      rest = quotient
      shownDecimals -= 1
    }
    // 16 digits of a number below 2^51, a point, a zero before it and a sign.
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 24) { digits in
      var start = 24
      var position = 0
      while rest > 0 || position <= shownDecimals {
        if position == shownDecimals && position > 0 {
          start -= 1
          digits[start] = UInt8(ascii: ".")
        }
        let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
        start -= 1
        digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
        rest = quotient
        position += 1
      }
      if isNegative {
        start -= 1
        digits[start] = UInt8(ascii: "-")
      }
      output.append(contentsOf: UnsafeBufferPointer(rebasing: digits[start...]))
    }
  }

  /// Appends a value of any size with any number of decimals.
  private func appendSlowly(_ value: Double, to output: inout [UInt8]) {
    let shown = isFixed ? decimals : min(decimals, max(0, -DecimalNumber(value).exponent))
    var text = Array(String(format: "%.*f", shown, value).utf8)
    if shown < minimumDecimals {
      if shown == 0 { text.append(UInt8(ascii: ".")) }
      text += Array(repeating: UInt8(ascii: "0"), count: minimumDecimals - shown)
    } else if shown > 0 {
      let shortest = text.count - (shown - minimumDecimals)
      while text.count > shortest, text.last == UInt8(ascii: "0") { text.removeLast() }
      if text.last == UInt8(ascii: ".") { text.removeLast() }
    }
    let isZero = text.allSatisfy { byte in !(UInt8(ascii: "1")...UInt8(ascii: "9")).contains(byte) }
    if isZero && text.first == UInt8(ascii: "-") { text.removeFirst() }
    output.append(contentsOf: text)
  }
}

extension NumberFormat {
  /// The format with the fewest decimals that writes each value in full. Whole numbers with more than 15 digits get a decimal,
  /// because their digits alone would be read as a code.
  init(spelling values: some Sequence<Double>) {
    var decimals = 0
    var minimumDecimals = 0
    for value in values {
      if value.magnitude >= 1e15 { minimumDecimals = 1 }
      var text = value.description
      let parsed = text.withUTF8 { parseNumber($0) }
      guard let parsed, parsed.value != parsed.value.rounded() else { continue }
      decimals = max(decimals, parsed.decimals)
    }
    self.init(decimals: max(decimals, minimumDecimals), minimumDecimals: minimumDecimals)
  }
}

extension Double {
  /// The number rounded to a number of decimals, ties away from zero.
  package func rounded(decimals: Int) -> Double {
    let scale = pow(10, Double(decimals))
    let units = magnitude * scale
    guard units < 0x1p51 else { return self }
    // A tie in decimals may be slightly less in binary.
    let nudged = units + Swift.max(1e-9, 4 * units.ulp)
    return (nudged.rounded(.toNearestOrAwayFromZero) / scale) * (self < 0 ? -1 : 1)
  }
}
