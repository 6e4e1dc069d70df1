import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// What one person alone has is not let out by a rule that was found: neither by a formula, nor an order, nor a dependency, nor a
/// one-hot group.
@Suite struct FoundRuleAttackTests {
  private struct Row {
    var person: Int
    var town: String
    var region: String
    var amount: Int
    var tip: Int
    var born: Int
    /// Days from birth to death.
    var life: Int
    /// The flag that is set: red, green or gold.
    var flag: Int
  }

  /// Rows of people that obey rules, some of them with values that nobody else has.
  ///
  /// - Parameters:
  ///   - visits: the rows of each person.
  ///   - secretRows: the rows of each person with a secret.
  private func table(visits: Int, secretRows: Int, seed: UInt64) throws -> Table {
    var random = SplitMix64(seed: seed)
    func row(_ person: Int) -> Row {
      let town = Int.random(in: 0..<6, using: &random)
      return Row(
        person: person, town: "town\(town)", region: "region\(town / 2)",
        amount: Int.random(in: 1_000..<90_000, using: &random),
        tip: Int.random(in: 10..<900, using: &random),
        born: -Int.random(in: 0..<20_000, using: &random),
        life: Int.random(in: 3_000..<5_000, using: &random),
        flag: Int.random(in: 0..<2, using: &random))
    }
    var rows = (0..<600).map { row($0 / visits) }
    let secrets: [(inout Row) -> Void] = [
      { ($0.town, $0.region) = ("Zwiesel-Unikat", "Geheimgau") },
      { ($0.amount, $0.tip) = (123_456_789, 55) },
      { ($0.born, $0.life) = (-36_142, 4_000) },
      { ($0.born, $0.life) = (-3_000, 3) },
      { ($0.born, $0.life) = (-2_500, 77_777) },
      { $0.flag = 2 },
    ]
    for (index, plant) in secrets.enumerated() {
      for _ in 0..<secretRows {
        var secret = row(90_000 + index)
        plant(&secret)
        rows.append(secret)
      }
    }
    rows.shuffle(using: &random)
    return try table(of: rows)
  }

  private func table(of rows: [Row]) throws -> Table {
    let format = try #require(TemporalFormat(pattern: "%Y-%m-%d"))
    func dates(_ day: (Row) -> Int) -> [String] {
      rows.map { row in
        var bytes: [UInt8] = []
        format.append(DateTimeValue(day: day(row)), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
      }
    }
    func cents(_ cents: (Row) -> Int) -> [String] {
      rows.map { String(format: "%.2f", Double(cents($0)) / 100) }
    }
    func flags(_ flag: Int) -> [Int] { rows.map { $0.flag == flag ? 1 : 0 } }
    return try Table(columns: [
      Column("person", rows.map { "P-\($0.person + 10_000)" }),
      Column("town", rows.map(\.town)), Column("region", rows.map(\.region)),
      Column("amount", cents(\.amount)), Column("tip", cents(\.tip)),
      Column("sum", cents { $0.amount + $0.tip }),
      Column("born", dates(\.born)), Column("died", dates { $0.born + $0.life }),
      Column("red", flags(0)), Column("green", flags(1)), Column("gold", flags(2)),
    ])
  }

  private let secrets = [
    Secret("town", "Zwiesel-Unikat"), Secret("region", "Geheimgau"),
    Secret("amount", "1234567.89", traces: ["1234567.89", "123456789"]),
    Secret("sum", "1234568.44", traces: ["1234568.44", "123456844"]),
    // The days of dates since 1970.
    Secret("born", "1871-01-18", traces: ["1871", "-36142"]),
    Secret("died", "2176", traces: ["2176", "77777", "75277"]),
  ]

  /// The rules that the rows without secrets obey are found.
  private let rules = [
    "sum = amount + tip", "onehot(red, green, gold)", "fixed(town, region)", "born <= died",
  ]

  private func expectNothing(_ attack: Attack, rules: [String], seed: UInt64) throws {
    #expect(attack.generator.foundRules.descriptions == rules)
    #expect(attack.found(secrets).isEmpty, "\(attack.found(secrets))")
    let found = try attack.found(secrets, inRows: 2_000, seed: seed)
    #expect(found.isEmpty, "\(found)")
    let drawn = try attack.generator.rowsThroughFile(0..<2_000, seed: seed)
    func column(_ name: String) throws -> Column {
      try #require(drawn.columns.first { $0.name == name })
    }
    let format = try #require(TemporalFormat(pattern: "%Y-%m-%d"))
    func days(_ name: String) throws -> [Int] {
      try column(name).texts.map { text in
        var text = try #require(text)
        return try #require(text.withUTF8 { format.parse($0) }).day
      }
    }
    // Lives are as long as those of many people.
    let lives = zip(try days("born"), try days("died")).map { $1 - $0 }
    #expect(lives.allSatisfy { (3_000..<5_000).contains($0) }, "\(lives.min()!)...\(lives.max()!)")
    #expect(try column("gold").numbers.allSatisfy { $0 == 0 })
    for flag in ["red", "green"] { #expect(try column(flag).numbers.contains(1)) }
    #expect(Set(try column("town").texts).isSubset(of: Set((0..<6).map { "town\($0)" })))
  }

  @Test(arguments: 1...2 as ClosedRange<UInt64>)
  func secretsOfSingleRows(_ seed: UInt64) async throws {
    var options = quickOptions(epochs: 1, order: .natural, seed: seed)
    options.reading.schema.exclude("person")
    for secretRows in [1, 4] {
      let table = try table(visits: 1, secretRows: secretRows, seed: seed)
      let attack = try await Attack(on: table, options: options)
      try expectNothing(attack, rules: rules, seed: seed)
    }
  }

  /// A person with many rows counts once.
  @Test(arguments: 1...2 as ClosedRange<UInt64>)
  func secretsOfPeopleWithManyRows(_ seed: UInt64) async throws {
    var options = quickOptions(epochs: 1, order: .natural, seed: seed)
    options.protection.key = "person"
    let table = try table(visits: 6, secretRows: 9, seed: seed)
    let attack = try await Attack(on: table, options: options)
    try expectNothing(attack, rules: rules.filter { !$0.hasPrefix("fixed") }, seed: seed)
    // That the attack finds what is there to find.
    options.protection.key = nil
    options.reading.schema.exclude("person")
    let found = try await Attack(on: table, options: options).found(secrets)
    for trace in ["Zwiesel-Unikat", "Geheimgau", "1871"] {
      #expect(found.contains(trace), "\(trace)")
    }
  }
}
