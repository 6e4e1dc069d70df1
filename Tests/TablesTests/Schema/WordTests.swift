import Tables
import TestSupport
import Testing

/// Columns of numbers and dates in which some rows have words instead.
@Suite struct WordTests {
  private func profile(_ texts: [String], limits: ProfileLimits? = nil) throws -> TableProfile {
    let table = try Table(columns: [Column("x", texts)])
    guard let limits else { return try TableProfile(scanning: table) }
    return try TableProfile(scanning: table, missingValues: .standard, limits: limits)
  }

  private func detection(_ profile: TableProfile) -> KindDetection {
    KindDetection(profile.columns[0], rowCount: profile.rowCount)
  }

  private static let ages = (0..<300).map { "\(18 + $0 * 7 % 60)" }
  private static let days = (0..<300).map { row in
    "20\(10 + row % 12)-0\(1 + row % 9)-\(10 + row % 19)"
  }

  @Test func numbersWithWords() throws {
    let profile = try profile(
      Self.ages + ["unknown", "<1", "unknown", "", "NA", "n.d.", "unknown", "90+"])
    let column = profile.columns[0]
    #expect(column.type == .integer && column.missingCount == 2 && column.wordCount == 6)
    #expect(
      column.words == [
        Level(text: "unknown", count: 3), Level(text: "90+", count: 1), Level(text: "<1", count: 1),
        Level(text: "n.d.", count: 1),
      ])
    #expect(column.numbers.reduce(0) { $0 + $1.count } == 300 && column.levels.isEmpty)
    #expect(column.distinctCount == 64 && !column.isAscending)
    #expect(detection(profile).kind == .integer)
    #expect(detection(profile).words(of: column) == column.words)
  }

  @Test func numbersInANotationWithWords() throws {
    let prices = (0..<100).map { "$\(1 + $0 % 3),\(100 + $0).50" }
    let column = try profile(prices + ["free", "free", "12"]).columns[0]
    #expect(column.type == .decimal && column.numberFormat.notation != nil)
    // What is plain is a number too.
    #expect(column.words == [Level(text: "free", count: 2)] && column.numbers.first?.value == 12)
  }

  /// A plus sign in one row is a word among numbers without.
  @Test func aSignThatFewHave() throws {
    let prices = (0..<100).map { "$\(100 + $0).50" }
    let column = try profile(prices + ["+$7.00"]).columns[0]
    #expect(column.type == .decimal && column.words.map(\.text) == ["+$7.00"])
  }

  /// Most rows decide: a comma in few rows is one between groups.
  @Test func theNotationThatReadsMost() throws {
    let texts = (0..<200).map { "\($0 * 3)" } + ["1,250", "3,175"]
    let column = try profile(texts).columns[0]
    #expect(column.words.isEmpty && column.numbers.last?.value == 3175)
  }

  @Test func datesWithWords() throws {
    for words in [["n.d."], ["pending", "pending", "2011-02-30"], ["0000-00-00"]] {
      let profile = try profile(Self.days + words)
      #expect(detection(profile).kind == .date, "\(words)")
      let found = detection(profile).words(of: profile.columns[0])
      #expect(Set(found.map(\.text)) == Set(words))
    }
    let times = (0..<100).map { "\(10 + $0 % 12):\(10 + $0 % 50)" }
    #expect(detection(try profile(times + ["late", "late"])).kind == .time)
    let stamps = zip(Self.days, times).map { "\($0)T\($1)" }
    #expect(detection(try profile(stamps + ["open"])).kind == .timestamp)
    let bare = (0..<100).map { "2019\(10 + $0 % 3)\(10 + $0 % 19)" }
    let profile = try profile(bare + ["open"])
    #expect(detection(profile).kind == .date)
    #expect(detection(profile).words(of: profile.columns[0]).map(\.text) == ["open"])
  }

  @Test(arguments: [
    ages + Array(repeating: "unknown", count: 16),
    (0..<300).map { "\($0 % 19)" } + ["unknown"],
    days + Array(repeating: "pending", count: 16),
    // Codes, whatever most of them look like.
    (0..<300).map { "\(10_000 + $0 * 37)" } + ["01234"],
    (0..<300).map { "\(10_000 + $0 * 37)" } + ["1234567890123456"],
    (0..<300).map { "\(10_000 + $0 * 37)" } + ["85123A", "C5366"],
  ])
  func tooManyWordsOrCodes(_ texts: [String]) throws {
    #expect(try profile(texts).columns[0].type == .category)
    #expect(![.integer, .date].contains(detection(try profile(texts)).kind))
  }

  @Test func aTypingErrorIsNoCode() throws {
    #expect(try profile(Self.ages + ["3o"]).columns[0].type == .integer)
  }

  private let limits = ProfileLimits(tokenCount: 100, tokenByteCount: 10_000, sampleCount: 500)

  /// Words anywhere among more numbers than a profile keeps.
  @Test(arguments: [0, 1, 2]) func largeColumnsOfNumbers(_ place: Int) throws {
    let numbers = (0..<3_000).map { "\($0 * 1_231 % 3_000)" }
    let words = Array(repeating: "unknown", count: 100) + (0..<40).map { "rare" + letters($0) }
    let texts =
      place == 0
      ? numbers + words
      : place == 1
        ? Array(numbers[..<1_000]) + words + numbers[1_000...]
        : numbers.enumerated().flatMap {
          [$1] + ($0 % 21 == 20 && $0 / 21 < words.count ? [words[$0 / 21]] : [])
        }
    let column = try profile(texts, limits: limits).columns[0]
    #expect(column.type == .integer && !column.isExact)
    #expect(column.wordCount == 140)
    #expect(column.words.first?.text == "unknown" && column.words[0].count > 60)
    #expect(column.words.count <= 100)
    #expect(column.numbers.first?.value == 0 && column.numbers.last?.value == 2_999)
    let many = try profile(texts + Array(repeating: "x", count: 200), limits: limits)
    #expect(many.columns[0].type == .category && many.columns[0].words.isEmpty)
  }

  private func letters(_ number: Int) -> String {
    String(
      "\(number)".map { Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8($0.wholeNumberValue!))) }
    )
  }

  @Test func largeColumnsOfDates() throws {
    let format = try #require(TemporalFormat(pattern: "%Y-%m-%d"))
    let days = (0..<2_000).map { row in
      var output: [UInt8] = []
      format.append(DateTimeValue(day: row * 7), to: &output)
      return String(decoding: output, as: UTF8.self)
    }
    let words = Array(repeating: "pending", count: 60) + ["lost"]
    for texts in [words + days, days + words, days[..<300] + words + days[300...]] {
      let profile = try profile(texts, limits: limits)
      #expect(detection(profile).kind == .date)
      #expect(detection(profile).words(of: profile.columns[0]).first?.text == "pending")
    }
    let many = try profile(days + (0..<200).map { "w\($0)" }, limits: limits)
    #expect(many.columns[0].temporalFormat == nil)
  }

  @Test func schemasTellFrequentWords() throws {
    let texts =
      Self.ages + Array(repeating: "unknown", count: 8) + Array(repeating: "lost", count: 4)
    let schema = TableSchema(of: try profile(texts))
    #expect(schema.columns[0].words == ["unknown"] && schema.columns[0].kind == .integer)
    #expect(schema.text(rules: []).hasSuffix("the ends are cut off; words 'unknown'"))
    #expect(!(try schema.json()).contains("lost"))
    let folder = TemporaryFolder()
    try schema.write(to: folder.file("schema"))
    #expect(try TableSchema(contentsOf: folder.file("schema")) == schema)
    #expect(TableSchema(of: try profile(Self.ages)).columns[0].words == nil)
  }

  @Test func tablesKeepWords() throws {
    let folder = TemporaryFolder()
    let texts = Self.ages + ["unknown"]
    try Table(columns: [Column("x", texts)]).write(to: folder.file("a.csv"))
    #expect(try Table(contentsOf: folder.file("a.csv")).columns[0].values == .texts(texts))
  }
}
