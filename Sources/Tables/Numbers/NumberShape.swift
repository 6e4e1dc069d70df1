/// The common properties of how some numbers are written.
package struct NumberShape {
  package init() {}

  private var decimals = 0
  private var minimumDecimals = Int.max
  private var areIntegers = true
  private var exponents: ScientificNotation?
  /// The smallest and the largest nonzero magnitude in plain notation.
  private var plainMagnitudes = (least: Double.infinity, most: 0.0)

  /// Adds a number.
  @inline(__always)
  package mutating func add(_ number: ParsedNumber) {
    decimals = max(decimals, number.decimals)
    // Scientific notation says nothing about trailing zeros.
    minimumDecimals = min(minimumDecimals, number.hasExponent ? 0 : number.decimals)
    areIntegers = areIntegers && number.isInteger
    if let exponent = number.exponent {
      ScientificNotation.add(number, exponent, to: &exponents)
    } else if number.value != 0 {
      plainMagnitudes.least = min(plainMagnitudes.least, number.value.magnitude)
      plainMagnitudes.most = max(plainMagnitudes.most, number.value.magnitude)
    }
  }

  package var type: ColumnType { areIntegers ? .integer : .decimal }

  /// How numbers in scientific notation are written; nil if there are none.
  package var scientific: ScientificNotation? {
    guard var notation = exponents else { return nil }
    let (least, most) = plainMagnitudes
    notation.plainDecades =
      most > 0 ? DecimalNumber(least).decade...DecimalNumber(most).decade : nil
    return notation
  }

  package var format: NumberFormat {
    NumberFormat(decimals: decimals, minimumDecimals: min(minimumDecimals, decimals))
  }
}

/// The number in a field of a table: integers too long for a `Double` are codes, not numbers.
@inline(__always)
package func tableNumber(_ field: UnsafeBufferPointer<UInt8>) -> ParsedNumber? {
  guard let number = parseNumber(field) else { return nil }
  return number.hasPoint || number.hasExponent || number.isInteger ? number : nil
}
