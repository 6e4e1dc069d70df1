import Foundation
import Tables
import TestSupport
import Testing

@Suite struct NumberNotationTests {
  private func profile(_ texts: [String?]) throws -> ColumnProfile {
    try TableProfile(scanning: try Table(columns: [Column("x", texts)])).columns[0]
  }

  /// Values as people write them, and what they are. Each is written back as it was.
  @Test(arguments: [
    (["$1,234.50", "$0.99", "-$5.00"], [1234.5, 0.99, -5]),
    (["$1,234.50", "$0.99", "$-5.00"], [1234.5, 0.99, -5]),
    (["$1,234.50", "$0.99", "($5.00)"], [1234.5, 0.99, -5]),
    (["1.234,50 €", "0,99 €", "-12,00 €"], [1234.5, 0.99, -12]),
    (["USD 12", "USD 7", "USD 1,000"], [12, 7, 1000]),
    (["12 %", "7 %", "-3 %"], [12, 7, -3]), (["12%", "7.5%", "100%"], [12, 7.5, 100]),
    (["12\u{a0}%", "7\u{a0}%"], [12, 7]), (["3‰", "4‰"], [3, 4]),
    (["1,234", "12", "1,234,567"], [1234, 12, 1_234_567]),
    (["1,234", "5,678"], [1234, 5678]),
    (["1.234", "12.345.678"], [1234, 12_345_678]),
    (["1.234,5", "2.000"], [1234.5, 2000]),
    (["1 234", "56", "1 234 567"], [1234, 56, 1_234_567]),
    (["1\u{a0}234,5", "56"], [1234.5, 56]), (["1\u{202f}234", "56"], [1234, 56]),
    (["1'234.50", "56.00"], [1234.5, 56]), (["1’234", "-56"], [1234, -56]),
    (["1234,5", "0,25"], [1234.5, 0.25]), (["0,125", "1,234"], [0.125, 1.234]),
    (["1234", "12 345", "123 456"], [1234, 12345, 123_456]),
    (["12 kg", "3 kg"], [12, 3]), (["3.5 mi", "10.25 mi"], [3.5, 10.25]),
    (["12.50 m²", "80.00 m²"], [12.5, 80]), (["21.5°C", "-3.0°C"], [21.5, -3]),
    (["+5", "-3", "0", "+12"], [5, -3, 0, 12]), (["−5", "12"], [-5, 12]),
    (["(1,000)", "500", "(3)"], [-1000, 500, -3]), (["R$ 5,00", "R$ 1.200,10"], [5, 1200.1]),
    (["12 Kč", "3 Kč"], [12, 3]), (["5 sq ft", "17 sq ft"], [5, 17]),
    (["+$5.25", "-$3.00"], [5.25, -3]), (["$+5.25", "$-3.00"], [5.25, -3]),
    ([" 36 months", " 60 months"], [36, 60]),
  ])
  func readsNumbersAsPeopleWriteThem(_ texts: [String], _ numbers: [Double]) throws {
    let profile = try profile(texts)
    #expect([.integer, .decimal].contains(profile.type))
    #expect(profile.numbers.map(\.value) == numbers.sorted())
    #expect(
      (profile.type == .integer)
        == numbers.allSatisfy { $0 == $0.rounded() && !texts[0].contains("50") })
    let format = profile.numberFormat
    #expect(format.notation != nil)
    for (text, number) in zip(texts, numbers) {
      #expect(withBytes(text) { format.parse($0)?.value } == number)
      var bytes: [UInt8] = []
      format.append(number, to: &bytes)
      #expect(String(decoding: bytes, as: UTF8.self) == text)
    }
  }

  @Test(arguments: [
    ["$5", "5 €"], ["5 kg", "5 g"], ["$5", "£6"], ["1,23,456", "12"], ["1,2345", "1,234,567"],
    ["612 345 678", "698 765 432"], ["612.345.678", "698.765.432"],
    ["12 345 678 901", "98 765 432 109"],
    ["A12", "A13"], ["C-1", "C-2"], ["No. 5", "No. 6"], ["20-30", "30-40"], ["<5", "<6"],
    ["5+", "6+"],
    ["12:30", "12:45"], ["192.168.1.1", "192.168.1.2"], ["1.2.3", "1.2.4"], ["007", "008"],
    ["$007", "$012"], ["5'11\"", "6'02\""], ["1,234", "1234"], ["+5", "6"], ["(5", "6"],
    ["-5", "−6"],
    ["1 234 567 890 123 456", "1"], ["5 kg", "about 5 kg"], ["€", "5 €"], ["5. Mai", "6. Mai"],
  ])
  func leavesOthersAlone(_ texts: [String]) throws {
    #expect(try profile(texts).type == .category)
  }

  /// What is plain stays plain.
  @Test(arguments: [
    ["1.234", "5.678"], ["1.234", "12"], ["1", "-2"], ["1e5", "2e5"], ["0.5", "100.125"],
  ])
  func plainNumbersHaveNoNotation(_ texts: [String]) throws {
    let profile = try profile(texts)
    #expect(profile.numberFormat.notation == nil && profile.type != .category)
  }

  /// Whatever a notation writes, it reads, and says the same plainly.
  @Test(arguments: 0..<200) func readsWhatItWrites(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    func pick<Element>(_ elements: [Element]) -> Element {
      elements[Int(random.unit() * Double(elements.count))]
    }
    let decimal = pick(NumberNotation.decimalMarks)
    let notation = NumberNotation(
      prefix: Array(pick(["", "$", "EUR ", "R$ "]).utf8),
      suffix: Array(pick(["", " €", "%", "\u{a0}kg", " m2"]).utf8), decimalMark: decimal,
      groupMark: pick([[]] + NumberNotation.groupMarks.filter { $0 != [decimal] }),
      leastGroupedDigits: pick([4, 5]), negative: pick(NumberNotation.Negative.allCases),
      minus: pick(NumberNotation.minuses), showsPlus: pick([true, false]))
    let encoded = try JSONEncoder().encode(notation)
    #expect(try JSONDecoder().decode(NumberNotation.self, from: encoded) == notation)
    for _ in 0..<100 {
      let plain = String(
        format: "%.\(pick([0, 1, 2, 3]))f",
        (random.unit() - 0.5) * pick([1, 10, 3_000, 30_000, 3e6, 1e13]))
      if plain.hasPrefix("-"), !plain.contains(where: "123456789".contains) { continue }
      var written: [UInt8] = []
      notation.append(plain: Array(plain.utf8), to: &written)
      var read: [UInt8] = []
      #expect(written.withUnsafeBufferPointer { notation.appendPlain($0, to: &read) })
      #expect(String(decoding: read, as: UTF8.self) == plain)
    }
  }

  @Test(
    arguments: [
      ("prefix", "5"), ("prefix", "-"), ("prefix", "nan"), ("suffix", " 7"), ("suffix", "("),
      ("suffix", String(repeating: "a", count: 25)),
      ("decimalMark", ";"), ("decimalMark", ""), ("groupMark", "x"), ("groupMark", ","),
      ("minus", "~"),
      ("leastGroupedDigits", 3), ("negative", "above"), ("showsPlus", 1.5),
    ] as [(String, any Sendable)])
  func refusesNotationsThatCannotBe(_ key: String, _ value: any Sendable) throws {
    let notation = NumberNotation(decimalMark: UInt8(ascii: ","))
    var object = try #require(
      JSONSerialization.jsonObject(with: JSONEncoder().encode(notation)) as? [String: Any])
    object[key] = value
    let data = try JSONSerialization.data(withJSONObject: object)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(NumberNotation.self, from: data)
    }
  }

  /// Notation that only unpublishable rows show is left out.
  @Test func reducesToWhatARangeShows() throws {
    let notation = try #require(try profile(["($1,234.50)", "$0.99"]).numberFormat.notation)
    #expect(notation.reduced(to: -2000...0, hasDecimals: true) == notation)
    let small = try #require(notation.reduced(to: 0...900, hasDecimals: true))
    #expect(small == NumberNotation(prefix: Array("$".utf8)))
    let bare = try #require(try profile(["1,234", "(5)"]).numberFormat.notation)
    #expect(bare.reduced(to: 0...900, hasDecimals: false) == nil)
    let points = try #require(try profile(["1.234.567,5", "5"]).numberFormat.notation)
    #expect(points.reduced(to: 0...900, hasDecimals: false) == nil)
    #expect(points.reduced(to: 0...1e6, hasDecimals: false) == points)
    #expect(
      points.reduced(to: 0...900, hasDecimals: true)
        == NumberNotation(decimalMark: UInt8(ascii: ",")))
  }

  /// A column of more values than a profile keeps.
  @Test func largeColumns() throws {
    let limits = ProfileLimits(tokenCount: 100, tokenByteCount: 10_000, sampleCount: 500)
    let texts = (0..<5_000).map { row in
      let value = row * 1231 % 5000
      return (value >= 1000 ? "\(value / 1000)." : "")
        + (value >= 1000 ? String(format: "%03d", value % 1000) : "\(value)") + ",50 €"
    }
    let table = try Table(columns: [Column("x", texts)])
    let profile = try TableProfile(scanning: table, missingValues: .standard, limits: limits)
      .columns[0]
    #expect(profile.type == .decimal && !profile.isExact && profile.numberFormat.notation != nil)
    #expect(profile.numbers.first?.value == 0.5 && profile.numbers.last?.value == 4999.5)
    #expect(profile.numbers.reduce(0) { $0 + $1.count } == 5_000)
  }

  @Test func tablesKeepNumbersAndSpellings() throws {
    let folder = TemporaryFolder()
    let text = "x\n\"$1,234.50\"\n$0.99\n\n"
    try text.write(toFile: folder.file("a.csv"), atomically: true, encoding: .utf8)
    let table = try Table(contentsOf: folder.file("a.csv"))
    guard case .numbers(let numbers, _) = table.columns[0].values else {
      Issue.record("The column is text.")
      return
    }
    #expect(numbers.compactMap { $0 } == [1234.5, 0.99])
    try table.write(to: folder.file("b.csv"))
    let written = try String(contentsOfFile: folder.file("b.csv"), encoding: .utf8)
    #expect(written.hasPrefix("x\n\"$1,234.50\"\n$0.99\n"))
  }

  @Test func identifiersInANotation() throws {
    let texts = (0..<50).map { "\(1 + $0 % 9),\(100 + $0 * 7)" }
    func kind(_ name: String) throws -> ColumnKind {
      let profile = try TableProfile(scanning: try Table(columns: [Column(name, texts)]))
      return KindDetection(profile.columns[0], rowCount: 50).kind
    }
    #expect(try kind("amount") == .integer)
    #expect(try kind("order_id") == .identifier)
  }
}
