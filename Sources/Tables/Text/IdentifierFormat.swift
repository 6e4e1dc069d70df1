import Foundation

/// How the identifiers of a column are written, and which identifiers new rows get.
///
/// New identifiers are unique. They also differ from those of the table if this does not reveal any of them: they are taken from a
/// range of unused codes with round borders, or have one digit more than all rows. UUIDs, and unordered patterns with at least 2^40
/// codes for each row, are drawn from all codes. They equal an identifier of the table only by chance, with a probability below
/// 2^-40 a row. The same holds for rows of the table that do not have the column's pattern.
public struct IdentifierFormat: Sendable, Equatable {
  /// How an identifier is written.
  public let shape: IdentifierShape
  /// The digits of a number, or the places of a code.
  let digits: ClosedRange<Int>
  /// The codes that new rows get first, before codes with more digits; may be empty.
  let codes: Range<Int>
  /// The distance of identifiers that ascend with the rows; nil if they are not in order.
  let spacing: Int?

  /// The most digits that are counted.
  static let mostDigits = 15
  /// The largest distance of codes, so that there are enough codes.
  private static let widestSpacing = 1 << 20
  /// The codes for each row that are enough to draw from all codes.
  private static let ampleBits = 40.0

  init(shape: IdentifierShape, digits: ClosedRange<Int>, codes: Range<Int>, spacing: Int?) {
    self.shape = shape
    self.digits = digits
    self.codes = codes
    self.spacing = spacing
  }

  /// The format of a column of identifiers.
  ///
  /// - Parameter profile: the profile of a column of distinct texts or integers.
  /// - Returns: nil if the values have no common shape or some are negative.
  public init?(detecting profile: ColumnProfile) {
    // Numbers in a notation are codes like others.
    let profile = profile.numberFormat.notation == nil ? profile : profile.spelled
    let known: [Int]
    if profile.type == .integer {
      guard let least = profile.numbers.first?.value, least >= 0 else { return nil }
      shape = .number(prefix: "", suffix: "")
      known = profile.numbers.map { Int($0.value) }
    } else {
      guard let found = IdentifierShape(detecting: profile.levels) else { return nil }
      shape = found
      known = found.numbers(of: profile.levels).sorted()
    }
    let rowCount = max(1, profile.distinctCount)
    let space: Range<Int>
    switch shape {
    case .number:
      guard let least = known.first, let greatest = known.last else { return nil }
      digits = IdentifierFormat.digitCount(least)...IdentifierFormat.digitCount(greatest)
      space = IdentifierFormat.numbers(ofDigits: digits)
    case .uuid:
      (digits, codes, spacing) = (36...36, 0..<0, nil)
      return
    case .pattern(let pattern):
      digits = pattern.positions.count...pattern.positions.count
      space = 0..<pattern.counted.count
      let isOrdered = profile.isAscending && pattern.countsAllPlaces
      if pattern.codeBits - log2(Double(rowCount)) >= IdentifierFormat.ampleBits, !isOrdered {
        (codes, spacing) = (space, nil)
        return
      }
    }
    let isNumber = profile.type == .integer
    guard let least = known.first, let greatest = known.last, profile.isExact || isNumber else {
      // The used codes are not known, so all new ones have one digit more.
      (codes, spacing) = (0..<0, nil)
      return
    }
    if profile.isAscending {
      let step = (greatest - least) / max(1, rowCount - 1)
      spacing = min(max(1, step), IdentifierFormat.widestSpacing)
    } else {
      spacing = nil
    }
    let taken = profile.isExact && !profile.isAscending ? known : [least, greatest]
    let unused = UnusedCodes(taken: taken, space: space, areAllKnown: profile.isExact)
    let (range, overflow) = rowCount.multipliedReportingOverflow(by: spacing ?? 1)
    let room = max(100, overflow ? .max / 2 : range)
    codes =
      (spacing == nil ? unused.widest(room: room) : unused.last(room: room, margin: range))
      ?? 0..<0
  }

