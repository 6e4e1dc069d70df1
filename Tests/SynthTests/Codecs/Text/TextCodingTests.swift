import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// Columns of free text: what is drawn has the column's statistics and no text that few rows have.
@Suite struct TextCodingTests {
  private static let hosted = "Hillside Hotel"
  private static let rowCount = 3_000

  /// Titles as hosts write them: one in fifty is a host's own, nearly all others are unlike each other.
  private static func titles(seed: UInt64) -> [String] {
    var random = SplitMix64(seed: seed)
    func one(_ texts: [String]) -> String { texts.randomElement(using: &random)! }
    return (0..<rowCount).map { row in
      if row % 50 == 7 { return hosted }
      var title = one(["Cozy", "Sunny", "LARGE", "Quiet", "Lovely", "Modern", "Zoë's", "Huge"])
      title += " " + one(["Room", "Apartment", "Studio", "Loft", "2BR apt", "private bedroom"])
      title += one([" in ", " @ ", ", ", " near "])
      title += one(["Harlem", "the Heart of Bushwick", "Soho", "Astoria", "Chelsea", "NYC"])
      switch Int.random(in: 0..<6, using: &random) {
      case 0: title += " - \(Int.random(in: 2..<60, using: &random)) min to Midtown"
      case 1: title += " w/ \"Balcony\"!"
      case 2: title += one([" ❤", " #", " (new)", "\nLong term OK"]) + "\(row % 91)"
      default: break
      }
      return title
    }
  }

  private static func generator(
    _ texts: [String], _ change: (inout TrainingOptions) -> Void = { _ in }
  ) async throws -> Generator {
    var random = SplitMix64(seed: 9)
    let sizes = texts.map { $0.contains("Room") ? 1 : 2 + Int(random.unit() * 3) }
    var options = quickOptions(epochs: 3)
    options.reading.schema.setKind(.text, ofColumn: "title")
    change(&options)
    return try await Generator.train(
      on: Table(columns: [Column("title", texts), Column("size", sizes)]), options: options)
  }

  private static func shares(_ texts: [String]) -> [String: Double] {
    texts.reduce(into: [:]) { $0[$1, default: 0] += 1 / Double(texts.count) }
  }

  @Test func frequentTextsKeepTheirShareAndRareOnesAreNotDrawn() async throws {
    let titles = Self.titles(seed: 1)
    let generator = try await Self.generator(titles)
    let drawn = try generator.drawTable(rows: 50_000).columns[0].texts.compactMap { $0 }
    #expect(drawn.count == 50_000)
    let (real, synthetic) = (Self.shares(titles), Self.shares(drawn))
    let rare = real.filter { $0.value * Double(titles.count) < 4.5 }
    #expect(rare.count > 1_000 && drawn.allSatisfy { rare[$0] == nil })
    let most = try #require(synthetic.max { $0.value < $1.value })
    #expect(most.key == Self.hosted && most.value < 2 * 0.02)
    #expect(abs(most.value - 0.02) < 0.006)
    for (text, share) in synthetic {
      #expect(share < real[text].map { 2 * $0 } ?? 0.005, "\(text)")
    }
  }

  /// Means of a number per text differ by less than a tenth.
  @Test func statisticsAreKept() async throws {
    let titles = Self.titles(seed: 2)
    let drawn = try await Self.generator(titles).drawTable(rows: 4_000).columns[0].texts
      .compactMap { $0 }
    func mean(_ texts: [String], _ number: (String) -> Int) -> Double {
      Double(texts.reduce(0) { $0 + number($1) }) / Double(texts.count)
    }
    let numbers: [(name: String, of: (String) -> Int)] = [
      ("length", { $0.unicodeScalars.count }), ("words", { $0.split(separator: " ").count }),
      ("capitals", { $0.unicodeScalars.count { ("A"..."Z").contains($0) } }),
      ("spaces", { $0.count { $0 == " " } }),
    ]
    for number in numbers {
      let (real, synthetic) = (mean(titles, number.of), mean(drawn, number.of))
      #expect(abs(synthetic / real - 1) < 0.1, "\(number.name): \(real), \(synthetic)")
    }
    let digits: (String) -> Int = { $0.unicodeScalars.count { ("0"..."9").contains($0) } }
    #expect(abs(mean(drawn, digits) / mean(titles, digits) - 1) < 0.25)
  }

  @Test func theSameBytesAgain() async throws {
    let titles = Self.titles(seed: 3)
    let (first, second) = (try await Self.generator(titles), try await Self.generator(titles))
    #expect(try first.fileBytes() == second.fileBytes())
    let all = try first.drawTable(rows: 0..<300, seed: 4, threadCount: 1).columns[0].texts
    let part = try second.drawTable(rows: 100..<200, seed: 4, threadCount: 3).columns[0].texts
    #expect(part == Array(all[100..<200]))
    #expect(try first.writtenFields(rows: 300, seed: 4)[0] == all.map { $0! })
  }

