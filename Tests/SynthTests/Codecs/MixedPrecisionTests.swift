import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// Dates, minutes and seconds are compared in the parts that both have.
@Suite struct MixedPrecisionTests {
  private static let patterns = [
    "arrival": "%Y-%m-%d", "left": "%Y-%m-%d %H:%M:%S", "billed": "%d.%m.%Y",
    "closed": "%Y-%m-%dT%H:%M",
  ]

  private static func dateTime(_ column: String, _ text: String) throws -> DateTimeValue {
    let format = try #require(TemporalFormat(pattern: patterns[column]!))
    return try #require(Array(text.utf8).withUnsafeBufferPointer(format.parse))
  }

  private static func text(_ column: String, _ dateTime: DateTimeValue) throws -> String {
    let format = try #require(TemporalFormat(pattern: patterns[column]!))
    var bytes: [UInt8] = []
    format.append(
      DateTimeValue(day: dateTime.day, tick: dateTime.tick * format.ticksPerDay / 86_400),
      to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Stays: a day, a second later that day or on one of the next, bills of that day or later, and the minute of the second at the earliest.
  private func table(columns: [String], seed: UInt64) throws -> Table {
    var random = SplitMix64(seed: seed)
    var fields: [String: [String?]] = [:]
    for _ in 0..<700 {
      let day = 18_000 + Int(random.unit() * 800)
      let left = DateTimeValue(
        day: day + [0, 0, 1, 5][Int(random.unit() * 4)], tick: Int(random.unit() * 86_400))
      let later = left.tick + Int(random.unit() * Double(86_400 - left.tick))
      let values = [
        "arrival": DateTimeValue(day: day), "left": left,
        "billed": DateTimeValue(day: left.day + [0, 0, 3][Int(random.unit() * 3)]),
        "closed": DateTimeValue(day: left.day, tick: random.unit() < 0.5 ? left.tick : later),
      ]
      for column in columns {
        let isMissing = column != "left" && random.unit() < 0.15
        fields[column, default: []].append(
          isMissing ? nil : try MixedPrecisionTests.text(column, values[column]!))
      }
    }
    return try Table(columns: columns.map { Column($0, fields[$0]!) })
  }

  @Test(
    arguments: [
      ["arrival", "left", "billed", "closed"], ["closed", "billed", "left", "arrival"],
      ["left", "arrival", "closed", "billed"],
    ], [1, 2] as [UInt64])
  func orderHolds(_ columns: [String], _ seed: UInt64) async throws {
    let table = try table(columns: columns, seed: seed)
    var options = quickOptions(epochs: 4, seed: seed)
    options.reading.constraints = try ["arrival <= left", "left <= billed", "left <= closed"].map {
      try Constraint(parsing: $0)
    }
    let generator = try await Generator.train(on: table, options: options)
    let drawn = try generator.rowsThroughFile(0..<2_000, seed: seed)
    func values(_ column: String) throws -> [DateTimeValue?] {
      try #require(drawn[column]).texts.map {
        try $0.map { try MixedPrecisionTests.dateTime(column, $0) }
      }
    }
    let (arrival, left) = (try values("arrival"), try values("left"))
    let (billed, closed) = (try values("billed"), try values("closed"))
    for row in 0..<2_000 {
      if let arrival = arrival[row], let left = left[row] { #expect(arrival.day <= left.day) }
      if let left = left[row], let billed = billed[row] { #expect(left.day <= billed.day) }
      if let left = left[row], let closed = closed[row] {
        let (lower, upper) = (left.day * 1440 + left.tick / 60, closed.day * 1440 + closed.tick)
        #expect(lower <= upper)
      }
    }
    // Bills of the same day are as frequent as in the table.
    var (sameDay, both) = (0, 0)
    for case (let left?, let billed?) in zip(left, billed) {
      both += 1
      if left.day == billed.day { sameDay += 1 }
    }
    #expect((0.5...0.82).contains(Double(sameDay) / Double(both)))
    #expect(left.allSatisfy { $0 != nil })
    let folder = TemporaryFolder()
    try generator.write(to: folder.file("model"))
    let read = try Generator(contentsOf: folder.file("model"))
    #expect(try read.drawTable(rows: 100) == generator.drawTable(rows: 100))
  }

  @Test func strictOrderIsByDay() async throws {
    var random = SplitMix64(seed: 3)
    let days = (0..<400).map { _ in 18_000 + Int(random.unit() * 500) }
    let table = try Table(columns: [
      Column(
        "arrival", try days.map { try MixedPrecisionTests.text("arrival", DateTimeValue(day: $0)) }),
      Column(
        "left",
        try days.map {
          try MixedPrecisionTests.text(
            "left",
            DateTimeValue(day: $0 + 1 + Int(random.unit() * 9), tick: Int(random.unit() * 86_400)))
        }),
    ])
    var options = quickOptions(epochs: 1)
    options.reading.constraints = [try Constraint(parsing: "arrival < left")]
    let drawn = try await Generator.train(on: table, options: options).drawTable(rows: 2_000)
    for (arrival, left) in zip(drawn.columns[0].texts, drawn.columns[1].texts) {
      #expect(try #require(arrival) < #require(left).prefix(10))
    }
  }

  @Test func timesOfDayAreNoDates() async throws {
    let table = try Table(columns: [
      Column("arrival", (10..<40).map { "2020-01-\($0 % 20 + 10)" }),
      Column("hour", (10..<40).map { "12:\($0)" }),
    ])
    var options = quickOptions(epochs: 1)
    options.reading.constraints = [try Constraint(parsing: "arrival <= hour")]
    await #expect(
      throws: ConstraintError.differentUnits(
        lower: "arrival", upper: "hour", rule: "arrival <= hour")
    ) { try await Generator.train(on: table, options: options) }
  }
}
