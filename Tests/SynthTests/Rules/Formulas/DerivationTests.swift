import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// Stays in a hotel: what is computed stands before and behind what it is computed from.
private func stays(rows: Int, seed: UInt64, brokenRows: Int = 0) throws -> Table {
  var random = SplitMix64(seed: seed)
  var columns = [[String?]](repeating: [], count: 7)
  for row in 0..<rows {
    let arrival = 18_000 + Int.random(in: 0..<500, using: &random)
    let nights = Int.random(in: 1..<9, using: &random)
    let cents = Int.random(in: 3_000..<20_000, using: &random)
    let extra = Int.random(in: 0..<10, using: &random) == 0 ? nil : 5 * (nights % 4)
    let gross = nights * cents + 100 * (extra ?? 0)
    let total = row < brokenRows ? gross + 1_000 : gross
    let values: [String?] = [
      extra == nil ? nil : decimal(total), "\(nights)", day(arrival), decimal(cents),
      day(arrival + nights), extra.map { "\($0)" },
      // Half of it in whole euros, ties away from zero.
      extra == nil ? nil : "\((total + 100) / 200)",
    ]
    for column in columns.indices { columns[column].append(values[column]) }
  }
  let names = ["total", "nights", "arrival", "price", "departure", "extra", "half"]
  return try Table(columns: zip(names, columns).map { Column($0, $1) })
}

private func decimal(_ cents: Int) -> String { String(format: "%.2f", Double(cents) / 100) }

private func day(_ number: Int) -> String {
  var bytes: [UInt8] = []
  TemporalFormat(detecting: ["2019-01-15"])!.append(DateTimeValue(day: number), to: &bytes)
  return String(decoding: bytes, as: UTF8.self)
}

private func derivations(_ texts: String...) throws -> [Derivation] {
  try texts.map { try Derivation(parsing: $0) }
}

@Suite struct DerivationTests {
  private static let formulas = [
    "half = total / 2", "total = nights * price + extra", "nights = departure - arrival",
  ]

  private func trained(
    _ table: Table, _ formulas: [String] = formulas, key: String? = nil
  ) async throws -> Generator {
    var options = quickOptions(epochs: 1)
    options.reading.derivations = try formulas.map { try Derivation(parsing: $0) }
    options.protection.key = key
    return try await Generator.train(on: table, options: options)
  }

  /// In every drawn row, in memory and in a file, and after the model was in a file itself.
  @Test(arguments: 1...3 as ClosedRange<UInt64>) func drawnRowsObey(seed: UInt64) async throws {
    let generator = try await trained(try stays(rows: 400, seed: seed))
    #expect(generator.report.brokenDerivations.isEmpty)
    #expect(generator.columns.allSatisfy { !["total", "nights", "half"].contains($0.name) })
    let folder = TemporaryFolder()
    try generator.write(to: folder.file("model"))
    let read = try Generator(contentsOf: folder.file("model"))
    #expect(read.derivations.map(\.description) == Self.formulas)
    let drawn = try fields(of: read.rowsThroughFile(0..<1_500, seed: seed))
    #expect(drawn == (try fields(of: generator.drawTable(rows: 1_500, seed: seed))))
    let format = TemporalFormat(detecting: ["2019-01-15"])!
    func number(_ text: String) throws -> Double { try #require(Double(text)) }
    func day(_ text: String) throws -> Int {
      var text = text
      return try #require(text.withUTF8 { format.parse($0) }).day
    }
    var missing = 0
    for row in 0..<1_500 {
      let cells = drawn.map { $0[row] }
      #expect(try day(cells[4]) - day(cells[2]) == Int(cells[1]), "\(cells)")
      guard !cells[5].isEmpty else {
        #expect(cells[0].isEmpty && cells[6].isEmpty)
        missing += 1
        continue
      }
      let cents =
        try Int((100 * number(cells[3])).rounded()) * Int(number(cells[1])) + 100
        * Int(number(cells[5]))
      #expect(cells[0] == decimal(cents) && cells[6] == "\((cents + 100) / 200)", "\(cells)")
    }
    #expect((30...400).contains(missing))
    // A row does not depend on what else is drawn.
    #expect(
      try fields(of: read.rowsThroughFile(700..<710, seed: seed))
        == drawn.map { Array($0[700..<710]) })
  }

