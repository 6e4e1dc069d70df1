import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// Found rules never make training fail: those that conflict with the given ones are dropped.
@Suite struct FoundRuleConflictTests {
  /// Three dates in order, and a time of day.
  private func stays() throws -> Table {
    var random = SplitMix64(seed: 5)
    let rows = (0..<600).map { _ in
      let days = (0..<3).map { _ in Int.random(in: 100..<900, using: &random) }
      return (days: days, minute: Int.random(in: 0..<1_440, using: &random))
    }
    let format = try #require(TemporalFormat(pattern: "%Y-%m-%d"))
    func dates(_ day: ([Int]) -> Int) -> [String] {
      rows.map { row in
        var bytes: [UInt8] = []
        format.append(DateTimeValue(day: 16_000 + day(row.days)), to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
      }
    }
    return try Table(columns: [
      Column("booked", dates { $0[0] }), Column("arrival", dates { $0[0] + $0[1] }),
      Column("departure", dates { $0[0] + $0[1] + $0[2] }),
      Column("hour", rows.map { String(format: "%02d:%02d", $0.minute / 60, $0.minute % 60) }),
    ])
  }

  private func options(_ rules: String...) throws -> TrainingOptions {
    var options = quickOptions(epochs: 1)
    options.reading.forcesConstraints = true
    options.reading.constraints = try rules.map { try Constraint(parsing: $0) }
    return options
  }

  @Test func ordersOfDatesAreFoundWithTheirDistances() async throws {
    let generator = try await Generator.train(on: try stays(), options: options())
    #expect(
      generator.foundRules.descriptions == ["booked <= arrival", "arrival <= departure"])
    let drawn = try generator.rowsThroughFile(0..<2_000)
    let format = try #require(TemporalFormat(pattern: "%Y-%m-%d"))
    let days = try drawn.columns.prefix(3).map { column in
      try column.texts.map { text in
        var text = try #require(text)
        return try #require(text.withUTF8 { format.parse($0) }).day
      }
    }
    for (earlier, later) in zip(days, days.dropFirst()) {
      let distances = zip(earlier, later).map { $1 - $0 }
      #expect(distances.allSatisfy { $0 >= 100 }, "\(distances.min()!)")
    }
  }

  /// The rule at fault is named with its own columns, not with those that follow from it and found rules.
  @Test func unlikeColumnsOfAGivenRuleAreNamed() async throws {
    await #expect(
      throws: ConstraintError.differentUnits(
        lower: "departure", upper: "hour", rule: "departure <= hour")
    ) { try await Generator.train(on: try stays(), options: options("departure <= hour")) }
    await #expect(
      throws: ConstraintError.differentUnits(
        lower: "hour", upper: "booked", rule: "hour < booked")
    ) { try await Generator.train(on: try stays(), options: options("hour < booked")) }
  }

  @Test func ordersAgainstGivenOnesAreDropped() async throws {
    let generator = try await Generator.train(
      on: try stays(), options: options("departure < booked"))
    #expect(generator.foundRules.descriptions == ["booked <= arrival"])
    let drawn = try generator.rowsThroughFile(0..<500)
    for (booked, departure) in zip(drawn.columns[0].texts, drawn.columns[2].texts) {
      #expect(try #require(departure) < #require(booked))
    }
  }

  /// Within a given range no combination of a found dependency stands in enough rows.
  @Test func dependenciesWithoutCombinationsAreDropped() async throws {
    let seed = try #require(
      (1...20 as ClosedRange<UInt64>).first { seed in
        let policy = DisclosurePolicy(seed: seed)
        return policy.column(0).minimumRows < policy.minimumCombinationRows
      })
    let zips = (0..<2_424).map { $0 < 2_400 ? 10 + $0 % 20 : 91 + $0 % 4 }
    let table = try Table(columns: [
      Column("zip", zips), Column("region", zips.map { "r\($0 / 5)" }),
      Column("other", zips.indices.map { $0 * 7 % 13 }),
    ])
    var options = try options()
    options.seed = seed
    let free = try await Generator.train(on: table, options: options)
    #expect(free.foundRules.descriptions == ["fixed(zip, region)"])
    options.reading.constraints = [try Constraint(parsing: "zip in 90...99")]
    let generator = try await Generator.train(on: table, options: options)
    #expect(generator.foundRules.isEmpty && generator.constraints == options.reading.constraints)
    #expect(try generator.drawTable(rows: 100).columns[0].numbers.allSatisfy { $0! >= 91 })
    // The same rule is refused if it is given.
    options.reading.constraints.append(try Constraint(parsing: "fixed(zip, region)"))
    await #expect(
      throws: ConstraintError.noCombination(rules: ["fixed(zip, region)"], minimumRows: 7)
    ) { try await Generator.train(on: table, options: options) }
  }
}
