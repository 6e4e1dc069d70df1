import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// In a table with a key, values are those of people: who has many rows counts once.
@Suite struct KeyTests {
  /// Sixty people with eight rows each, and one with a hundred that all tell the same of him.
  private func visits(seed: UInt64) throws -> Table {
    var random = SplitMix64(seed: seed)
    var columns = [[String]](repeating: [], count: 7)
    let words = (0..<60).map { "word\($0)" }
    for person in 0..<61 {
      for visit in 0..<(person == 60 ? 100 : 8) {
        let row: [String] =
          person == 60
          ? [
            "P-1060", "Einsiedelei", "77777.\(10 + visit % 90)", "1987-08-09", "69.648713",
            "18.956324", "calls Quendelbichler \(visit)",
          ]
          : [
            "P-10\(person < 10 ? "0" : "")\(person)",
            ["Ulm", "Bonn", "Halle"][Int(random.unit() * 3)],
            String(format: "%.2f", 100 + 900 * random.unit()),
            "20\(10 + Int(random.unit() * 10))-0\(1 + Int(random.unit() * 9))-1\(Int(random.unit() * 9))",
            String(format: "%.6f", 52.4 + 0.2 * random.unit()),
            String(format: "%.6f", 13.2 + 0.4 * random.unit()),
            "calls \(words[Int(random.unit() * 60)]) \(visit)",
          ]
        for column in columns.indices { columns[column].append(row[column]) }
      }
    }
    let names = ["person", "town", "amount", "day", "latitude", "longitude", "note"]
    return try Table(columns: zip(names, columns).map { Column($0, $1) })
  }

  private let secrets = [
    Secret("town", "Einsiedelei"),
    Secret("amount", "77777", traces: ["77777", "7777710", "7777798", "7778000"]),
    Secret("day", "1987-08-09", traces: ["1987", "6429"]),
    Secret("latitude", "69.6", traces: ["69648713", "69649000", "69650000", "69600000"]),
    Secret("longitude", "18.9", traces: ["18956324", "18956000", "18960000", "19000000"]),
    Secret("note", "Quendelbichler"),
    Secret("person", "P-1060", traces: ["P-1060"]),
  ]

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func whatOnePersonHasIsNotTold(_ seed: UInt64) async throws {
    var options = quickOptions(epochs: 1, order: .natural, seed: seed)
    options.key = "person"
    let attack = try await Attack(on: try visits(seed: seed), options: options)
    #expect(attack.found(secrets).isEmpty, "\(attack.found(secrets))")
    let found = try attack.found(secrets, inRows: 3000, seed: seed)
    #expect(found.isEmpty, "\(found)")
    #expect(attack.generator.summary.key == "person")
    // What many people have is told.
    let drawn = try attack.generator.generate(rows: 300, threadCount: 1)
    #expect(Set(drawn.columns[1].texts) == ["Ulm", "Bonn", "Halle"])
    let amounts = drawn.columns[2].numbers.compactMap { $0 }
    #expect(amounts.max()! > 800 && amounts.max()! <= 1000)
  }

  @Test func withoutAKeyRowsCount() async throws {
    let attack = try await Attack(
      on: try visits(seed: 1), options: quickOptions(epochs: 1, order: .natural))
    let found = attack.found(secrets)
    for trace in ["Einsiedelei", "Quendelbichler"] { #expect(found.contains(trace), "\(trace)") }
  }

  /// Where every row has a key of its own, keys change nothing.
  @Test func aKeyForEveryRow() throws {
    let planted = try PlantedTable(rows: 300, seed: 9).table
    var options = TableEncoder.Options()
    let byRow = try TableEncoder(planted, options: options)
    options.key = "id"
    let byKey = try TableEncoder(planted, options: options)
    #expect(byRow.columns == byKey.columns && byRow.fields == byKey.fields)
    #expect(byRow.table.columns == byKey.table.columns)
  }

  /// A column that fewer than twenty people have a value in is not told about.
  @Test func fewPeopleMaskAColumn() throws {
    let table = try Table(columns: [
      Column("who", (0..<400).map { "p\($0 % 40)" }),
      Column("few", (0..<400).map { $0 % 40 < 19 ? $0 % 3 : nil }),
      Column("enough", (0..<400).map { $0 % 40 < 20 ? $0 % 3 : nil }),
      Column("fewTexts", (0..<400).map { $0 % 40 < 19 ? "abc" : nil }),
    ])
    var options = TableEncoder.Options()
    options.key = "who"
    let encoder = try TableEncoder(table, options: options)
    func column(_ name: String) throws -> ColumnEncoder {
      let field = try #require(encoder.fields.first { $0.name == name })
      return encoder.columns[field.parts.lowerBound]
    }
    #expect(try column("few").vocabularySize == 1 && column("few").missingCode == 0)
    #expect(try column("enough").vocabularySize == 4)
    guard case .category(let texts) = try column("fewTexts").kind else {
      Issue.record("texts are no category")
      return
    }
    #expect(texts.levels.isEmpty)
  }

  @Test func anUnknownKey() throws {
    let table = try Table(columns: [Column("customer", (0..<30).map { $0 })])
    var options = TableEncoder.Options()
    options.key = "custmer"
    let error = SynthError.unknownKey(name: "custmer", table: table.name, nearest: "customer")
    #expect(throws: error) { try TableEncoder(table, options: options) }
    #expect(
      error.description.hasSuffix(
        " has no column 'custmer' to be the key. Do you mean 'customer'?"))
  }
}
