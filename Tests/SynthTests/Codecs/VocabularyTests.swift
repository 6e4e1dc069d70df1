import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// Categories of more levels than have codes of their own.
@Suite struct VocabularyTests {
  private static let shopCount = 4_200

  /// Shops of eight rows each, in one of thirty towns, rows without one, and a secret of four rows and one of a hundred rows of
  /// one person.
  private func table(seed: UInt64) throws -> Table {
    var random = SplitMix64(seed: seed)
    var shops = (0..<8 * Self.shopCount).map { Optional(Self.name($0 % Self.shopCount)) }
    shops += Array(repeating: nil, count: 1_000) + Array(repeating: "Zwiesel-Unikat", count: 4)
    shops += Array(repeating: "Einsiedelei", count: 100)
    shops.shuffle(using: &random)
    return try Table(columns: [
      Column("town", shops.map { Self.townOfShop[$0 ?? ""] ?? "town0" }), Column("shop", shops),
      Column("size", shops.map { _ in Int.random(in: 1...5, using: &random) }),
      Column(
        "person",
        shops.indices.map { shops[$0] == "Einsiedelei" ? "P-100000" : "P-\(100_001 + $0)" }),
    ])
  }

  private static func town(_ shop: Int) -> Int { shop * 7919 % 30 }

  /// Names that say nothing of the town.
  private static func name(_ shop: Int) -> String { "Shop \(shop * 104_729 % 999_983) & Co" }

  private static let townOfShop = Dictionary(
    uniqueKeysWithValues: (0..<shopCount).map { (name($0), "town\(town($0))") })

  private static func isKept(_ shop: String) -> Bool {
    townOfShop[shop] != nil || shop == "Einsiedelei"
  }

  private func trained(
    _ table: Table, _ change: (inout TrainingOptions) -> Void = { _ in }
  ) async throws -> Generator {
    var options = quickOptions(epochs: 1, order: .natural)
    options.reading.schema.setKind(.category, ofColumn: "shop")
    options.reading.schema.exclude("person")
    change(&options)
    return try await Generator.train(on: table, options: options)
  }

  @Test func allLevelsAreDrawnAndNoOthers() async throws {
    let table = try table(seed: 1)
    let generator = try await trained(table)
    #expect(generator.columns.count == 4 && generator.columns[1].name == "shop 1")
    #expect(generator.columns.allSatisfy { $0.vocabularySize < 500 })
    let summary = generator.summary.columns[1]
    #expect(summary.type == "category" && summary.codes == Self.shopCount + 1)
    #expect(summary.missingShare == 1_000 / Double(table.rowCount))
    #expect(summary.rareShare == 4 / Double(table.rowCount))
    let folder = TemporaryFolder()
    try generator.write(to: folder.file("model"))
    let rows = 40_000
    let read = try Generator(contentsOf: folder.file("model"))
    let drawn = try fields(of: read.rowsThroughFile(0..<rows))
    #expect(drawn == (try fields(of: generator.drawTable(rows: rows))))
    let shops = drawn[1].filter { !$0.isEmpty }
    #expect(shops.allSatisfy(Self.isKept))
    // As many different ones as independent draws of equally frequent levels have, nearly.
    let expected = Double(Self.shopCount) * (1 - exp(-Double(shops.count) / Double(Self.shopCount)))
    #expect(abs(Double(Set(shops).count) - expected) < 0.02 * expected)
    #expect(abs(Double(rows - shops.count) / Double(rows) - summary.missingShare) < 0.01)
    // The groups determine the town.
    let right = zip(drawn[0], drawn[1]).count { Self.townOfShop[$1] ?? $0 == $0 }
    #expect(Double(right) > 0.95 * Double(rows), "\(right)")
  }