  /// Rows are encoded from the model file alone, and frequent texts come back.
  @Test func encodedRows() async throws {
    let folder = TemporaryFolder()
    try await Self.generator(Self.titles(seed: 5)).write(to: folder.file("model"))
    let generator = try Generator(contentsOf: folder.file("model"))
    let texts = [Self.hosted, "Cozy Room in a place without equal", "漢字だけ"]
    let table = try Table(columns: [Column("title", texts), Column("size", [1, 2, 3])])
    let rows = try generator.encode(table)
    #expect(rows.states[0] == [.known, .unknown, .unknown])
    let decoded = try generator.decode(rows, seed: 3).columns[0].texts.compactMap { $0 }
    #expect(decoded[0] == Self.hosted)
    #expect(decoded[1].contains(/\bRoom\b/) && abs(decoded[1].count - texts[1].count) <= 12)
    #expect(Set(decoded).isDisjoint(with: texts[1...]))
  }

  /// Titles with and without the word that decides the other column stay apart: nearly all of them have it in rows of size 1, and
  /// hardly any in others.
  @Test func wordsFollowOtherColumns() async throws {
    let table = try await Self.generator(Self.titles(seed: 10)).drawTable(rows: 4_000)
    let isRoom = table.columns[0].texts.map { $0!.contains(/\bRoom\b/) }
    let isOne = table.columns[1].numbers.map { $0 == 1 }
    let both = zip(isRoom, isOne).count { $0 && $1 }
    let share = Double(both) / Double(isOne.count { $0 })
    let others = Double(isRoom.count { $0 } - both) / Double(isOne.count { !$0 })
    #expect(share > 0.95 && others < 0.05, "\(share), \(others)")
  }

  /// Of addresses, each has exactly one `@`.
  @Test func addresses() async throws {
    var random = SplitMix64(seed: 6)
    let names = ["ann", "bob", "eve", "joe", "kim", "lou", "max", "pat"]
    let addresses = (0..<600).map { number in
      "\(names.randomElement(using: &random)!).\(names.randomElement(using: &random)!)\(number)"
        + "@\(["gmail.com", "example.org", "mail.co.uk"].randomElement(using: &random)!)"
    }
    let drawn = try await Self.generator(addresses).drawTable(rows: 2_000).columns[0].texts
      .compactMap { $0 }
    #expect(drawn.allSatisfy { text in text.count { $0 == "@" } == 1 })
    #expect(Set(drawn).isDisjoint(with: addresses) && Set(drawn).count > 1_400)
  }

  /// Texts of any characters stay valid, through a file too.
  @Test(arguments: [
    ["东京都", "大阪府", "京都市北区", "名古屋市中区"], ["Ünïcödé", "naïve café", "Straße"],
    ["👩‍👩‍👧‍👦 family", "🇩🇪 flag", "👍🏽"], ["a \"quoted\"", "x, y", "line\nbreak", "tab\there"],
    ["  leading", "trailing  ", "  both  "],
  ]) func charactersOfAllKinds(_ parts: [String]) async throws {
    var random = SplitMix64(seed: 8)
    let texts = (0..<300).map { _ in
      (0..<Int.random(in: 1...6, using: &random)).map { _ in parts.randomElement(using: &random)! }
        .joined()
    }
    let generator = try await Self.generator(texts)
    let inMemory = try generator.drawTable(rows: 300).columns[0].texts.map { $0! }
    #expect(try generator.writtenFields(rows: 300)[0] == inMemory)
    let known = Set(texts.flatMap(\.unicodeScalars)).union(CategoryEncoder.rareToken.unicodeScalars)
    #expect(inMemory.allSatisfy { known.isSuperset(of: $0.unicodeScalars) && !$0.isEmpty })
  }

  @Test func longTexts() async throws {
    let titles = Self.titles(seed: 7)
    let texts = (0..<200).map { titles[$0 * 12..<($0 + 1) * 12].joined(separator: ". ") }
    let drawn = try await Self.generator(texts).drawTable(rows: 200).columns[0].texts
      .compactMap { $0 }
    let mean = texts.reduce(0) { $0 + $1.count } / texts.count
    #expect(mean > 250 && drawn.allSatisfy { $0.count > mean / 2 && $0.count < mean * 2 })
    #expect(Set(drawn).isDisjoint(with: texts))
  }

  /// Few rows share nothing: a text is neither copied nor made up from it.
  @Test func nothingIsShared() async throws {
    let texts = (0..<40).map { String(UnicodeScalar(UInt32(0x4e00 + 3 * $0))!) + "\u{1F600}" }
    let drawn = try await Self.generator(texts).drawTable(rows: 100).columns[0].texts
      .compactMap { $0 }
    #expect(Set(drawn).isDisjoint(with: texts))
  }
}
