import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// Rules that nobody gave: found in every row, they hold in every drawn row.
@Suite struct FoundRulesTests {
  private let table: Table

  init() throws {
    var random = SplitMix64(seed: 31)
    let rows = (0..<600).map { _ in
      (
        duration: [12, 24, 36, 48].randomElement(using: &random)!,
        payment: Int.random(in: 10..<900, using: &random),
        start: Int.random(in: 1_900..<2_000, using: &random),
        length: Int.random(in: 0..<60, using: &random),
        city: Int.random(in: 0..<12, using: &random), hot: Int.random(in: 0..<3, using: &random)
      )
    }
    table = try Table(columns: [
      Column("duration", rows.map(\.duration)), Column("payment", rows.map(\.payment)),
      Column("amount", rows.map { $0.duration * $0.payment }),
      Column("start", rows.map(\.start)), Column("end", rows.map { $0.start + $0.length }),
      Column("city", rows.map { "c\($0.city)" }), Column("state", rows.map { "s\($0.city / 4)" }),
      Column("red", rows.map { $0.hot == 0 ? 1 : 0 }),
      Column("green", rows.map { $0.hot == 1 ? 1 : 0 }),
      Column("blue", rows.map { $0.hot == 2 ? 1 : 0 }),
    ])
  }

  /// Orders of numbers are not applied by themselves.
  @Test func foundRulesHoldInDrawnRows() async throws {
    let generator = try await Generator.train(on: table, options: quickOptions(epochs: 1))
    #expect(
      generator.foundRules.descriptions == [
        "amount = duration * payment", "onehot(red, green, blue)", "fixed(city, state)",
      ])
    #expect(generator.summary.text.contains("found derived amount = duration * payment"))
    let drawn = try generator.drawTable(rows: 500)
    let columns = drawn.columns.prefix(3).map(\.numbers)
    for row in 0..<500 {
      #expect(columns[2][row] == columns[0][row]! * columns[1][row]!)
    }
  }

  @Test func nothingIsFoundWhereItIsNotAskedFor() async throws {
    var options = quickOptions(epochs: 1)
    options.reading.findsRules = false
    #expect(try await Generator.train(on: table, options: options).foundRules.isEmpty)
    options.reading.findsRules = true
    options.reading.schema.findsRules = false
    #expect(try await Generator.train(on: table, options: options).foundRules.isEmpty)
  }

  @Test func brokenRulesAreReportedOrRefused() async throws {
    var options = quickOptions(epochs: 1)
    options.reading.constraints = [try Constraint(parsing: "payment in 20...900")]
    let report = try await Generator.train(on: table, options: options).report
    let payments = table.columns[1].numbers.map { $0! }
    #expect(report.brokenConstraints.map(\.rows) == [payments.count { $0 < 20 }])
    #expect(
      report.brokenConstraints.map(\.firstRow) == [payments.firstIndex { $0 < 20 }! + 1])
    options.reading.constraints = [try Constraint(parsing: "start <= payment")]
    let error = await #expect(throws: ConstraintError.self) {
      try await Generator.train(on: table, options: options)
    }
    #expect("\(error!)".contains("is broken by 600 of 600 rows (100 %), first by row 1"))
  }

  /// Where chance alone orders nearly all rows, many rows are evidence nevertheless.
  @Test func ordersThatChanceNearlyGivesAreFound() throws {
    var random = SplitMix64(seed: 8)
    let births = (0..<4_000).map { _ in Int.random(in: 0..<1_000, using: &random) }
    let deaths = births.map { $0 + 300 + Int.random(in: 0..<2_000, using: &random) }
    let table = try Table(columns: [Column("birth", births), Column("death", deaths)])
    #expect(
      try Constraint.proposed(for: table, profile: TableProfile(scanning: table))
        .map(\.description) == ["birth <= death"])
  }

  @Test func functionsOfAColumnAreFound() throws {
    var random = SplitMix64(seed: 9)
    let people = (0..<300).map { $0 % 3 == 0 ? 0 : Int.random(in: 0..<5_000, using: &random) }
    let logs = people.map { "\(log(Double($0) + 0.1))" }
    let table = try Table(columns: [Column("popul", people), Column("logpopul", logs)])
    #expect(
      try Derivation.proposed(for: table, profile: TableProfile(scanning: table))
        .map(\.description) == ["logpopul = log(popul + 0.1)"])
  }
}
