/// How a column writes numbers that are not plain: `$1,234.50`, `1.234,50 €`, `(12 %)`.
///
/// A notation converts plain numbers into its own form and back. A number that it has read is written as the same bytes.
public struct NumberNotation: Sendable, Equatable {
  /// The sign of negative numbers.
  package enum Negative: String, Sendable, Codable, CaseIterable {
    /// `-$5`
    case beforePrefix
    /// `$-5`
    case afterPrefix
    /// `($5)`
    case parentheses
  }

  /// The texts before and after the digits, including spaces.
  let prefix: [UInt8]
  let suffix: [UInt8]
  /// A point or a comma.
  let decimalMark: UInt8
  /// The mark between groups of three digits; empty if digits are not grouped.
  let groupMark: [UInt8]
  /// The fewest digits before the decimal mark that are grouped: 4 or 5.
  let leastGroupedDigits: Int
  let negative: Negative
  let minus: [UInt8]
  /// Whether positive numbers have a plus sign.
  let showsPlus: Bool

  package static let decimalMarks = [UInt8(ascii: "."), UInt8(ascii: ",")]
  /// Comma, point, spaces of three kinds, and two apostrophes.
  package static let groupMarks = [",", ".", " ", "\u{a0}", "\u{202f}", "'", "’"].map {
    Array($0.utf8)
  }
  /// The hyphen and the typographic minus sign.
  package static let minuses = ["-", "−"].map { Array($0.utf8) }
  /// The most digits of an integer; longer ones are codes.
  private static let mostDigits = 15

  package init(
    prefix: [UInt8] = [], suffix: [UInt8] = [], decimalMark: UInt8 = UInt8(ascii: "."),
    groupMark: [UInt8] = [], leastGroupedDigits: Int = 4, negative: Negative = .beforePrefix,
    minus: [UInt8] = NumberNotation.minuses[0], showsPlus: Bool = false
  ) {
    self.prefix = prefix
    self.suffix = suffix
    self.decimalMark = decimalMark
    self.groupMark = groupMark
    self.leastGroupedDigits = leastGroupedDigits
    self.negative = negative
    self.minus = minus
    self.showsPlus = showsPlus
  }

  /// The notation of plain numbers.
  static let plain = NumberNotation()

  /// The notation without the parts that numbers of a range do not need; nil if the result is plain.
  ///
  /// - Parameter hasDecimals: whether some of them have decimals.
  package func reduced(to range: ClosedRange<Double>, hasDecimals: Bool) -> NumberNotation? {
    let hasGroups = max(range.lowerBound.magnitude, range.upperBound.magnitude) >= 1000
    let hasNegatives = range.lowerBound < 0
    let reduced = NumberNotation(
      prefix: prefix, suffix: suffix,
      decimalMark: hasDecimals || hasGroups && groupMark == [UInt8(ascii: ".")]
        ? decimalMark : NumberNotation.plain.decimalMark,
      groupMark: hasGroups ? groupMark : [], leastGroupedDigits: hasGroups ? leastGroupedDigits : 4,
      negative: hasNegatives ? negative : .beforePrefix,
      minus: hasNegatives ? minus : NumberNotation.minuses[0],
      showsPlus: showsPlus && range.upperBound > 0)
    return reduced == .plain ? nil : reduced
  }
}

// MARK: - Reading

extension NumberNotation {
  /// Reads a field that consists of a number in this notation.
  package func parse(_ field: UnsafeBufferPointer<UInt8>) -> ParsedNumber? {
    var plain: [UInt8] = []
    return appendPlain(field, to: &plain) ? plain.withUnsafeBufferPointer(parseNumber) : nil
  }

  /// Appends a field as a plain number. Returns false, and appends nothing, if the field is not in this notation.
  package func appendPlain(
    _ field: UnsafeBufferPointer<UInt8>, to output: inout [UInt8]
  ) -> Bool {
    let start = output.count
    var cursor = ByteCursor(field)
    if readNumber(&cursor, to: &output), cursor.isAtEnd { return true }
    output.removeLast(output.count - start)
    return false
  }

  private func readNumber(_ cursor: inout ByteCursor, to output: inout [UInt8]) -> Bool {
    let isInParentheses = negative == .parentheses && cursor.skip(UInt8(ascii: "("))
    var isNegative = isInParentheses
    var hasPlus = false
    func readSign(_ cursor: inout ByteCursor) {
      if isInParentheses { return }
      hasPlus = showsPlus && cursor.skip(UInt8(ascii: "+"))
      if !hasPlus, negative != .parentheses { isNegative = cursor.skip(minus) }
    }
    if negative != .afterPrefix { readSign(&cursor) }
    guard cursor.skip(prefix) else { return false }
    if negative == .afterPrefix { readSign(&cursor) }
    if isNegative { output.append(UInt8(ascii: "-")) }
    let digits = output.count
    guard readInteger(&cursor, to: &output) else { return false }
    readDecimals(&cursor, to: &output)
    guard cursor.skip(suffix), !isInParentheses || cursor.skip(UInt8(ascii: ")")) else {
      return false
    }
    return !showsPlus || hasPlus == (!isNegative && !Self.isZero(output[digits...]))
  }

  private func readInteger(_ cursor: inout ByteCursor, to output: inout [UInt8]) -> Bool {
    let start = output.count
    let first = cursor.digitCount(limit: Self.mostDigits + 1)
    output += cursor.take(first)
    var count = first
    if !groupMark.isEmpty {
      while first <= 3, count <= Self.mostDigits, cursor.skip(beforeDigit: groupMark) {
        guard cursor.digitCount(limit: 4) == 3 else { return false }
        output += cursor.take(3)
        count += 3
      }
      guard (count > first) == (count >= leastGroupedDigits) else { return false }
    }
    return (1...Self.mostDigits).contains(count)
      && (count == 1 || output[start] != UInt8(ascii: "0"))
  }

  private func readDecimals(_ cursor: inout ByteCursor, to output: inout [UInt8]) {
    guard cursor.skip(beforeDigit: [decimalMark]) else { return }
    output.append(UInt8(ascii: "."))
    output += cursor.take(cursor.digitCount(limit: .max))
  }
}

// MARK: - Writing

extension NumberNotation {
  /// Appends a plain number without exponent in this notation.
  package func append(plain: some Collection<UInt8>, to output: inout [UInt8]) {
    let isNegative = plain.first == UInt8(ascii: "-")
    let digits = plain.dropFirst(isNegative ? 1 : 0)
    let isInParentheses = isNegative && negative == .parentheses
    func appendSign() {
      if isNegative && !isInParentheses { output += minus }
      if showsPlus, !isNegative, !Self.isZero(digits) { output.append(UInt8(ascii: "+")) }
    }
    if isInParentheses { output.append(UInt8(ascii: "(")) }
    if negative != .afterPrefix { appendSign() }
    output += prefix
    if negative == .afterPrefix { appendSign() }
    var left = digits.prefix(while: \.isDigit).count
    let isGrouped = !groupMark.isEmpty && left >= leastGroupedDigits
    for (index, byte) in digits.enumerated() {
      if isGrouped, index > 0, left > 0, left % 3 == 0 { output += groupMark }
      output.append(byte == UInt8(ascii: ".") ? decimalMark : byte)
      left -= 1
    }
    output += suffix
    if isInParentheses { output.append(UInt8(ascii: ")")) }
  }

  static func isZero(_ digits: some Sequence<UInt8>) -> Bool {
    !digits.contains { (UInt8(ascii: "1")...UInt8(ascii: "9")).contains($0) }
  }
}
