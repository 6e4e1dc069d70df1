import Foundation
import NN
import Synth
import Tables
import TestSupport
import Testing

/// In a table with a key, values are those of people: who has many rows counts once.
@Suite struct KeyTests {
  /// Sixty people with eight rows each, and one with a hundred equal rows.
  private func visits(seed: UInt64) throws -> Table {
    var random = SplitMix64(seed: seed)
    var columns = [[String]](repeating: [], count: 9)
    let words = (0..<60).map { "word\($0)" }
    func one<Element>(of elements: [Element]) -> Element {
      elements[Int(random.unit() * Double(elements.count))]
    }
    for person in 0..<61 {
      for visit in 0..<(person == 60 ? 100 : 8) {
        let row: [String] =
          person == 60
          ? [
            "P-1060", "Einsiedelei", "77777.\(10 + visit % 90)", "1987-08-09", "69.648713",
            "18.956324", "calls Quendelbichler \(visit)", "Blue Loft in Nachtigallengrund, free",
            "vqwxzkj88",
          ]
          : [
            "P-10\(person < 10 ? "0" : "")\(person)",
            ["Ulm", "Bonn", "Halle"][Int(random.unit() * 3)],
            String(format: "%.2f", 100 + 900 * random.unit()),
            "20\(10 + Int(random.unit() * 10))-0\(1 + Int(random.unit() * 9))-1\(Int(random.unit() * 9))",
            String(format: "%.6f", 52.4 + 0.2 * random.unit()),
            String(format: "%.6f", 13.2 + 0.4 * random.unit()),
            "calls \(words[Int(random.unit() * 60)]) \(visit)",
            "\(one(of: ["Blue", "Green"])) \(one(of: ["Room", "Loft"])) "
              + "\(one(of: ["in the Harbour", "on the Hill"])), \(one(of: ["quiet", "free"])) \(visit)",
            visit % 4 == 0
              ? "standard1\(person % 3)" : "\(ticketLetters(person))\(person % 90 + 10)",
          ]
        for column in columns.indices { columns[column].append(row[column]) }
      }
    }
    let names = [
      "person", "town", "amount", "day", "latitude", "longitude", "note", "title", "ticket",
    ]
    return try Table(columns: zip(names, columns).map { Column($0, $1) })
  }

  /// The letters of a person's tickets.
  private func ticketLetters(_ person: Int) -> String {
    var random = SplitMix64(seed: UInt64(person) + 77)
    return String((0..<7).map { _ in "abdefgiklmnoprstu".randomElement(using: &random)! })
  }

  private let secrets = [
    Secret("town", "Einsiedelei"),
    Secret("amount", "77777", traces: ["77777", "7777710", "7777798", "7778000"]),
    Secret("day", "1987-08-09", traces: ["1987", "6429"]),
    Secret("latitude", "69.6", traces: ["69648713", "69649000", "69650000", "69600000"]),
    Secret("longitude", "18.9", traces: ["18956324", "18956000", "18960000", "19000000"]),
    Secret("note", "Quendelbichler"), Secret("title", "Nachtigallengrund"),
    Secret("ticket", "vqwxzkj88"),
    Secret("person", "P-1060", traces: ["P-1060"]),
  ]

  @Test(arguments: 1...6 as ClosedRange<UInt64>)
  func valuesOfOnePersonAreNotKept(_ seed: UInt64) async throws {
    var options = quickOptions(epochs: 1, order: .natural, seed: seed)
    options.protection.key = "person"
    let attack = try await Attack(on: try visits(seed: seed), options: options)
    #expect(attack.found(secrets).isEmpty, "\(attack.found(secrets))")
    let found = try attack.found(secrets, inRows: 3000, seed: seed)
    #expect(found.isEmpty, "\(found)")
    #expect(attack.generator.summary.key == "person")
    // Values of many people are kept. If more than a tenth of the column is rare, the neutral text stands for it.
    let drawn = try attack.generator.drawTable(rows: 300, threadCount: 1)
    #expect(Set(drawn.columns[1].texts) == ["Ulm", "Bonn", "Halle", CategoryEncoder.rareToken])
    let amounts = drawn.columns[2].numbers.compactMap { $0 }
    #expect(amounts.max()! > 800 && amounts.max()! <= 1000)
    // Codes are those of many people, or made up.
    let tickets = Set(drawn.columns[8].texts.compactMap { $0 })
    #expect(tickets.isSuperset(of: ["standard10", "standard11", "standard12"]))
    #expect(tickets.isDisjoint(with: (0..<60).map { "\(ticketLetters($0))\($0 % 90 + 10)" }))
  }

  @Test func withoutAKeyRowsCount() async throws {
    let attack = try await Attack(
      on: try visits(seed: 1), options: quickOptions(epochs: 1, order: .natural))
    let found = attack.found(secrets)
    for trace in ["Einsiedelei", "1987", "Nachtigallengrund", "vqwxzkj88"] {
      #expect(found.contains(trace), "\(trace)")
    }
  }

  /// Where every row has a key of its own, keys change nothing.
  @Test func aKeyForEveryRow() throws {
    let planted = try PlantedTable(rows: 300, seed: 9).table
    var options = TableEncoder.Options()
    let byRow = try TableEncoder(planted, options: options)
    options.policy.key = "id"
    let byKey = try TableEncoder(planted, options: options)
    #expect(byRow.columns == byKey.columns && byRow.fields == byKey.fields)
    #expect(byRow.table.columns == byKey.table.columns)
  }

