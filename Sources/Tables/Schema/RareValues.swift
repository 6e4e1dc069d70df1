/// What stands in new rows in place of the rare values of a column of categories.
public enum RareValues: Sendable, Equatable, Codable {
  /// A frequent value that fits the row: hardly any row has a rare value.
  case frequent
  /// One neutral text for all of them.
  case token
  /// Made-up codes in the patterns of the rare ones.
  case madeUp(MadeUpCodes)
  /// Made-up words with the characters of the rare ones.
  case words

  /// Columns with a smaller share of rare values get frequent ones: the other columns of such a row then fit the frequent value.
  package static let leastShare = 0.1
  /// Fewer rare words say too little of how others would look.
  private static let leastWords = 100

  /// Decides by the share of rare values, by whether they are codes, and by their number.
  ///
  /// - Parameters:
  ///   - profile: a column of categories.
  ///   - valueCount: the rows with a value.
  ///   - minimumRows: values of fewer rows, or different values of the key, are rare.
  package init(_ profile: ColumnProfile, valueCount: Int, minimumRows: Int) {
    let share = profile.rareShare(valueCount: valueCount, minimumRows: minimumRows)
    if share < RareValues.leastShare {
      self = .frequent
    } else if let codes = MadeUpCodes(profile, minimumRows: minimumRows) {
      self = .madeUp(codes)
    } else {
      let wordCount = profile.levels.count { $0.keyCount < minimumRows }
      self = wordCount < RareValues.leastWords ? .token : .words
    }
  }

  /// What is written, in a few words.
  public var phrase: String {
    switch self {
    case .frequent: "a frequent value"
    case .token: "_RARE_"
    case .madeUp: "a made-up code"
    case .words: "a made-up word"
    }
  }
}

extension ColumnProfile {
  /// The share of the rows with a value whose value is rare.
  ///
  /// - Parameters:
  ///   - valueCount: the rows with a value.
  ///   - minimumRows: values of fewer rows, or different values of the key, are rare.
  package func rareShare(valueCount: Int, minimumRows: Int) -> Double {
    let kept = levels.reduce(0) { $0 + ($1.keyCount >= minimumRows ? $1.count : 0) }
    return Double(max(0, valueCount - kept)) / Double(max(1, valueCount))
  }
}

/// Codes in the patterns of a column's rare ones: about as many different ones as there were.
public struct MadeUpCodes: Sendable, Equatable, Codable {
  /// Codes of one length, with letters and digits at the same places.
  struct Pattern: Sendable, Equatable, Codable {
    let format: IdentifierFormat
    /// The number of different codes that are made up.
    let count: Int
  }

  let patterns: [Pattern]

  /// The share of the rare values that patterns describe.
  private static let leastShare = 0.9
  /// Longer texts in capitals are words.
  fileprivate static let longestAbbreviation = 4

  /// Finds the patterns that enough rare values have.
  ///
  /// - Returns: nil if rare values are words: most have no digit and are not short texts in capitals.
  package init?(_ profile: ColumnProfile, minimumRows: Int) {
    let isRare = { (level: Level) in level.keyCount < minimumRows }
    let rareCount = profile.levels.lazy.filter(isRare).count
    let patterns = TextPattern.groups(of: profile.levels).compactMap { group -> Pattern? in
      let rare = group.filter(isRare)
      let keys = rare.reduce(into: PrivacyUnitSet()) { $0.formUnion($1.keys) }
      guard rare.count >= minimumRows, keys.count(orRows: rare.count) >= minimumRows else {
        return nil
      }
      let codes = ColumnProfile(
        name: profile.name, type: .category, levels: group, isExact: profile.isExact)
      return IdentifierFormat(detecting: codes).flatMap {
        $0.shape.isCode ? Pattern(format: $0, count: rare.count) : nil
      }
    }
    let described = patterns.reduce(0) { $0 + $1.count }
    guard !patterns.isEmpty, Double(described) >= Self.leastShare * Double(rareCount) else {
      return nil
    }
    self.patterns = patterns
  }

  /// The number of different codes.
  package var count: Int { patterns.reduce(0) { $0 + $1.count } }

  /// Reads the patterns.
  ///
  /// - Throws: `DecodingError` if there is none, or one has no codes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    patterns = try container.decode([Pattern].self)
    guard !patterns.isEmpty, patterns.allSatisfy({ 1...Int(Int32.max) ~= $0.count }) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "There are no such codes.")
    }
  }

  /// Writes the patterns.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(patterns)
  }
}

/// Writes the codes of ``MadeUpCodes``.
package struct MadeUpCodeWriter: Sendable {
  private let writers: [(writer: IdentifierWriter, count: Int)]
  /// The number of different codes.
  package let count: Int

  /// - Parameter key: a random number; the same key gives the same codes.
  package init(_ codes: MadeUpCodes, key: UInt64) {
    count = codes.count
    writers = codes.patterns.enumerated().map { index, pattern in
      (IdentifierWriter(pattern.format, key: mixed(UInt64(index), key)), pattern.count)
    }
  }

  /// Appends one of the codes; the same for the same index.
  ///
  /// - Parameter index: 0 to below ``count``.
  package func append(index: Int, to output: inout [UInt8]) {
    var rest = index
    for (writer, count) in writers {
      if rest < count { return writer.append(row: rest, to: &output) }
      rest -= count
    }
  }
}

extension IdentifierShape {
  /// Whether a text is a code, not a word: it has digits, or is short and in capitals.
  fileprivate var isCode: Bool {
    guard !hasDigits, case .pattern(let pattern) = self else { return true }
    return isCode(of: .upper) && pattern.positions.count <= MadeUpCodes.longestAbbreviation
  }
}