  @Test func theSchemaSaysTheSame() async throws {
    let table = try stays(rows: 200, seed: 4)
    var options = quickOptions(epochs: 1)
    options.reading.schema.derive("nights", by: "departure-arrival")
    await #expect(
      throws: DerivationError.unknownColumn(
        name: "departure-arrival", derivation: "nights = departure-arrival", nearest: "departure")
    ) { try await Generator.train(on: table, options: options) }
    options.reading.schema.derive("nights", by: "departure - arrival")
    let bySchema = try await Generator.train(on: table, options: options)
    let byOption = try await trained(table, ["nights = departure - arrival"])
    #expect(bySchema.derivations == byOption.derivations)
    #expect(
      try fields(of: bySchema.drawTable(rows: 50)) == fields(of: byOption.drawTable(rows: 50)))
  }

  @Test func rowsThatDoNotObeyAreCounted() async throws {
    let table = try stays(rows: 300, seed: 5, brokenRows: 90)
    let formula = "total = nights * price + extra"
    // Rows without the extra have no total either: they obey.
    let broken = table.columns[5].texts[..<90].count { $0 != nil }
    let generator = try await trained(table, [formula])
    #expect(generator.report.brokenDerivations.map(\.rows) == [broken])
    #expect(generator.report.brokenDerivations.first?.derivation.description == formula)
    await #expect(
      throws: DerivationError.rarelyHolds(
        derivation: "total = nights * price",
        brokenRows: 300 - table.columns[5].texts.count { $0 == "0" },
        rowCount: 300)
    ) {
      try await trained(try stays(rows: 300, seed: 5), ["total = nights * price"])
    }
  }

  @Test(arguments: [
    (["x = y"], DerivationError.unknownColumn(name: "x", derivation: "x = y", nearest: nil)),
    (
      ["total = nigths * price"],
      .unknownColumn(name: "nigths", derivation: "total = nigths * price", nearest: "nights")
    ),
    (["total = extra", "total = price"], .derivedTwice(column: "total")),
    (["total = total + 0"], .cycle(columns: ["total"])),
    (
      ["total = price + half", "nights = total", "half = nights - 1"],
      .cycle(columns: ["total", "nights", "half"])
    ),
    (
      ["nights = town * 2"], .notNumeric(column: "town", derivation: "nights = town * 2")
    ),
    (["nights = id - 1"], .notNumeric(column: "id", derivation: "nights = id - 1")),
    (["town = nights * 2"], .notNumeric(column: "town", derivation: "town = nights * 2")),
    (
      ["arrival = departure - nights"],
      .notNumeric(column: "arrival", derivation: "arrival = departure - nights")
    ),
    (["nights = departure + arrival"], .units(derivation: "nights = departure + arrival")),
    (["nights = departure - stamp"], .units(derivation: "nights = departure - stamp")),
    (["nights = -departure"], .units(derivation: "nights = -departure")),
    (["nights = departure - 3"], .units(derivation: "nights = departure - 3")),
  ])
  func whatCannotBe(formulas: [String], error: DerivationError) async throws {
    let table = try stays(rows: 60, seed: 6)
    let others = [
      Column("town", (0..<60).map { "t\($0 % 3)" }), Column("id", (0..<60).map { 1_000 + $0 }),
      Column("stamp", (0..<60).map { "2024-05-0\(1 + $0 % 9) 10:0\($0 % 7):00" }),
    ]
    let wide = try Table(columns: table.columns + others)
    await #expect(throws: error) { try await trained(wide, formulas) }
  }

  @Test func whatElseCannotBe() async throws {
    let table = try stays(rows: 60, seed: 7)
    let rule = try Constraint(parsing: "nights <= extra")
    var options = quickOptions(epochs: 1)
    options.reading.derivations = try derivations("nights = departure - arrival")
    options.reading.constraints = [rule]
    await #expect(throws: DerivationError.ruled(column: "nights", rule: "nights <= extra")) {
      try await Generator.train(on: table, options: options)
    }
    options.reading.constraints = []
    options.reading.schema.exclude("departure")
    await #expect(
      throws: DerivationError.excludedColumn(
        name: "departure", derivation: "nights = departure - arrival")
    ) { try await Generator.train(on: table, options: options) }
    options.reading.schema = TableSchema()
    options.reading.schema.setKind(.category, ofColumn: "nights")
    await #expect(
      throws: DerivationError.notNumeric(
        column: "nights", derivation: "nights = departure - arrival")
    ) { try await Generator.train(on: table, options: options) }
    await #expect(throws: DerivationError.key(column: "nights")) {
      try await trained(table, ["nights = departure - arrival"], key: "nights")
    }
  }

  /// Numbers are written as those of the column are, and missing where they cannot be computed.
  @Test func formats() async throws {
    let first = (0..<300).map { $0 % 7 - 3 }
    let second = (0..<300).map { $0 % 5 }
    let ratios = zip(first, second).map { $1 == 0 ? nil : Double($0) / Double($1) }
    let table = try Table(columns: [
      Column("a", first), Column("b", second),
      Column("ratio", ratios.map { $0.map { String(format: "%.3f", $0) } }),
      Column("tenth", zip(first, second).map { Double(3 * $0 + $1) / 10 }),
      Column("rounded", first.map { String(Int((Double($0) / 2).rounded())) }),
    ])
    let generator = try await trained(
      table, ["ratio = a / b", "tenth = (3 * a + b) * 0.1", "rounded = a / 2"])
    #expect(generator.report.brokenDerivations.isEmpty)
    let drawn = try fields(of: generator.rowsThroughFile(0..<500))
    for row in 0..<500 {
      let (a, b) = (Int(drawn[0][row])!, Int(drawn[1][row])!)
      let ratio = String(format: "%.3f", Double(a) / Double(b) + 0)
      #expect(drawn[2][row] == (b == 0 ? "" : ratio == "-0.000" ? "0.000" : ratio))
      #expect(Double(drawn[3][row]) == Double(3 * a + b) / 10, "\(drawn[3][row])")
      #expect(drawn[4][row] == "\(Int((Double(a) / 2).rounded()))", "\(a)")
    }
    #expect(drawn[2].contains("") && drawn[4].contains("-2") && drawn[4].contains("2"))
  }

  /// A table in which everything but what is derived is written anew, or is not publishable.
  @Test func nothingToLearnFrom() async throws {
    let few = (0..<60).map { $0 < 9 ? $0 : nil }
    let table = try Table(columns: [
      Column("double", few.map { number in number.map { 2 * $0 } }), Column("few", few),
      Column("id", (0..<60).map { 1_000 + $0 }),
    ])
    let generator = try await trained(table, ["double = few * 2"])
    let drawn = try fields(of: generator.rowsThroughFile(0..<70))
    #expect(drawn[0].allSatisfy(\.isEmpty) && drawn[1].allSatisfy(\.isEmpty))
    #expect(Set(drawn[2]).count == 70)
  }

  /// Files whose formulas cannot be computed, or are not those of the plan.
  @Test func damagedFiles() async throws {
    let generator = try await trained(try stays(rows: 200, seed: 8))
    let file = try ModelFile(try generator.fileBytes())
    let folder = TemporaryFolder()
    func isAccepted(_ formulas: [String], planned: [String] = formulas) throws -> Bool {
      var (changed, description) = (file, try file.description)
      var fields = try #require(description["fields"] as? [[String: Any]])
      let format = ["decimals": 2, "minimumDecimals": 2]
      for (field, formula) in zip([6, 0, 1], formulas) {
        fields[field]["coding"] = [
          "derived": ["_0": ["formula": formula, "format": format] as [String: Any]]
        ]
      }
      description["fields"] = fields
      var plan = try #require(description["plan"] as? [String: Any])
      plan["derivations"] = zip(["half", "total", "nights"], planned).map { "\($0) = \($1)" }
      description["plan"] = plan
      try changed.describe(description)
      changed.sign()
      try changed.encoded().write(to: URL(fileURLWithPath: folder.file("damaged")))
      return (try? Generator(contentsOf: folder.file("damaged"))) != nil
    }
    let formulas = ["total / 2", "nights * price + extra", "departure - arrival"]
    #expect(try isAccepted(formulas))
    #expect(try !isAccepted(formulas, planned: Array(formulas.dropLast())))
    #expect(try !isAccepted(["total / 3"] + formulas[1...], planned: formulas))
    for wrong in ["half + 1", "totl / 2", "total /", "2", ""] {
      #expect(try !isAccepted([wrong] + formulas[1...]), "\(wrong)")
    }
    #expect(try !isAccepted(["total / 2", "nights", "half"]))
  }

  @Test(arguments: [
    (0.5, 0, 1.0), (-0.5, 0, -1.0), (2.5, 0, 3.0), (1.005, 2, 1.01), (0.15 * 3, 1, 0.5),
    (1.23449, 3, 1.234), (-0.04, 1, 0.0), (0, 330, 0.0), (1e300, 2, 1e300),
    (0.1 + 0.2, 17, 0.1 + 0.2),
  ])
  func ties(number: Double, decimals: Int, rounded: Double) {
    #expect(number.rounded(decimals: decimals) == rounded)
  }
}