  /// Nothing is kept of a column in which fewer than twenty people have a value.
  @Test func fewPeopleMaskAColumn() throws {
    let table = try Table(columns: [
      Column("who", (0..<400).map { "p\($0 % 40)" }),
      Column("few", (0..<400).map { $0 % 40 < 19 ? $0 % 3 : nil }),
      Column("enough", (0..<400).map { $0 % 40 < 20 ? $0 % 3 : nil }),
      Column("fewTexts", (0..<400).map { $0 % 40 < 19 ? "abc" : nil }),
    ])
    var options = TableEncoder.Options()
    options.policy.key = "who"
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

  // MARK: Columns together

  /// People buy something in eight rows each; of a thousand rows of one person all have the same town and thing, which nobody else has
  /// together, and pay what was billed.
  private func purchases(seed: UInt64) throws -> Table {
    var random = SplitMix64(seed: seed)
    var rows: [(person: String, town: String, thing: String, billed: Int, paid: Int)] = []
    func amount() -> Int { Int.random(in: 1_000..<900_000, using: &random) }
    for row in 0..<5_120 {
      let town = ["Ulm", "Bonn", "Bonn", "Halle", "Halle", "Halle"].randomElement(using: &random)!
      let things = ["tea", "salt", "tea", "salt", "tea", "salt"] + (town == "Ulm" ? [] : ["drum"])
      rows.append(
        (
          "P-\(10_000 + row / 8)", town, things.randomElement(using: &random)!, amount(), amount()
        ))
    }
    for _ in 0..<1_000 {
      let billed = amount()
      rows.append(("P-99999", "Ulm", "drum", billed, billed))
    }
    rows.shuffle(using: &random)
    return try Table(columns: [
      Column("person", rows.map(\.person)), Column("town", rows.map(\.town)),
      Column("thing", rows.map(\.thing)), Column("billed", rows.map(\.billed)),
      Column("paid", rows.map(\.paid)),
    ])
  }

  private func encoder(_ table: Table, key: String?) throws -> TableEncoder {
    var options = TableEncoder.Options()
    options.policy.key = key
    if key == nil { options.reading.schema.exclude("person") }
    return try TableEncoder(table, options: options)
  }

  /// How much likelier than otherwise the prior takes the thing in the town to be.
  private func drumsInUlm(_ table: Table, key: String?) throws -> Float {
    let encoder = try encoder(table, key: key)
    func column(_ name: String, level: String) throws -> (index: Int, code: Int) {
      let index = try #require(encoder.columns.firstIndex { $0.name == name })
      guard case .category(let category) = encoder.columns[index].kind else { return (0, 0) }
      return (index, try #require(category.levels.firstIndex(of: .text(level))))
    }
    let (town, thing) = (
      try column("town", level: "Ulm"), try column("thing", level: "drum")
    )
    let prior = PairCounter(
      encoder.table, columns: encoder.columns, rows: Array(0..<Int32(table.rowCount))
    ).prior(pool: WorkerPool(threadCount: 1))
    #expect(prior.parents[thing.index] == [town.index])
    return prior.table(of: thing.index, parent: 0)[town.code, thing.code]
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>) func pairsOfOnePersonAreFew(seed: UInt64) throws {
    let table = try purchases(seed: seed)
    #expect(try drumsInUlm(table, key: nil) > 0.5)
    #expect(try drumsInUlm(table, key: "person") < -1)
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func deltasOfOnePersonAreNotKept(seed: UInt64) throws {
    let table = try purchases(seed: seed)
    func delta(key: String?) throws -> DeltaCoding? {
      let last = try #require(try encoder(table, key: key).columns.last)
      guard case .number(let number) = last.kind else { return nil }
      return number.delta
    }
    #expect(try delta(key: nil)?.steps.contains(0) == true)
    #expect(try delta(key: "person") == nil)
  }

  /// Where in a range one person's many rows lie.
  @Test(arguments: 1...3 as ClosedRange<UInt64>) func clustersOfOnePerson(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let others = (0..<10_000).map {
      ("P-\(10_000 + $0 / 5)", Int.random(in: 0..<100_000, using: &random))
    }
    let rows = others + (0..<60).map { ("P-99999", 50_000 + $0) }
    let table = try Table(columns: [
      Column("person", rows.map(\.0)), Column("amount", rows.map { Double($0.1) / 100 }),
    ])
    /// The rows that the density has within 500.00..<500.60.
    func clusterRows(key: String?) throws -> Double {
      guard case .number(let number) = try encoder(table, key: key).columns.last?.kind,
        let histogram = number.histogram
      else { return .nan }
      let ends = histogram.starts.dropFirst() + [100_000]
      return zip(zip(histogram.starts, ends), histogram.startCounts).reduce(0) { sum, piece in
        let ((start, end), count) = piece
        let inside = max(0, min(end, 50_060) - max(start, 50_000))
        return sum + Double(count * inside) / Double(end - start)
      }
    }
    #expect(try clusterRows(key: nil) > 30)
    #expect(try clusterRows(key: "person") < 20)
  }

  @Test func anUnknownKey() throws {
    let table = try Table(columns: [Column("customer", (0..<30).map { $0 })])
    var options = TableEncoder.Options()
    options.policy.key = "custmer"
    let error = SynthError.unknownKey(name: "custmer", table: table.name, nearest: "customer")
    #expect(throws: error) { try TableEncoder(table, options: options) }
    #expect(
      error.description.hasSuffix(
        " has no column 'custmer' to be the key. Do you mean 'customer'?"))
  }
}