  @Test func rulesAreKept() async throws {
    let table = try table(seed: 2)
    let generator = try await trained(table) {
      $0.reading.constraints = [Constraint(.fixedCombinations(["town", "shop"]))]
    }
    let drawn = try fields(of: generator.rowsThroughFile(0..<20_000))
    #expect(
      zip(drawn[0], drawn[1]).allSatisfy { Self.townOfShop[$1] ?? $0 == $0 })
    #expect(Set(drawn[1]).count > 3_000)
    let rule = Constraint(.oneHot(["shop", "town"]))
    await #expect(
      throws: ConstraintError.notBinary(column: "shop", rule: "onehot(shop, town)")
    ) { try await trained(table) { $0.reading.constraints = [rule] } }
  }

  @Test(arguments: 1...2 as ClosedRange<UInt64>) func rareLevelsAreNotKept(seed: UInt64)
    async throws
  {
    var options = quickOptions(epochs: 1, order: .natural, seed: seed)
    options.reading.schema.setKind(.category, ofColumn: "shop")
    options.reading.schema.exclude("person")
    options.protection.drawsRareToken = seed == 2
    let attack = try await Attack(on: try table(seed: seed), options: options)
    let secrets = [Secret("shop", "Zwiesel-Unikat")]
    #expect(attack.found(secrets).isEmpty)
    #expect(try attack.found(secrets, inRows: 60_000, seed: seed).isEmpty)
    let drawn = try attack.generator.drawTable(rows: 200_000, threadCount: 1).columns[1].texts
    #expect(drawn.contains(CategoryEncoder.rareToken) == (seed == 2))
    #expect(
      drawn.allSatisfy {
        $0 == nil || $0 == CategoryEncoder.rareToken || Self.isKept($0!)
      })
  }

  /// A level that one person has in many rows is not kept.
  @Test func keysCount() async throws {
    var options = quickOptions(epochs: 1, order: .natural)
    options.reading.schema.setKind(.category, ofColumn: "shop")
    options.protection.key = "person"
    let attack = try await Attack(on: try table(seed: 3), options: options)
    #expect(attack.generator.summary.columns[1].codes == Self.shopCount)
    let secrets = [Secret("shop", "Einsiedelei"), Secret("shop", "Zwiesel-Unikat")]
    #expect(attack.found(secrets).isEmpty)
    #expect(try attack.found(secrets, inRows: 30_000, seed: 1).isEmpty)
  }

  /// Files whose groups are others than the parts speak of draw no others, and do not crash.
  @Test func damagedFiles() async throws {
    let generator = try await trained(try table(seed: 4))
    let file = try ModelFile(try generator.fileBytes())
    let folder = TemporaryFolder()
    func read(_ groups: [[String]]) throws -> Generator {
      var (changed, description) = (file, try file.description)
      var fields = try #require(description["fields"] as? [[String: Any]])
      fields[1]["coding"] = ["vocabulary": ["_0": ["groups": groups]]]
      description["fields"] = fields
      try changed.describe(description)
      changed.sign()
      try changed.encoded().write(to: URL(fileURLWithPath: folder.file("damaged")))
      return try Generator(contentsOf: folder.file("damaged"))
    }
    guard case .vocabulary(let coding) = generator.fields[1].coding else {
      Issue.record("no vocabulary")
      return
    }
    #expect(
      try fields(of: read(coding.groups).drawTable(rows: 100))
        == fields(of: generator.drawTable(rows: 100)))
    for groups in [[["one"]], coding.groups.map { Array($0.prefix(1)) }] {
      let drawn = try read(groups).drawTable(rows: 2_000).columns[1].texts
      #expect(drawn.contains(nil) && Set(drawn.compactMap(\.self)).isSubset(of: groups.joined()))
    }
    for groups in [[], [[]]] as [[[String]]] {
      #expect(throws: SynthError.self) { try read(groups) }
    }
  }
}

@Suite struct LevelGroupsTests {
  /// Every level is in one group, groups are no larger than the square root, and hold such as stand beside the same.
  @Test(arguments: [1, 2, 30, 400, 5_000]) func groups(companionCount: Int) {
    let levels = (0..<6_000).map { Level(text: "l\($0 * 7919 % 6_007)", count: 9_000 - $0) }
    let companions = levels.indices.map { $0 % 50 == 0 ? nil : $0 * 31 % companionCount }
    let groups = VocabularyClusters(levels, companions: companions).groups
    let places = Dictionary(uniqueKeysWithValues: levels.enumerated().map { ($1.text, $0) })
    #expect(groups.joined().sorted() == levels.map(\.text).sorted())
    #expect(groups.allSatisfy { 1...78 ~= $0.count } && groups.count < 5 * 78, "\(groups.count)")
    for group in groups {
      let indices = group.map { places[$0]! }
      #expect(indices == indices.sorted())
      if companionCount <= 30 { #expect(Set(indices.map { companions[$0] ?? -1 }).count == 1) }
    }
  }

  @Test func withoutCompanionsThoseThatBeginAlike() {
    let levels = (0..<100).map { Level(text: $0 < 10 ? "0\($0)" : "\($0)", count: 200 - $0) }
    let groups = VocabularyClusters(levels, companions: levels.map { _ in nil }).groups
    #expect(groups.count == 10 && groups.allSatisfy { Set($0.map(\.first)).count == 1 })
  }
}

@Suite struct MajorityVotesTests {
  @Test(arguments: 1...5 as ClosedRange<UInt64>) func winnersLead(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var votes = BoyerMooreMajority(voterCount: 2)
    // Of voter 0 a third of the rows each has one of three values, of voter 1 two thirds have the same.
    let rows = (0..<900).map { (0, $0 % 3) } + (0..<900).map { (1, $0 % 3 == 0 ? $0 : -4) }
    for (voter, value) in rows.shuffled(using: &random) { votes.add(voter, value) }
    #expect(votes.winners(leastLead: 300)[1] == -4)
    #expect(votes.winners(leastLead: 601) == [nil, nil])
    #expect(votes.winners(leastLead: 301)[0] == nil)
  }

  @Test func moreInformation() {
    var (town, coin, constant) = (
      BoyerMooreMajority(voterCount: 50), BoyerMooreMajority(voterCount: 50),
      BoyerMooreMajority(voterCount: 50)
    )
    for row in 0..<2_000 {
      let voter = row % 50
      town.add(voter, voter % 10)
      coin.add(voter, row / 50 % 2)
      constant.add(voter, 3)
    }
    #expect(abs(town.nats(leastLead: 5) - log(10)) < 1e-9)
    #expect(coin.nats(leastLead: 5) == 0 && constant.nats(leastLead: 5) == 0)
    #expect(town.winners(leastLead: 40) == (0..<50).map { $0 % 10 })
    #expect(town.winners(leastLead: 41).allSatisfy { $0 == nil })
  }
}
