import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// Inequalities and ranges hold in every drawn row.
@Suite struct BoundTests {
  private func day(_ number: Int) -> String {
    var bytes: [UInt8] = []
    TemporalFormat(detecting: ["2019-01-15"])!.append(DateTimeValue(day: number), to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Columns that ascend in every row, numbers and dates, with values missing at random.
  private func table(seed: UInt64, rows: Int = 600) throws -> Table {
    var random = SplitMix64(seed: seed)
    var (starts, ends, lows, middles, highs): ([String?], [String?], [Int?], [Double?], [Int?]) =
      ([], [], [], [], [])
    for _ in 0..<rows {
      let start = 17_000 + Int(random.unit() * 900)
      let low = Int(random.unit() * 50) - 10
      let middle = Double(low) + (random.unit() * 40).rounded() / 4
      starts.append(random.unit() < 0.1 ? nil : day(start))
      ends.append(random.unit() < 0.2 ? nil : day(start + [0, 1, 7, 30][Int(random.unit() * 4)]))
      lows.append(random.unit() < 0.1 ? nil : low)
      middles.append(random.unit() < 0.3 ? nil : middle)
      highs.append(Int(middle.rounded(.up)) + 1 + Int(random.unit() * 20))
    }
    return try Table(columns: [
      Column("high", highs), Column("start", starts), Column("low", lows), Column("end", ends),
      Column("middle", middles),
    ])
  }

  @Test(arguments: 0..<6) func inequalitiesHold(_ seed: UInt64) async throws {
    var options = quickOptions(epochs: 8, seed: seed)
    options.reading.forcesConstraints = true
    options.reading.constraints = try ["start <= end", "low <= middle", "middle < high"].map {
      try Constraint(parsing: $0)
    }
    let table = try table(seed: seed)
    let generator = try await Generator.train(on: table, options: options)
    let drawn = try generator.rowsThroughFile(0..<3_000, seed: seed)
    #expect(drawn.columnNames == table.columnNames)
    let (high, low, middle) = (
      drawn.columns[0].numbers, drawn.columns[2].numbers, drawn.columns[4].numbers
    )
    for row in 0..<3_000 {
      if let start = drawn.columns[1].texts[row], let end = drawn.columns[3].texts[row] {
        #expect(start <= end)
      }
      if let low = low[row], let middle = middle[row] { #expect(low <= middle) }
      if let middle = middle[row], let high = high[row] { #expect(middle < high) }
      if let low = low[row], let high = high[row] { #expect(low < high) }
    }
    for column in drawn.columns.indices {
      #expect(
        abs(drawn.columns[column].missingShare - table.columns[column].missingShare) < 0.09)
    }
    // Gaps are drawn as often as they are: a quarter each.
    let gaps = zip(drawn.columns[1].texts, drawn.columns[3].texts).compactMap { start, end in
      start.flatMap { start in end.map { start == $0 } }
    }
    #expect(abs(Double(gaps.count { $0 }) / Double(gaps.count) - 0.25) < 0.12)
  }

  /// What every row has, every drawn row has, also where its base is missing.
  @Test(arguments: 0..<3) func nothingIsMissingThatNeverWas(_ seed: UInt64) async throws {
    var random = SplitMix64(seed: 900 + seed)
    let starts = (0..<300).map { _ in random.unit() < 0.3 ? nil : Int(random.unit() * 500) }
    let ends = starts.map { ($0 ?? 200) + Int(random.unit() * 400) }
    let table = try Table(columns: [Column("start", starts), Column("end", ends)])
    var options = quickOptions(epochs: 1, seed: seed)
    options.reading.forcesConstraints = true
    options.reading.constraints = [try Constraint(parsing: "start <= end")]
    let generator = try await Generator.train(on: table, options: options)
    let drawn = try generator.drawTable(rows: 3_000, seed: seed)
    #expect(drawn.columns[1].missingShare == 0)
    #expect(
      zip(drawn.columns[0].numbers, drawn.columns[1].numbers).allSatisfy { start, end in
        start.map { $0 <= end ?? -1 } ?? true
      })
  }

  /// Dates that are in order in every row of the table stay so without a rule.
  @Test func datesStayInOrder() async throws {
    let table = try table(seed: 21)
    let generator = try await Generator.train(on: table, options: quickOptions(epochs: 2))
    let drawn = try generator.rowsThroughFile(0..<3_000, seed: 2)
    let dates = zip(drawn.columns[1].texts, drawn.columns[3].texts)
    #expect(dates.allSatisfy { start, end in start.map { $0 <= end ?? "9999" } ?? true })
    #expect(generator.constraints.map(\.description).contains("start <= end"))
  }

  @Test func rangesHold() async throws {
    var options = quickOptions(epochs: 1)
    options.reading.forcesConstraints = true
    options.reading.constraints = try ["low in 0...20", "start >= 2017-01-01", "end <= 2018-05-31"]
      .map {
        try Constraint(parsing: $0)
      }
    let generator = try await Generator.train(on: try table(seed: 3), options: options)
    let drawn = try generator.rowsThroughFile(0..<2_000, seed: 4)
    #expect(drawn.columns[2].numbers.allSatisfy { $0.map((0...20).contains) ?? true })
    #expect(drawn.columns[1].texts.allSatisfy { $0.map { $0 >= "2017-01-01" } ?? true })
    #expect(drawn.columns[3].texts.allSatisfy { $0.map { $0 < "2018-06-01" } ?? true })
  }

  @Test func rangesWithoutValues() async throws {
    var options = quickOptions(epochs: 1)
    options.reading.forcesConstraints = true
    options.reading.constraints = [try Constraint(parsing: "high in 5000...6000")]
    await #expect(throws: ConstraintError.nothingInRange(column: "high")) {
      try await Generator.train(on: try table(seed: 3), options: options)
    }
  }

  @Test func unlikeColumns() async throws {
    for (rule, error) in [
      (
        "start <= low",
        ConstraintError.differentUnits(lower: "start", upper: "low", rule: "start <= low")
      ),
      ("start <= ends", .unknownColumn(name: "ends", rule: "start <= ends", nearest: "end")),
    ] {
      var options = quickOptions(epochs: 1)
      options.reading.forcesConstraints = true
      options.reading.findsRules = false
      options.reading.constraints = [try Constraint(parsing: rule)]
      await #expect(throws: error) {
        try await Generator.train(on: try table(seed: 3), options: options)
      }
    }
  }

  /// What is kept in the file draws the same rows.
  @Test func filesKeepBounds() async throws {
    var options = quickOptions(epochs: 1)
    options.reading.forcesConstraints = true
    options.reading.constraints = [try Constraint(parsing: "start <= end")]
    let generator = try await Generator.train(on: try table(seed: 5), options: options)
    let folder = TemporaryFolder()
    try generator.write(to: folder.file("model"))
    let read = try Generator(contentsOf: folder.file("model"))
    #expect(try read.drawTable(rows: 200) == generator.drawTable(rows: 200))
    #expect(read.constraints == generator.constraints)
    #expect(read.constraints.contains(options.reading.constraints[0]))
  }
}
