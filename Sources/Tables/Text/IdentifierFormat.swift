import Foundation

/// How the identifiers of a column are written, and which identifiers new rows get.
///
/// New identifiers are unique. They keep the length, the alphabet and the approximate range of the table's, as long as there
/// is room for as many as rows are drawn; then they get one more digit. Which identifiers the table has is not kept:
///
/// - If wide ranges of unused codes lie between those of the table, new ones are taken from them, with round borders.
/// - If they ascend with the rows, new ones follow them.
/// - Otherwise they are drawn from all codes of the range, so that some equal one of the table by chance: as many as the share
///   of the range that the table uses.
/// - UUIDs, and unordered patterns with at least 2^40 codes for each row, are drawn from all codes. They equal an identifier of
///   the table with a probability below 2^-40 a row.
public struct IdentifierFormat: Sendable, Equatable {
  /// How an identifier is written.
  public let shape: IdentifierShape
  /// The digits of a number, or the places of a code.
  let digits: ClosedRange<Int>
  /// The codes that new rows get, in this order, before codes with more digits.
  let pools: [CodePool]
  /// The distance of identifiers that ascend with the rows; nil if they are not in order.
  let spacing: Int?

  /// Codes for new identifiers.
  struct CodePool: Equatable, Sendable {
    /// Ascending, without a common code.
    let ranges: [Range<Int>]
    /// The most identifiers that are taken from the ranges.
    let capacity: Int

    static let mostRanges = 64

    /// - Parameter used: the codes of the ranges that rows of the table have.
    init(_ ranges: [Range<Int>], used: Int = 0) {
      self.ranges = ranges
      capacity = max(0, ranges.codeCount - used)
    }
  }

  /// The most digits that are counted.
  static let mostDigits = 15
  /// The largest distance of codes, so that there are enough codes.
  private static let widestSpacing = 1 << 20
  /// The codes for each row that are enough to draw from all codes.
  private static let ampleBits = 40.0

  init(shape: IdentifierShape, digits: ClosedRange<Int>, pools: [CodePool], spacing: Int?) {
    self.shape = shape
    self.digits = digits
    self.pools = pools
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
      (digits, pools, spacing) = (36...36, [], nil)
      return
    case .pattern(let pattern):
      digits = pattern.positions.count...pattern.positions.count
      space = 0..<pattern.counted.count
      let isOrdered = profile.isAscending && pattern.countsAllPlaces
      if pattern.codeBits - log2(Double(rowCount)) >= IdentifierFormat.ampleBits, !isOrdered {
        (pools, spacing) = ([CodePool([space])], nil)
        return
      }
    }
    let used = UsedCodes(
      known: known, count: rowCount, space: space,
      isRangeKnown: profile.isExact || profile.type == .integer, areAllKnown: profile.isExact)
    if profile.isAscending, let step = used.meanDistance {
      let spacing = min(max(1, step), IdentifierFormat.widestSpacing)
      self.spacing = spacing
      pools = used.poolsInOrder(spacing: spacing)
    } else {
      spacing = nil
      pools = used.pools
    }
  }

  /// The number of new identifiers that are as long as those of the table; nil if there is practically no limit, or those of the
  /// table differ in length.
  public var capacity: Int? {
    if shape.isUUID || digits.count > 1 { return nil }
    let capacity = pools.reduce(0) { $0 + min($1.capacity, 1 << 40) }
    return capacity < 1 << 40 ? capacity : nil
  }

  private static func digitCount(_ number: Int) -> Int { String(number).utf8.count }

  /// All numbers with a count of digits.
  static func numbers(ofDigits digits: ClosedRange<Int>) -> Range<Int> {
    func power(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { power, _ in power * 10 } }
    return (digits.lowerBound == 1 ? 0 : power(digits.lowerBound - 1))..<power(digits.upperBound)
  }
}

/// The codes of a table's rows, which say where new ones can lie.
private struct UsedCodes {
  /// Those that are known, ascending.
  let known: [Int]
  /// The number of different codes, those that are not known included.
  let count: Int
  let space: Range<Int>
  /// Whether the known codes reach as far as all.
  let isRangeKnown: Bool
  /// Whether no code lies between two known neighbours.
  let areAllKnown: Bool

  /// Codes at either end that do not widen the range, so that no single row does.
  private static let hiddenEndCount = 7

  /// The mean distance between neighbours; nil if no codes are known.
  var meanDistance: Int? {
    guard isRangeKnown, let least = known.first, let greatest = known.last else { return nil }
    return (greatest - least) / max(1, count - 1)
  }

  /// The pools for codes in no order: unused codes between those of the table if these are enough, or all codes of its range; and
  /// unused codes beyond it, which come first if the table has more than half of its range.
  var pools: [IdentifierFormat.CodePool] {
    let range = range
    let gaps = gaps(in: [range], atLeast: 100)
    let inside =
      gaps.codeCount >= max(100, count)
      ? IdentifierFormat.CodePool(gaps) : IdentifierFormat.CodePool([range], used: count)
    let outside = [space.lowerBound..<range.lowerBound, range.upperBound..<space.upperBound]
    let beyond = IdentifierFormat.CodePool(self.gaps(in: outside, atLeast: 10))
    let isCrowded = gaps.codeCount < max(100, count) && 2 * count > range.count
    return (isCrowded ? [beyond, inside] : [inside, beyond]).filter { $0.capacity > 0 }
  }

