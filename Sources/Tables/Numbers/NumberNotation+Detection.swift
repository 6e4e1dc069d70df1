extension NumberNotation {
  /// The notation that reads most texts of a column as numbers, and the number of their rows.
  ///
  /// The texts around the digits are the same in all numbers. If a mark is ambiguous, a point is the decimal mark and a comma
  /// separates groups of three, unless more rows can be read the other way: in a column with `12.345.678` or `0,5`, `1.234` is more
  /// than a thousand.
  ///
  /// - Parameters:
  ///   - indices: the distinct texts of a column without missing ones.
  ///   - tokens: the texts by their indices.
  /// - Returns: nil where no notation reads a majority, or the numbers look like telephone numbers and other codes.
  static func detected(
    in indices: [Int], of tokens: StringInterner, _ majority: Majority
  ) -> (notation: NumberNotation, rows: Int)? {
    let sample = stride(
      from: 0, to: indices.count, by: max(1, indices.count / sampleCount)
    ).compactMap { tokens.withToken(indices[$0], NumberAnatomy.init) }
    guard let affixes = Affixes(mostFrequentIn: sample) else { return nil }
    var traits = Traits()
    let alike = majority.rows { index in
      guard let anatomy = tokens.withToken(index, NumberAnatomy.init), anatomy.affixes == affixes
      else { return false }
      traits.add(anatomy)
      return true
    }
    if alike == nil { return nil }
    var found: (notation: NumberNotation, rows: Int)?
    for candidate in traits.candidates(affixes) {
      let rows = majority.rows { tokens.withToken($0) { candidate.parse($0) != nil } }
      if let rows, rows > found?.rows ?? 0 { found = (candidate, rows) }
    }
    return found.flatMap { $0.notation.looksLikeCodes(indices, of: tokens) ? nil : $0 }
  }

  /// The number of texts that decide which texts stand around the digits.
  private static let sampleCount = 1_000

  /// Whether digits in groups are all of one length, and that of telephone and tax numbers.
  private func looksLikeCodes(_ indices: [Int], of tokens: StringInterner) -> Bool {
    guard prefix.isEmpty, suffix.isEmpty, !groupMark.isEmpty, groupMark != [UInt8(ascii: ",")]
    else { return false }
    let numbers = indices.lazy.compactMap { tokens.withToken($0, parse) }
    guard let count = numbers.first?.digitCount, count >= 8 else { return false }
    return numbers.allSatisfy { $0.digitCount == count && !$0.hasPoint }
  }
}

/// The texts before and after the digits of a number.
private struct Affixes: Hashable {
  var prefix: [UInt8] = []
  var suffix: [UInt8] = []

  init() {}

  /// nil if they are neither currency nor unit.
  init?(mostFrequentIn sample: [NumberAnatomy]) {
    var counts: [Affixes: Int] = [:]
    for anatomy in sample { counts[anatomy.affixes, default: 0] += 1 }
    guard let found = counts.first(where: { 2 * $0.value > sample.count })?.key,
      NumberAffix.isPrefix(found.prefix), NumberAffix.isSuffix(found.suffix)
    else { return nil }
    self = found
  }
}

/// The parts of a text that may be a number in some notation.
private struct NumberAnatomy {
  var affixes = Affixes()
  /// The digits and the marks between them.
  let digits: [UInt8]
  var negative: NumberNotation.Negative?
  var minus: [UInt8]?
  var hasPlus = false

