/// A text and its number of rows.
public struct Level: Sendable, Equatable {
  /// The text.
  public var text: String
  /// The number of rows that have it.
  public var count: Int
  /// The keys of these rows, in a table with a key.
  package var keys: PrivacyUnitSet

  /// A text of `count` rows.
  public init(text: String, count: Int, keys: PrivacyUnitSet = PrivacyUnitSet()) {
    self.text = text
    self.count = count
    self.keys = keys
  }

  /// The number of keys, at most eight; without a key the number of rows.
  package var keyCount: Int { keys.count(orRows: count) }
}

/// A number and how many rows have it.
public struct NumberCount: Sendable, Equatable {
  /// The number.
  public var value: Double
  /// The number of rows that have it.
  public var count: Int
  /// The keys of these rows, in a table with a key.
  package var keys: PrivacyUnitSet

  /// A number of `count` rows.
  public init(value: Double, count: Int, keys: PrivacyUnitSet = PrivacyUnitSet()) {
    self.value = value
    self.count = count
    self.keys = keys
  }
}

/// A summary of one column of a table.
public struct ColumnProfile: Sendable, Equatable {
  /// The name in the header.
  public var name: String
  /// The common type of all values that are not missing.
  public var type: ColumnType
  /// The number of rows without a value.
  public var missingCount: Int
  /// The most frequent spelling of a missing value; empty when none is missing.
  public var missingSpelling = ""
  /// The texts of a category or boolean, most frequent first; equally frequent ones in the order of their bytes.
  public var levels: [Level]
  /// The numbers of an integer or decimal, ascending.
  public var numbers: [NumberCount]
  /// The texts among numbers, most frequent first.
  public var words: [Level] = []
  /// The number of rows with a text among numbers, including texts that ``words`` does not keep.
  public var wordCount = 0
  /// How the numbers are written.
  public var numberFormat: NumberFormat
  /// How numbers in scientific notation are written; nil if there are none.
  package var scientific: ScientificNotation?
  /// Whether `levels` or `numbers` hold all values.
  ///
  /// A column of more distinct values than the profile keeps is summarised. Its `levels` are then the
  /// frequent ones, with counts that may be too low. Its `numbers` are the eight smallest and eight
  /// largest with true counts, and between them a sample whose counts represent all rows.
  public var isExact: Bool
  /// The number of distinct values without missing ones; estimated to about one percent if the profile is not exact.
  public var distinctCount: Int
  /// Whether every value is greater than those of the rows before; texts are compared by length, then by bytes. False if there are
  /// too many distinct texts to know.
  public var isAscending = false
  /// The format of dates or times if ``levels`` does not hold all of them; nil otherwise.
  public var temporalFormat: TemporalFormat?
  /// The number of keys of the rows with a value, in a table with a key, counted up to a limit.
  package var keyCount: Int?

  /// A profile made by hand; by default that of an empty column.
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
  /// The profile with numbers as texts.
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

/// The type of a column's values.
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
  /// Whether two texts are the two truth values in the same letter case.
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
