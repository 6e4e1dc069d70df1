/// What the spellings of some numbers have in common.
struct NumberShape {
  private var decimals = 0
  private var minimumDecimals = Int.max
  private var areIntegers = true

  /// Takes note of a number.
  @inline(__always)
  mutating func add(_ number: ParsedNumber) {
    decimals = max(decimals, number.decimals)
    // Scientific notation says nothing about trailing zeros.
    minimumDecimals = min(minimumDecimals, number.hasExponent ? 0 : number.decimals)
    areIntegers = areIntegers && number.isInteger
  }

  var type: ColumnType { areIntegers ? .integer : .decimal }

  var format: NumberFormat {
    NumberFormat(decimals: decimals, minimumDecimals: min(minimumDecimals, decimals))
  }
}

/// The number in a field of a table: integers too long for a `Double` are codes, not numbers.
@inline(__always)
package func tableNumber(_ field: UnsafeBufferPointer<UInt8>) -> ParsedNumber? {
  guard let number = parseNumber(field) else { return nil }
  return number.hasPoint || number.hasExponent || number.isInteger ? number : nil
}
