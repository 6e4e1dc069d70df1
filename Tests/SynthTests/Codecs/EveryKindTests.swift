import Synth
import Tables
import TestSupport
import Testing

@Suite struct EveryKindTests {
  private static let rows = 400

  private func drawn(_ seed: UInt64) async throws -> (table: Table, generator: Generator) {
    let table = try tableOfEveryKind(rows: Self.rows, seed: seed)
    let folder = TemporaryFolder()
    try table.write(to: folder.file("table.csv"))
    let source = try CSVFiles(paths: [folder.file("table.csv")])
    return (
      table, try await Generator.train(on: source, options: quickOptions(epochs: 2, seed: seed))
    )
  }

  @Test(arguments: 0..<5) func kindsAndFormatsAreKept(_ seed: UInt64) async throws {
    let (table, generator) = try await drawn(seed)
    // So many that codes of a pattern repeat: codes that are all different are identifiers.
    let read = try generator.rowsThroughFile(0..<2_000, seed: seed)
    let expected = try kinds(of: table)
    for (name, kind) in try kinds(of: read) { #expect(kind == expected[name], "\(name)") }
    #expect(
      expected == [
        "customer_id": .identifier, "uuid": .identifier, "order": .identifier, "name": .text,
        "email": .email, "signup": .date, "login": .timestamp, "opens": .time,
        "postcode": .pattern, "latitude": .latitude, "longitude": .longitude, "price": .decimal,
        "age": .integer, "member": .boolean, "color": .category, "country": .constant,
        "nothing": .empty,
      ])
  }

  /// What every row has its own of is never copied.
  @Test(arguments: 0..<5) func identifiersAndPersonalTextsAreNew(_ seed: UInt64) async throws {
    let (table, generator) = try await drawn(seed)
    let before = try fields(of: table)
    let after = try fields(of: generator.drawTable(rows: 1_000, seed: seed))
    for column in 0..<5 {
      let known = Set(before[column])
      #expect(after[column].allSatisfy { !known.contains($0) }, "\(table.columnNames[column])")
    }
    for column in 0..<3 { #expect(Set(after[column]).count == 1_000) }
  }

  @Test func partsOfOneFieldAreMissingTogether() async throws {
    let (table, generator) = try await drawn(7)
    let column = try #require(table.columnNames.firstIndex(of: "signup"))
    let share = table.columns[column].missingShare
    let drawn = try generator.drawTable(rows: 2_000, seed: 3).columns[column]
    #expect(abs(drawn.missingShare - share) < 0.04)
    #expect(drawn.texts.allSatisfy { ($0?.count ?? 10) == 10 })
  }

  @Test func rowsDoNotDependOnWhatElseIsDrawn() async throws {
    let (_, generator) = try await drawn(2)
    let all = try fields(of: generator.drawTable(rows: 0..<300, seed: 5, threadCount: 1))
    let part = try fields(of: generator.drawTable(rows: 100..<200, seed: 5, threadCount: 3))
    #expect(part == all.map { Array($0[100..<200]) })
    let written = try fields(of: generator.rowsThroughFile(0..<300, seed: 5))
    #expect(written == all)
  }

  /// Words of digits that many rows share are kept as they are spelled.
  @Test func textsOfDigits() async throws {
    let table = try Table(columns: [
      Column("version", (0..<90).map { ["1.50", "7", "12"][$0 % 3] })
    ])
    var options = quickOptions(epochs: 1)
    options.reading.schema.setKind(.text, ofColumn: "version")
    let generator = try await Generator.train(on: table, options: options)
    let drawn = try generator.drawTable(rows: 200).columns[0].texts
    #expect(Set(drawn) == ["1.50", "7", "12"])
  }

  @Test func aTableOfIdentifiersAlone() async throws {
    let table = try Table(columns: [Column("id", (0..<50).map { 1000 + $0 })])
    let generator = try await Generator.train(on: table, options: quickOptions(epochs: 1))
    let drawn = try generator.drawTable(rows: 80)
    let texts = try fields(of: drawn)[0]
    #expect(Set(texts).count == 80 && texts.allSatisfy { Int($0) != nil })
  }
}