  /// The pool for codes that ascend with the rows: they follow those of the table.
  func poolsInOrder(spacing: Int) -> [IdentifierFormat.CodePool] {
    guard let last = known.last, space.upperBound > last else { return [] }
    // A round number at most as many codes after the last as the rows need.
    let needed = count.multipliedReportingOverflow(by: spacing)
    let room = (space.upperBound - last) / 2
    let widest = needed.overflow ? room : min(needed.partialValue, room)
    var step = 1
    while step * 10 <= widest { step *= 10 }
    let start = min((last / step + 1) * step, space.upperBound)
    return [IdentifierFormat.CodePool([start..<space.upperBound])].filter { $0.capacity > 0 }
  }

  /// The codes between round numbers that nearly all rows lie between.
  private var range: Range<Int> {
    let hidden = Self.hiddenEndCount
    guard isRangeKnown, known.count > 2 * hidden else { return space }
    let (low, high) = (known[hidden], known[known.count - 1 - hidden])
    // A tenth is added at either end, so that a border is not the code of a row.
    let margin = max(1, (high - low) / 10)
    let start =
      low - margin <= space.lowerBound
      ? space.lowerBound : roundest(above: low - margin, through: low)
    let end =
      high + margin >= space.upperBound
      ? space.upperBound : roundest(above: high, through: high + margin)
    return start..<end
  }

  /// The widest parts of some ranges without codes of rows and with round borders, ascending.
  private func gaps(in ranges: [Range<Int>], atLeast least: Int) -> [Range<Int>] {
    guard isRangeKnown else { return [] }
    let gaps = ranges.filter { !$0.isEmpty }.flatMap(gaps).filter { $0.count >= least }
    let widest = gaps.sorted { ($1.count, $0.lowerBound) < ($0.count, $1.lowerBound) }
    return widest.prefix(IdentifierFormat.CodePool.mostRanges).sorted {
      $0.lowerBound < $1.lowerBound
    }
  }

  private func gaps(in range: Range<Int>) -> [Range<Int>] {
    let inside = known.filter(range.contains)
    let borders = [range.lowerBound - 1] + inside + [range.upperBound]
    var gaps = zip(borders, borders.dropFirst()).map { (after: $0, before: $1) }
    if !areAllKnown { gaps = [gaps[0], gaps[gaps.count - 1]] }
    return gaps.compactMap { gap in
      let margin = max(1, (gap.before - gap.after) / 10)
      let start =
        gap.after < range.lowerBound
        ? range.lowerBound : roundest(above: gap.after, through: gap.after + margin)
      let end =
        gap.before == range.upperBound
        ? range.upperBound : roundest(above: gap.before - margin - 1, through: gap.before)
      return start < end ? start..<end : nil
    }
  }
}

extension IdentifierFormat: Codable {
  private enum CodingKeys: CodingKey {
    case shape, fewestDigits, mostDigits, pools, spacing
  }

  /// Reads shape and codes.
  ///
  /// - Throws: `DecodingError` if there are no such codes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let shape = try container.decode(IdentifierShape.self, forKey: .shape)
    let fewest = try container.decode(Int.self, forKey: .fewestDigits)
    let most = try container.decode(Int.self, forKey: .mostDigits)
    let pools = try container.decode([CodePool].self, forKey: .pools)
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
    guard let space, isSpaced, fewest <= most,
      pools.flatMap(\.ranges).allSatisfy({ space.contains($0) }),
      !pools.indices.contains(where: { index in
        pools[..<index].contains { $0.overlaps(pools[index]) }
      })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .shape, in: container, debugDescription: "There are no such identifiers.")
    }
    self.init(shape: shape, digits: fewest...most, pools: pools, spacing: spacing)
  }

  /// Writes shape and codes.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(shape, forKey: .shape)
    try container.encode(digits.lowerBound, forKey: .fewestDigits)
    try container.encode(digits.upperBound, forKey: .mostDigits)
    try container.encode(pools, forKey: .pools)
    try container.encodeIfPresent(spacing, forKey: .spacing)
  }
}

extension IdentifierFormat.CodePool: Codable {
  private enum CodingKeys: CodingKey {
    case starts, ends, capacity
  }

  /// - Throws: `DecodingError` if the ranges are not ascending, or cannot hold as many identifiers.
  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let starts = try container.decode([Int].self, forKey: .starts)
    let ends = try container.decode([Int].self, forKey: .ends)
    capacity = try container.decode(Int.self, forKey: .capacity)
    let borders = zip(starts, ends).flatMap { [$0, $1] }
    guard starts.count == ends.count, 1...Self.mostRanges ~= starts.count, starts[0] >= 0,
      zip(starts, ends).allSatisfy({ $0 < $1 }), zip(borders, borders.dropFirst()).allSatisfy(<=)
    else { throw Self.refusal(in: container) }
    ranges = zip(starts, ends).map { $0..<$1 }
    guard 1...ranges.codeCount ~= capacity else { throw Self.refusal(in: container) }
  }

  private static func refusal(
    in container: KeyedDecodingContainer<CodingKeys>
  ) -> DecodingError {
    .dataCorruptedError(
      forKey: .starts, in: container, debugDescription: "There are no such identifiers.")
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(ranges.map(\.lowerBound), forKey: .starts)
    try container.encode(ranges.map(\.upperBound), forKey: .ends)
    try container.encode(capacity, forKey: .capacity)
  }

  fileprivate func overlaps(_ other: Self) -> Bool {
    ranges.contains { range in other.ranges.contains { range.overlaps($0) } }
  }
}

extension [Range<Int>] {
  /// The number of codes of ranges without a common code.
  var codeCount: Int { reduce(0) { $0 + $1.count } }
}

extension Range<Int> {
  /// Whether another range lies in it.
  fileprivate func contains(_ other: Range<Int>) -> Bool {
    lowerBound <= other.lowerBound && other.upperBound <= upperBound
  }
}
