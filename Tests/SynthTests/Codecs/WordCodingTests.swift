import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// Words between numbers and dates are drawn as often as in the table and beside what they are beside there; rare ones are not.
@Suite struct WordCodingTests {
  private static let secrets = ["Nachtschatten", "Zwielicht", "Dunkel"]

  /// Ages, days and prices. In a small group most have words instead, and a few rows have secret ones.
  private func table(rows: Int = 1_000, seed: UInt64) throws -> Table {
    var random = SplitMix64(seed: seed)
    let format = TemporalFormat(pattern: "%d.%m.%Y")!
    func day(_ number: Int) -> String {
      var bytes: [UInt8] = []
      format.append(DateTimeValue(day: number), to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
    var (groups, ages, starts, ends, prices): ([String], [String], [String], [String], [String]) =
      ([], [], [], [], [])
    for _ in 0..<rows {
      let isFirst = random.unit() < 0.04
      let start = 18_000 + Int(random.unit() * 900)
      groups.append(isFirst ? "a" : "b")
      ages.append(isFirst && random.unit() < 0.7 ? "unknown" : "\(18 + Int(random.unit() * 60))")
      starts.append(day(start))
      ends.append(isFirst && random.unit() < 0.7 ? "open" : day(start + Int(random.unit() * 90)))
      prices.append(
        isFirst && random.unit() < 0.7 ? "free" : "\(1 + Int(random.unit() * 900)),50 €")
    }
    for (row, secret) in WordCodingTests.secrets.enumerated() {
      (ages[row], ends[row + 50], prices[row + 90]) = (secret, secret, secret)
    }
    return try Table(columns: [
      Column("group", groups), Column("age", ages), Column("start", starts), Column("end", ends),
      Column("price", prices),
    ])
  }

  private static let words = [1: "unknown", 3: "open", 4: "free"]

  @Test(arguments: 0..<3) func wordsAreDrawnAsOften(_ seed: UInt64) async throws {
    let table = try table(seed: seed)
    let before = try fields(of: table)
    var options = quickOptions(epochs: 10, seed: seed)
    options.reading.constraints = [try Constraint(parsing: "start <= end")]
    let generator = try await Generator.train(on: table, options: options)
    #expect(generator.fields.map(\.kind) == [.category, .integer, .date, .date, .decimal])
    #expect(
      generator.report.hiddenWords
        == [1, 3, 4].map { HiddenWords(column: table.columnNames[$0], rowCount: 3) })
    let folder = TemporaryFolder()
    try generator.write(to: folder.file("model"))
    let read = try Generator(contentsOf: folder.file("model"))
    #expect(read.report.hiddenWords.isEmpty)
    let after = try fields(of: read.rowsThroughFile(0..<4_000, seed: seed))
    #expect(try after == fields(of: generator.drawTable(rows: 4_000, seed: seed)))
    for (column, word) in WordCodingTests.words {
      func share(_ fields: [[String]], in group: String) -> Double {
        let rows = fields[0].indices.filter { fields[0][$0] == group }
        return Double(rows.count { fields[column][$0] == word }) / Double(rows.count)
      }
      #expect(share(after, in: "a") > 10 * share(after, in: "b"), "\(word)")
      let shares = [before, after].map { fields in
        Double(fields[column].count { $0 == word }) / Double(fields[column].count)
      }
      #expect(abs(shares[0] - shares[1]) < 0.02, "\(word)")
      let missing = Double(after[column].count { $0 == "" }) / 4_000
      #expect(missing < 0.02, "\(word)")
    }
    let format = TemporalFormat(pattern: "%d.%m.%Y")!
    func dateTime(_ text: String) -> DateTimeValue? {
      Array(text.utf8).withUnsafeBufferPointer(format.parse)
    }
    for (start, end) in zip(after[2], after[3]) where end != "open" && end != "" {
      #expect(try #require(dateTime(start)).day <= #require(dateTime(end)).day)
    }
    #expect(after[1].allSatisfy { Int($0) != nil || ["", "unknown"].contains($0) })
    #expect(
      after[4].allSatisfy {
        $0.wholeMatch(of: #/\d{1,3},\d0 €/#) != nil || ["", "free"].contains($0)
      })
  }

  @Test func rareWordsAreNotKept() async throws {
    for seed in 7...9 as ClosedRange<UInt64> {
      let table = try table(rows: 400, seed: seed)
      let attack = try await Attack(on: table, options: quickOptions(epochs: 1, seed: seed))
      let secrets = [1, 3, 4].flatMap { column in
        WordCodingTests.secrets.map { Secret(table.columnNames[column], $0) }
      }
      #expect(attack.found(secrets).isEmpty)
      #expect(try attack.found(secrets, inRows: 2_000, seed: seed).isEmpty)
    }
  }

  /// Where nothing is protected, every word is drawn.
  @Test func withoutProtection() async throws {
    var options = quickOptions(epochs: 1)
    options.protection.protectsValues = false
    let generator = try await Generator.train(on: try table(seed: 2), options: options)
    #expect(generator.report.hiddenWords.isEmpty)
    guard case .number(let ages) = generator.columns[1].kind else {
      Issue.record("Ages are no numbers.")
      return
    }
    #expect(Set(ages.words ?? []) == Set(WordCodingTests.secrets + ["unknown"]))
  }

  /// With a key, people share a word, not rows.
  @Test func wordsOfOnePerson() async throws {
    var random = SplitMix64(seed: 5)
    let rows = (0..<600).map { row in
      (
        "P-\(1_000 + row / 3)",
        row < 12 ? "gone" : row % 60 == 0 ? "unknown" : "\(Int(random.unit() * 70))"
      )
    }
    let table = try Table(columns: [Column("who", rows.map(\.0)), Column("age", rows.map(\.1))])
    var options = quickOptions(epochs: 1)
    options.protection.key = "who"
    let generator = try await Generator.train(on: table, options: options)
    guard case .number(let ages) = generator.columns[generator.fields[1].parts.lowerBound].kind
    else {
      Issue.record("Ages are no numbers.")
      return
    }
    #expect(ages.words == ["unknown"])
    #expect(generator.report.hiddenWords == [HiddenWords(column: "age", rowCount: 12)])
  }
}
