import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// What is missing is known from the cells of the table alone: subfields are never compared with the spellings of a missing
/// value, and no value is taken for a mark of the encoder.
@Suite struct MissingSpellingTests {
  private func trained(
    _ table: Table, missing: [String], epochs: Int = 3
  ) async throws -> Generator {
    var options = quickOptions(epochs: epochs)
    options.reading.missingValues = MissingValues(spellings: missing)
    return try await Generator.train(on: table, options: options)
  }

  private func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private func day(_ number: Int) -> String {
    var bytes: [UInt8] = []
    TemporalFormat(pattern: "%Y-%m-%d")!.append(DateTimeValue(day: number), to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func texts(_ generator: Generator, rows: Int) throws -> [[String?]] {
    try generator.drawTable(rows: rows).columns.map { column in
      column.isNumeric ? column.numbers.map { $0.map { "\($0)" } } : column.texts
    }
  }

  // MARK: Subfields that are spelled like a missing value

  @Test func hoursAndWeekdaysOfZero() async throws {
    let hours = ["00", "05", "12", "18"]
    // 19358 is a Monday.
    let stamps = (0..<600).map { "\(day(19_359 + $0 * 31 % 700)) \(hours[$0 * 7 % 4]):30:00" }
    let table = try Table(columns: [Column("stamp", stamps)])
    let generator = try await trained(table, missing: ["0"], epochs: 10)
    let drawn = try texts(generator, rows: 2_000)[0]
    #expect(!drawn.contains(nil))
    let drawnHours = drawn.compactMap { $0 }.map { String($0.dropFirst(11).prefix(2)) }
    for hour in hours {
      let share = Double(drawnHours.count { $0 == hour }) / 2_000
      #expect(abs(share - 0.25) < 0.08, "\(hour)")
    }
    #expect(Set(drawnHours) == Set(hours))
    let format = TemporalFormat(pattern: "%Y-%m-%d")!
    let mondays = drawn.count { stamp in
      Array(stamp!.utf8.prefix(10)).withUnsafeBufferPointer(format.parse).map {
        ($0.day - 19_359) % 7 == 0
      } ?? false
    }
    #expect((150...450).contains(mondays))
  }

  @Test func clocksOfHourZero() async throws {
    let clocks = (0..<600).map { $0 % 100 < 53 ? "00:\(padded($0 % 60))" : "09:\(padded($0 % 60))" }
    let table = try Table(columns: [Column("clock", clocks)])
    let drawn = try texts(await trained(table, missing: ["0"], epochs: 10), rows: 2_000)[0]
    #expect(!drawn.contains(nil))
    let share = Double(drawn.count { $0!.hasPrefix("00:") }) / 2_000
    #expect(abs(share - 0.53) < 0.08)
    #expect(drawn.allSatisfy { $0!.hasPrefix("00:") || $0!.hasPrefix("09:") })
  }

  @Test func datesOfTheYear2024() async throws {
    let days = (0..<600).map { $0 % 10 == 0 ? "2024" : day(19_800 + $0 % 200) }
    let table = try Table(columns: [Column("day", days)])
    let drawn = try texts(await trained(table, missing: ["2024"], epochs: 10), rows: 2_000)[0]
    let missing = Double(drawn.count { $0 == nil }) / 2_000
    #expect(abs(missing - 0.1) < 0.05)
    #expect(drawn.allSatisfy { $0?.hasPrefix("2024-") ?? true })
  }

  static let spellings = [
    "0", "1", "2024", "a", "d", "A", "x", "-", "", "\u{0}", "_RARE_", "n0", "c0", "?", "=",
    "\u{1}\u{1}",
  ]

  /// The codes of a table are those that it has with a spelling that looks like nothing in it.
  @Test(arguments: spellings) func codesDoNotDependOnTheSpelling(_ spelling: String) throws {
    func encoder(_ spelling: String) throws -> TableEncoder {
      var columns = try tableOfEveryKind(rows: 400, seed: 3).columns
      for index in columns.indices { columns[index].missingSpelling = spelling }
      columns.append(Column("first", (0..<400).map { day(18_000 + $0 * 3 % 365) }))
      columns.append(Column("last", (0..<400).map { day(18_004 + $0 * 3 % 365 + $0 % 9) }))
      columns.append(Column("fee", (0..<400).map { "$\($0 % 3)" }))
      var options = TableEncoder.Options()
      options.reading.missingValues = MissingValues(spellings: [spelling])
      options.reading.constraints = [try Constraint(parsing: "first <= last")]
      return try TableEncoder(Table(columns: columns), options: options)
    }
    let (usual, other) = (try encoder("none"), try encoder(spelling))
    #expect(usual.fields.map(\.coding) == other.fields.map(\.coding))
    #expect(other.fields.filter { $0.name == "signup" }.map(\.missingSpelling) == [spelling])
    #expect(usual.columns.map(\.kind) == other.columns.map(\.kind))
    #expect(usual.columns.map(\.counts) == other.columns.map(\.counts))
    #expect(usual.table.columns == other.table.columns)
  }

  @Test func vocabulariesDoNotDependOnTheSpelling() throws {
    let names = (0..<4_100).flatMap { Array(repeating: "n\($0)", count: 8) } + ["", "", "", "?"]
    var encoders: [TableEncoder] = []
    for spelling in ["", "?", "n0 "] {
      var options = TableEncoder.Options()
      options.reading.missingValues = MissingValues(spellings: [spelling])
      options.reading.schema.setKind(.category, ofColumn: "name")
      encoders.append(
        try TableEncoder(
          Table(columns: [Column("name", names.map { $0 == "" ? spelling : $0 })]),
          options: options))
    }
    #expect(encoders[0].columns.count == 2)
    #expect(encoders[0].columns.map(\.counts) == encoders[2].columns.map(\.counts))
    #expect(encoders[0].table.columns == encoders[2].table.columns)
    #expect(encoders[1].columns[0].counts.last == 4)
  }

  /// A number in a notation is no missing value because its plain spelling is one.
  @Test func numbersInANotation() async throws {
    let fees = (0..<400).map { $0 % 8 == 0 ? "0" : "$\($0 % 4)" }
    let generator = try await trained(
      Table(columns: [Column("fee", fees)]), missing: ["0"], epochs: 10)
    let drawn = try generator.writtenFields(rows: 2_000)[0]
    #expect(Set(drawn) == ["0", "$0", "$1", "$2", "$3"])
    #expect(abs(Double(drawn.count { $0 == "0" }) / 2_000 - 0.125) < 0.05)
    #expect(abs(Double(drawn.count { $0 == "$0" }) / 2_000 - 0.125) < 0.05)
  }

  /// A zero that rows have is not written like a missing one.
  @Test func writtenNumbersAreNotMissing() async throws {
    let values = (0..<400).map { ["0", "0.0", "2", "1.5"][$0 % 4] }
    let generator = try await trained(
      Table(columns: [Column("value", values)]), missing: ["0"], epochs: 10)
    let drawn = try generator.writtenFields(rows: 1_000)[0]
    #expect(Set(drawn) == ["0", "0.0", "2.0", "1.5"])
  }

  // MARK: Values that look like marks of the encoder

  @Test func categoriesThatLookLikeMarks() async throws {
    let values = ["\u{0}", "_RARE_", "x", "n0", "?n0", "=a", "c0", "\u{1}\u{2}", "0", "\u{4}"]
    let table = try Table(columns: [
      Column("value", (0..<600).map { values[$0 % 10] }),
      Column("day", (0..<600).map { day(19_000 + $0 % 300) }),
    ])
    let generator = try await trained(table, missing: ["NA"], epochs: 15)
    let drawn = try generator.drawTable(rows: 4_000).columns[0].texts.compactMap(\.self)
    #expect(Set(drawn) == Set(values))
    for value in values {
      #expect(
        abs(Double(drawn.count { $0 == value }) / 4_000 - 0.1) < 0.05, "\(value.debugDescription)")
    }
  }

  @Test func textsWithControlCharacters() async throws {
    let letters = Array("bcdfghjklmnpqrst")
    let texts = (0..<400).map { row in
      let word = String((0..<6).map { letters[(row * 7 + $0 * $0 * row) % 16] })
      return "\u{1}\u{2}\u{3}\u{4}\t\u{0} note \(word)\(row)"
    }
    var options = quickOptions(epochs: 2)
    options.reading.schema.setKind(.text, ofColumn: "text")
    let generator = try await Generator.train(
      on: Table(columns: [Column("text", texts)]), options: options)
    let drawn = try generator.drawTable(rows: 300).columns[0].texts
    #expect(drawn.allSatisfy { $0!.hasPrefix("\u{1}\u{2}\u{3}\u{4}\t\u{0} note ") })
    #expect(Set(drawn).count > 250)
  }

  /// A word in a column of dates is no year, though it is a number.
  @Test func wordsAmongDatesThatAreNumbers() async throws {
    let words = ["0", "2021", "=5", "5"]
    let days = (0..<2_000).map { $0 % 25 == 0 ? words[$0 / 25 % 4] : day(18_700 + $0 % 300) }
    let ends = (0..<2_000).map { $0 % 25 == 1 ? words[$0 / 25 % 4] : day(19_000 + $0 % 300) }
    var options = quickOptions(epochs: 10)
    options.reading.constraints = [try Constraint(parsing: "start <= end")]
    let generator = try await Generator.train(
      on: Table(columns: [Column("start", days), Column("end", ends)]), options: options)
    #expect(generator.fields.map(\.kind) == [.date, .date] && generator.report.hiddenWords.isEmpty)
    let drawn = try generator.writtenFields(rows: 6_000)
    for column in drawn {
      for word in words {
        #expect(abs(Double(column.count { $0 == word }) / 6_000 - 0.01) < 0.007, "\(word)")
      }
      let others = column.filter { !words.contains($0) && $0 != "" }
      #expect(others.allSatisfy { $0.hasPrefix("2021-") || $0.hasPrefix("2022-") })
      #expect(column.count { $0 == "" } < 120)
    }
  }
}
