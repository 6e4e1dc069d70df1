/// A text and how often it occurs.
public struct Level: Sendable, Equatable {
  /// The text.
  public var text: String
  /// The number of rows that have it.
  public var count: Int
  /// The keys of these rows, in a table with a key.
  package var keys: PrivacyUnitSet

  /// A text that stands in `count` rows.
  public init(text: String, count: Int, keys: PrivacyUnitSet = PrivacyUnitSet()) {
    self.text = text
    self.count = count
    self.keys = keys
  }

  /// The number of keys, of eight and more eight; without a key that of the rows.
  package var keyCount: Int { keys.count(orRows: count) }
}

/// A number and how often it occurs.
public struct NumberCount: Sendable, Equatable {
  /// The number.
  public var value: Double
  /// The number of rows that have it.
  public var count: Int
  /// The keys of these rows, in a table with a key.
  package var keys: PrivacyUnitSet

  /// A number that stands in `count` rows.
  public init(value: Double, count: Int, keys: PrivacyUnitSet = PrivacyUnitSet()) {
    self.value = value
    self.count = count
    self.keys = keys
  }
}

/// What one column of a table holds.
public struct ColumnProfile: Sendable, Equatable {
  /// The name in the header.
  public var name: String
  /// What all values that are not missing have in common.
  public var type: ColumnType
  /// The number of rows without a value.
  public var missingCount: Int
  /// The most frequent spelling of a missing value; empty when none is missing.
  public var missingSpelling = ""
  /// The texts of a category or boolean, most frequent first, then in the order of their bytes.
  public var levels: [Level]
  /// The numbers of an integer or decimal, ascending.
  public var numbers: [NumberCount]
  /// The texts of a column of numbers that are none, most frequent first.
  public var words: [Level] = []
  /// The rows with such a text; more than those of ``words`` where not all are kept.
  public var wordCount = 0
  /// How the numbers are spelled.
  public var numberFormat: NumberFormat
  /// How those in scientific notation are spelled; nil where there are none.
  package var scientific: ScientificNotation?
  /// Whether `levels` or `numbers` are all there is.
  ///
  /// A column of more distinct values than the profile keeps is summed up. Its `levels` are then the
  /// frequent ones with counts that may be too low; its `numbers` are the eight smallest and eight
  /// largest with true counts, and between them a sample whose counts stand for all rows.
  public var isExact: Bool
  /// The number of different values, missing ones apart; estimated to about one percent where the profile is not exact.
  public var distinctCount: Int
  /// Every value is greater than that of the rows before, texts by length and then by their bytes; false where too many texts
  /// differ to know.
  public var isAscending = false
  /// The format in which all values are dates or times, where they are too many to be kept; nil otherwise: see ``levels``.
  public var temporalFormat: TemporalFormat?
  /// The number of keys of the rows that have a value, in a table with a key; some and more are some.
  package var keyCount: Int?

  /// A profile put together by hand; without more, that of an empty column.
  public init(
    name: String, type: ColumnType, missingCount: Int = 0,
    levels: [Level] = [], numbers: [NumberCount] = [],
    numberFormat: NumberFormat = NumberFormat(decimals: 0, isFixed: true), isExact: Bool = true,
    distinctCount: Int? = nil
  ) {
    self.name = name
    self.type = type
    self.missingCount = missingCount
    self.levels = levels
    self.numbers = numbers
    self.numberFormat = numberFormat
    self.isExact = isExact
    self.distinctCount = distinctCount ?? (levels.count + numbers.count)
    temporalFormat = nil
  }
}

extension ColumnProfile {
  /// The same of a column of numbers as texts.
  var spelled: ColumnProfile {
    var profile = self
    profile.type = .category
    profile.levels = numbers.map { number in
      var bytes: [UInt8] = []
      numberFormat.append(number.value, to: &bytes)
      return Level(
        text: String(decoding: bytes, as: UTF8.self), count: number.count, keys: number.keys)
    }
    profile.numbers = []
    return profile
  }
}

/// What the values of a column are.
public enum ColumnType: String, Sendable, Codable {
  /// Two spellings: true and false, yes and no, t and f, or y and n, in one letter case.
  case boolean
  /// Integers of at most 15 digits.
  case integer
  /// Numbers of which at least one has a decimal point or an exponent.
  case decimal
  /// Any other text.
  case category
}

extension ColumnType {
  /// Whether two texts are the two truth values in one style of letter case.
  static func areBooleans(_ first: String, _ second: String) -> Bool {
    let pair = Set([first, second])
    return [("true", "false"), ("yes", "no"), ("t", "f"), ("y", "n")].contains { yes, no in
      pair == [yes, no] || pair == [yes.uppercased(), no.uppercased()]
        || pair == [capitalized(yes), capitalized(no)]
    }
  }

  private static func capitalized(_ word: String) -> String {
    word.prefix(1).uppercased() + word.dropFirst()
  }
}