  private static func digitCount(_ number: Int) -> Int { String(number).utf8.count }

  /// All numbers with a count of digits.
  static func numbers(ofDigits digits: ClosedRange<Int>) -> Range<Int> {
    func power(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { power, _ in power * 10 } }
    return (digits.lowerBound == 1 ? 0 : power(digits.lowerBound - 1))..<power(digits.upperBound)
  }
}

/// Ranges of codes that no row of a table has.
private struct UnusedCodes {
  /// The codes of rows, ascending, without unknown codes between neighbours if all are known.
  let taken: [Int]
  let space: Range<Int>
  let areAllKnown: Bool

  /// The longest range; nil if it has too few codes.
  func widest(room: Int) -> Range<Int>? {
    let borders = [space.lowerBound - 1] + taken + [space.upperBound]
    var gaps = zip(borders, borders.dropFirst()).map { (after: $0, before: $1) }
    if !areAllKnown { gaps = [gaps[0], gaps[gaps.count - 1]] }
    return gaps.max { $0.before - $0.after < $1.before - $1.after }.flatMap { gap in
      // A tenth is removed at either end, so that a border is not the code of a row.
      let margin = (gap.before - gap.after) / 10
      let start =
        gap.after < space.lowerBound
        ? space.lowerBound : roundest(above: gap.after, through: gap.after + max(1, margin))
      let end =
        gap.before == space.upperBound
        ? space.upperBound : roundest(above: gap.before - max(1, margin), through: gap.before)
      return end - start >= room ? start..<end : nil
    }
  }

  /// The range that begins at a round number at most a margin after the last code; nil if it has too few codes.
  func last(room: Int, margin: Int) -> Range<Int>? {
    guard let last = taken.last, space.upperBound - last > 1 else { return nil }
    let widest = min(margin, (space.upperBound - last) / 2)
    var step = 1
    while step * 10 <= widest { step *= 10 }
    let start = (last / step + 1) * step
    return space.upperBound - start >= room ? start..<space.upperBound : nil
  }
}

extension IdentifierFormat: Codable {
  private enum CodingKeys: CodingKey {
    case shape, fewestDigits, mostDigits, firstCode, endOfCodes, spacing
  }

  /// Reads shape and codes.
  ///
  /// - Throws: `DecodingError` if there are no such codes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let shape = try container.decode(IdentifierShape.self, forKey: .shape)
    let fewest = try container.decode(Int.self, forKey: .fewestDigits)
    let most = try container.decode(Int.self, forKey: .mostDigits)
    let first = try container.decode(Int.self, forKey: .firstCode)
    let end = try container.decode(Int.self, forKey: .endOfCodes)
    let spacing = try container.decodeIfPresent(Int.self, forKey: .spacing)
    let space: Range<Int>? =
      switch shape {
      case .number:
        1 <= fewest && fewest <= most && most <= Self.mostDigits
          ? Self.numbers(ofDigits: fewest...most) : nil
      case .uuid: 0..<0
      case .pattern(let pattern): 0..<pattern.counted.count
      }
    let isSpaced = spacing.map { 1...Self.widestSpacing ~= $0 } ?? true
    guard let space, 0 <= first, first <= end, isSpaced, fewest <= most,
      first == end || (space.lowerBound <= first && end <= space.upperBound)
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .shape, in: container, debugDescription: "There are no such identifiers.")
    }
    self.init(shape: shape, digits: fewest...most, codes: first..<end, spacing: spacing)
  }

  /// Writes shape and codes.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(shape, forKey: .shape)
    try container.encode(digits.lowerBound, forKey: .fewestDigits)
    try container.encode(digits.upperBound, forKey: .mostDigits)
    try container.encode(codes.lowerBound, forKey: .firstCode)
    try container.encode(codes.upperBound, forKey: .endOfCodes)
    try container.encodeIfPresent(spacing, forKey: .spacing)
  }
}
