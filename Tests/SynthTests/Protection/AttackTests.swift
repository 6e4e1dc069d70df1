import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// What too few rows have is neither drawn nor in any file.
@Suite struct AttackTests {
  @Test(arguments: 1...12 as ClosedRange<UInt64>) func plantedSecretsAreNotKept(_ seed: UInt64)
    async throws
  {
    let planted = try PlantedTable(rows: 400, seed: seed)
    let attack = try await Attack(
      on: planted.table, options: quickOptions(epochs: 1, order: .natural, seed: seed))
    let ids = Set(try fields(of: planted.table)[12])
    let knownTickets = Set(planted.table.columns.last!.texts.compactMap { $0 })
    #expect(attack.found(PlantedTable.secrets).isEmpty, "\(attack.found(PlantedTable.secrets))")
    for drawing in 1...2 as ClosedRange<UInt64> {
      let found = try attack.found(PlantedTable.secrets, inRows: 1500, seed: drawing)
      #expect(found.isEmpty, "\(found)")
      let drawn = try attack.generator.drawTable(rows: 1500, seed: drawing, threadCount: 1)
      let tickets = drawn.columns.last!.texts.compactMap { $0 }
      #expect(Set(tickets.filter(knownTickets.contains)).allSatisfy { $0.hasPrefix("standard1") })
      #expect(tickets.allSatisfy { $0.wholeMatch(of: #/[a-z]{7}[0-9]{2}|standard1[0-9]/#) != nil })
      #expect(drawn.columns[12].texts.allSatisfy { !ids.contains($0!) })
    }
  }

  /// That the attack finds what is there to find.
  @Test func withoutProtectionSecretsAreFound() async throws {
    let planted = try PlantedTable(rows: 400, seed: 1)
    var options = quickOptions(epochs: 1, order: .natural)
    options.protection.protectsValues = false
    let attack = try await Attack(on: planted.table, options: options)
    let found = attack.found(PlantedTable.secrets)
    for trace in ["Zwiesel-Unikat", "5123456789", "-987654321", "-36142", "Quendelbichler"] {
      #expect(found.contains(trace), "\(trace)")
    }
    #expect(attack.generator.summary.columns.allSatisfy { $0.minimumRows == 1 })
  }

  @Test func rareTokens() async throws {
    let planted = try PlantedTable(rows: 400, seed: 3)
    var options = quickOptions(epochs: 1, order: .natural, seed: 3)
    options.protection.drawsRareToken = true
    let attack = try await Attack(on: planted.table, options: options)
    #expect(attack.found(PlantedTable.secrets).isEmpty)
    let drawn = try attack.generator.drawTable(rows: 3000, threadCount: 1)
    #expect(drawn.columns[0].texts.contains(CategoryEncoder.rareToken))
    #expect(try attack.found(PlantedTable.secrets, inRows: 3000, seed: 1).isEmpty)
  }

  /// Values computed from protected ones reveal no more than these.
  @Test(arguments: 5...8 as ClosedRange<UInt64>) func derivedColumns(_ seed: UInt64) async throws {
    let planted = try PlantedTable(rows: 400, seed: seed)
    let amounts = planted.table.columns[1].texts.compactMap { $0.flatMap(Double.init) }
    // Of the decimals that one amount has, its double has as many.
    let doubles = amounts.map { amount in
      amount == 512.3456789 ? "1024.6913578" : String(format: "%.2f", 2 * amount)
    }
    let table = try Table(columns: planted.table.columns + [Column("double", doubles)])
    var options = quickOptions(epochs: 1, order: .natural, seed: seed)
    options.reading.derivations = [try Derivation(parsing: "double = amount * 2")]
    let attack = try await Attack(on: table, options: options)
    #expect(attack.generator.report.brokenDerivations.isEmpty)
    let secrets =
      PlantedTable.secrets + [
        Secret("double", "2469135.78", traces: ["2469135.78", "246913578"]),
        Secret("double", "1024.6913578", traces: ["10246913578", "102469", "1024691"]),
      ]
    #expect(attack.found(secrets).isEmpty, "\(attack.found(secrets))")
    let found = try attack.found(secrets, inRows: 1500, seed: seed)
    #expect(found.isEmpty, "\(found)")
    let drawn = try attack.generator.rowsThroughFile(0..<300)
    let columns = try ["amount", "double"].map { name in
      try #require(drawn.columns.first { $0.name == name }).numbers
    }
    for (amount, double) in zip(columns[0], columns[1]) {
      #expect(double == amount.map { (2 * $0).rounded(decimals: 2) })
    }
  }

  /// How many rows protect a value is drawn for each column, and another seed draws others.
  @Test func theFewestRowsAreDrawn() async throws {
    let table = try Table(
      columns: (0..<40).map { Column("c\($0)", (0..<40).map { $0 % 2 }) })
    let counts = try ([1, 2] as [UInt64]).map { seed in
      var options = TableEncoder.Options()
      options.policy = DisclosurePolicy(seed: seed)
      return try TableEncoder(table, options: options).fields.map(\.minimumRows)
    }
    #expect(counts.allSatisfy { Set($0) == [5, 6, 7] } && counts[0] != counts[1])
  }

  /// A few columns alone, so that no other column hides what one of them lets out.
  @Test(arguments: [
    "town", "amount", "balance", "size", "children", "born", "stamp", "postcode", "fee", "age",
    "due", "title", "note", "name", "ticket",
  ])
  func columnsAlone(_ name: String) async throws {
    for seed in 21...24 as ClosedRange<UInt64> {
      let table = try PlantedTable(rows: 60 + 200 * Int(seed % 2), seed: seed).table
      let alone = try Table(columns: table.columns.filter { $0.name == name })
      let attack = try await Attack(on: alone, options: quickOptions(epochs: 1, seed: seed))
      let secrets = PlantedTable.secrets.filter { $0.column == name }
      #expect(attack.found(secrets).isEmpty, "seed \(seed): \(attack.found(secrets))")
      #expect(try attack.found(secrets, inRows: 2000, seed: seed).isEmpty, "seed \(seed)")
    }
  }
}
