import Tables
import Testing

/// Columns with more distinct values than the profile keeps.
@Suite struct ProfileLimitTests {
  private let limits = ProfileLimits(tokenCount: 100, tokenByteCount: 10_000, sampleCount: 500)

  @Test func sumsUpNumbers() throws {
    // The numbers 0.5 ..< 3000 in a scrambled order, every fifth row a spike at 77, some missing.
    var fields = (0..<3_000).map { "\(Double(($0 * 1_231) % 3_000) + 0.5)" }
    fields = fields.enumerated().flatMap { index, field in
      index % 4 == 0 ? [field, "77"] : [field]
    }
    fields += ["", "NA", "NA"]
    let result = try profile(fields, limits: limits)
    #expect(result.type == .decimal)
    #expect(!result.isExact)
    #expect(result.missingCount == 3)
    #expect(result.missingSpelling == "NA")
    #expect(result.numberFormat == NumberFormat(decimals: 1, minimumDecimals: 0))
    let numbers = result.numbers
    #expect(numbers.reduce(0) { $0 + $1.count } == 3_750)
    #expect(numbers.map(\.value) == numbers.map(\.value).sorted())
    #expect(
      numbers.prefix(8) == (0..<8).map { NumberCount(value: Double($0) + 0.5, count: 1) }[...])
    #expect(
      numbers.suffix(8)
        == (2_992..<3_000).map { NumberCount(value: Double($0) + 0.5, count: 1) }[...])
    #expect(numbers.count > 350 && numbers.count <= 516)
    let spike = try #require(numbers.first { $0.value == 77 })
    #expect(abs(spike.count - 750) < 200)
    let mean = numbers.reduce(0) { $0 + $1.value * Double($1.count) } / 3_750
    #expect(abs(mean - 1_215.4) < 120)
    #expect(try profile(fields, limits: limits) == result)
  }

  /// Texts are counted one by one where numbers are summed up.
  @Test func countsMoreTexts() throws {
    let limits = ProfileLimits(
      tokenCount: 100, textCount: 1_000, tokenByteCount: 10_000, sampleCount: 500)
    let texts = (0..<5_000).map { "t\($0 % 900)" }
    let result = try profile(texts, limits: limits)
    #expect(result.isExact && result.distinctCount == 900 && result.levels.count == 900)
    #expect(result.levels.reduce(0) { $0 + $1.count } == 5_000)
    #expect(result.levels[0] == Level(text: "t0", count: 6))
    let numbers = (0..<5_000).map { "\($0 % 900)" }
    #expect(try !profile(numbers, limits: limits).isExact)
    // As many numbers, and too many texts among them for words.
    let mixed = numbers.enumerated().map { $0 % 5 == 0 ? "t" + $1 : $1 }
    #expect(try profile(mixed, limits: limits).isExact)
    #expect(try !profile((0..<1_500).map { "t\($0)" }, limits: limits).isExact)
    // Long ones are too many before.
    let long = (0..<900).map { "\($0)" + String(repeating: "x", count: 60) }
    #expect(try !profile(long, limits: limits).isExact)
  }

  @Test func countsExtremesThatRepeat() throws {
    var fields: [String] = []
    for number in 0..<400 { fields += ["\(number)", "\(number)", "\(399 - number)"] }
    let result = try profile(fields, limits: limits)
    #expect(result.type == .integer)
    #expect(
      result.numbers.prefix(8) == (0..<8).map { NumberCount(value: Double($0), count: 3) }[...])
    #expect(
      result.numbers.suffix(8) == (392..<400).map { NumberCount(value: Double($0), count: 3) }[...])
    #expect(result.numbers.reduce(0) { $0 + $1.count } == 1_200)
  }

  @Test func notesDecimalsAfterTheSwitch() throws {
    let fields = (0..<1_000).map { "\($0)" }
    #expect(try profile(fields, limits: limits).type == .integer)
    let result = try profile(fields + ["1.125"], limits: limits)
    #expect(result.type == .decimal)
    #expect(result.numberFormat == NumberFormat(decimals: 3, minimumDecimals: 0))
  }

  @Test(arguments: ["007", "1234567890123456"])
  func becomesACategoryAtTheLastRow(text: String) throws {
    let fields = ["5", "5", "5", "NA"] + (0..<1_000).map { "\($0)" } + [text, "NA"]
    let result = try profile(fields, limits: limits)
    #expect(result.type == .category)
    #expect(!result.isExact)
    #expect(result.missingCount == 2)
    #expect(result.numbers == [])
    #expect(result.levels.first == Level(text: "5", count: 4))
    #expect(result.levels.contains(Level(text: text, count: 1)))
  }

  @Test func keepsFrequentTexts() throws {
    var fields: [String] = []
    for number in 0..<5_000 {
      fields.append("rare \(number)")
      if number % 5 == 0 { fields += ["frequent", "NA"] }
      if number % 10 == 0 { fields.append("usual") }
    }
    let result = try profile(fields, limits: limits)
    #expect(result.type == .category)
    #expect(!result.isExact)
    #expect(result.missingCount == 1_000)
    #expect(
      result.levels.prefix(2) == [
        Level(text: "frequent", count: 1_000), Level(text: "usual", count: 500),
      ])
    #expect(result.levels.count <= 100)
    #expect(result.levels.dropFirst(2).allSatisfy { $0.count == 1 })
  }

  @Test func boundsTheBytesOfTexts() throws {
    let fields = (0..<50).map { "\($0)" + String(repeating: "x", count: 3_000) }
    let result = try profile(fields, limits: limits)
    #expect(!result.isExact)
    #expect(!result.levels.isEmpty)
    #expect(result.levels.reduce(0) { $0 + $1.text.utf8.count } <= 13_010)
  }

  @Test func estimatesHowManyValuesDiffer() throws {
    let numbers = (0..<20_000).map { "\($0 * 7919 % 20_000)" } + ["NA", ""]
    for fields in [numbers, numbers.map { "n\($0)" }, numbers + numbers] {
      let result = try profile(fields, limits: limits)
      #expect(!result.isExact)
      #expect(abs(result.distinctCount - 20_000) < 500, "\(result.distinctCount)")
      #expect(!result.isAscending)
    }
    #expect(try profile((0..<2_000).map { "\($0)" }, limits: limits).isAscending)
    let few = try profile((0..<200).map { "\($0)" }, limits: limits)
    #expect(abs(few.distinctCount - 200) <= 4, "\(few.distinctCount)")
  }

  @Test func readsDatesBeyondTheLimit() throws {
    let pattern = "%Y-%m-%d %H:%M:%S%.3N"
    let format = try #require(TemporalFormat(pattern: pattern))
    let stamps = (0..<1_000).map { index in
      var output: [UInt8] = []
      format.append(DateTimeValue(day: index % 900, tick: index * 7919), to: &output)
      return String(decoding: output, as: UTF8.self)
    }
    #expect(try profile(stamps + ["NA"], limits: limits).temporalFormat?.pattern == pattern)
    for words in [["2019-02-29 00:00:00.000"], ["soon"]] {
      #expect(
        try profile(words + stamps + words, limits: limits).temporalFormat?.pattern == pattern)
    }
    let many = (0..<60).map { "soon \($0)" }
    #expect(try profile(stamps + many, limits: limits).temporalFormat == nil)
    #expect(try profile(many + stamps, limits: limits).temporalFormat == nil)
  }
}