  /// nil without a digit.
  init?(_ field: UnsafeBufferPointer<UInt8>) {
    guard let start = field.firstIndex(where: \.isDigit) else { return nil }
    var cursor = ByteCursor(UnsafeBufferPointer(rebasing: field[start...]))
    _ = cursor.take(cursor.digitCount(limit: .max))
    while NumberNotation.groupMarks.contains(where: { cursor.skip(beforeDigit: $0) }) {
      _ = cursor.take(cursor.digitCount(limit: .max))
    }
    let end = start + cursor.position
    digits = Array(field[start..<end])
    var (prefix, suffix) = (Array(field[..<start]), Array(field[end...]))
    if prefix.first == UInt8(ascii: "("), suffix.last == UInt8(ascii: ")") {
      prefix.removeFirst()
      suffix.removeLast()
      negative = .parentheses
    }
    for sign in NumberNotation.minuses where negative == nil {
      if prefix.starts(with: sign) {
        prefix.removeFirst(sign.count)
        (negative, minus) = (.beforePrefix, sign)
      } else if prefix.suffix(sign.count) == sign[...] {
        prefix.removeLast(sign.count)
        (negative, minus) = (.afterPrefix, sign)
      }
    }
    if negative == nil, let plus = prefix.firstIndex(of: UInt8(ascii: "+")) {
      hasPlus = true
      if plus > 0 { negative = .afterPrefix }
      prefix.remove(at: plus)
    }
    affixes.prefix = prefix
    affixes.suffix = suffix
  }
}

/// The properties of a column's numbers that show their notation.
private struct Traits {
  private var negatives: [NumberNotation.Negative: Int] = [:]
  private var minuses: [[UInt8]: Int] = [:]
  /// The numbers of positive texts with and without a plus sign.
  private var positives = (signed: 0, bare: 0)
  private var groupMarks: Set<[UInt8]> = []
  /// Whether some comma does not separate groups of three digits.
  private var hasDecimalComma = false
  private static let commaGroups = NumberNotation(groupMark: [UInt8(ascii: ",")])

  mutating func add(_ anatomy: NumberAnatomy) {
    if let negative = anatomy.negative { negatives[negative, default: 0] += 1 }
    if let minus = anatomy.minus { minuses[minus, default: 0] += 1 }
    if anatomy.hasPlus {
      positives.signed += 1
    } else if anatomy.negative == nil, !NumberNotation.isZero(anatomy.digits) {
      positives.bare += 1
    }
    if anatomy.digits.allSatisfy(\.isDigit) { return }
    for mark in NumberNotation.groupMarks where !groupMarks.contains(mark) {
      if contains(mark, anatomy.digits) { groupMarks.insert(mark) }
    }
    hasDecimalComma =
      hasDecimalComma
      || anatomy.digits.contains(UInt8(ascii: ","))
        && anatomy.digits.withUnsafeBufferPointer(Traits.commaGroups.parse) == nil
  }

  private func contains(_ mark: [UInt8], _ digits: [UInt8]) -> Bool {
    digits.indices.contains { digits[$0...].starts(with: mark) }
  }

  /// The possible notations, most likely first.
  func candidates(_ affixes: Affixes) -> [NumberNotation] {
    let point = UInt8(ascii: ".")
    let comma = UInt8(ascii: ",")
    var marks: [(decimal: UInt8, group: [UInt8])] = [(point, [])]
    for group in NumberNotation.groupMarks where groupMarks.contains(group) {
      marks += [point, comma].filter { [$0] != group }.map { ($0, group) }
    }
    if hasDecimalComma { marks.append((comma, [])) }
    return marks.flatMap { decimal, group in
      (group.isEmpty ? [4] : [4, 5]).map { least in
        NumberNotation(
          prefix: affixes.prefix, suffix: affixes.suffix, decimalMark: decimal, groupMark: group,
          leastGroupedDigits: least,
          negative: mostFrequent(of: NumberNotation.Negative.allCases, negatives),
          minus: mostFrequent(of: NumberNotation.minuses, minuses),
          showsPlus: positives.signed > positives.bare)
      }
    }
  }

  /// The most frequent trait; of equally frequent ones the first.
  private func mostFrequent<Trait: Hashable>(of traits: [Trait], _ counts: [Trait: Int]) -> Trait {
    let most = counts.values.max() ?? 0
    return traits.first { counts[$0, default: 0] == most } ?? traits[0]
  }
}
