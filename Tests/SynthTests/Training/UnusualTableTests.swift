import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// Tables at the edges: they are trained on, drawn from and read back.
@Suite struct UnusualTableTests {
  /// The rows of a generator trained on a table, after checks that hold for every table.
  ///
  /// - Parameter haveSpellings: whether a number has one spelling; one of more than 17 digits has many.
  private func drawn(
    _ table: Table, rows: Int = 64, haveSpellings: Bool = true
  ) async throws -> Table {
    let generator = try await Generator.train(on: table, options: quickOptions(epochs: 1))
    let drawn = try generator.drawTable(rows: rows)
    #expect(drawn.rowCount == rows && drawn.columnNames == table.columnNames)
    let read = try generator.rowsThroughFile(0..<rows)
    if haveSpellings {
      #expect(try fields(of: read) == fields(of: drawn))
    } else {
      #expect(read.columns.map(\.numbers) == drawn.columns.map(\.numbers))
    }
    let folder = TemporaryFolder()
    try generator.write(to: folder.file("m"))
    #expect(try Generator(contentsOf: folder.file("m")).drawTable(rows: rows) == drawn)
    return drawn
  }

  @Test func oneColumn() async throws {
    let drawn = try await drawn(try Table(columns: [Column("only", (0..<30).map { $0 % 3 })]))
    #expect(Set(drawn.columns[0].numbers) == [0, 1, 2])
  }

  /// A row without anything is a row all the same, at the end as well.
  @Test func oneColumnWithMissingValues() async throws {
    let texts = (0..<60).map { $0 % 2 == 0 ? nil : "a" }
    let table = try Table(columns: [Column("only", texts)])
    #expect(Set(try await drawn(table, rows: 200).columns[0].texts) == [nil, "a"])
    let generator = try await Generator.train(on: table, options: quickOptions(epochs: 1))
    for row in 0..<20 {
      #expect(try generator.rowsThroughFile(row..<row + 1).rowCount == 1)
    }
  }

  @Test func twoHundredColumns() async throws {
    var random = SplitMix64(seed: 21)
    let table = try Table(
      columns: (0..<200).map { column in
        column % 2 == 0
          ? Column("c\(column)", (0..<40).map { _ in Int(random.unit() * 100) })
          : Column("c\(column)", (0..<40).map { _ in "v\(Int(random.unit() * 3))" })
      })
    let drawn = try await drawn(table)
    #expect(drawn.columns.count == 200)
  }

  @Test func constants() async throws {
    let table = try Table(columns: [
      Column("text", Array(repeating: "same", count: 20)),
      Column("integer", Array(repeating: 7, count: 20)),
      Column("decimal", Array(repeating: -0.125, count: 20)),
    ])
    let drawn = try await drawn(table)
    #expect(drawn.columns[0].texts.allSatisfy { $0 == "same" })
    #expect(drawn.columns[1].numbers.allSatisfy { $0 == 7 })
    #expect(drawn.columns[2].numbers.allSatisfy { $0 == -0.125 })
  }

  @Test func allMissing() async throws {
    let table = try Table(columns: [
      Column(name: "none", values: .texts(Array(repeating: nil, count: 20)), missingSpelling: "NA"),
      Column("some", (0..<20).map { $0 }),
    ])
    let drawn = try await drawn(table)
    #expect(drawn.columns[0].texts.allSatisfy { $0 == nil })
    #expect(drawn.columns[0].missingSpelling == "NA")
  }

  /// Others of the same pattern are drawn.
  @Test func uniqueStrings() async throws {
    let known = (0..<50).map { "person \($0)" }
    let table = try Table(columns: [Column("id", known), Column("x", (0..<50).map { $0 % 5 })])
    let texts = try await drawn(table).columns[0].texts.compactMap { $0 }
    #expect(Set(texts).count == texts.count && Set(texts).isDisjoint(with: known))
    #expect(texts.allSatisfy { $0.hasPrefix("person ") })
  }

  @Test func longAndStrangeNames() async throws {
    let names = [
      String(repeating: "long ", count: 60), "Größe — 身長 👩‍👩‍👧", "with \"quotes\", commas",
      "two\nlines", "\\u0000 \\n", "__metadata__", "heads.0.weight", " ",
    ]
    let levels = ["ä\u{308}", "日本", "🇪🇺", "a\"b", "line\nbreak", "comma, here", "_RARE_", "-"]
    let table = try Table(
      columns: names.enumerated().map { index, name in
        Column(name, (0..<80).map { levels[($0 + index) % levels.count] })
      })
    let drawn = try await drawn(table, rows: 500)
    #expect(Set(drawn.columns[0].texts) == Set(levels))
  }

  @Test func theSmallestTable() async throws {
    _ = try await drawn(
      try Table(columns: [Column("x", (1...20).map { $0 }), Column("y", (1...20).map { "\($0)." })])
    )
  }

  @Test func numbersOfEverySize() async throws {
    let huge = (1...40).map { Double($0) * 1e300 }
    let tiny = (1...40).map { Double($0) * 1e-12 }
    let both = (1...40).map { (index: Int) -> Double in
      index % 2 == 0 ? pow(10, Double(index)) : -pow(10, Double(index))
    }
    let table = try Table(columns: [
      Column("huge", huge), Column("tiny", tiny), Column("both", both),
    ])
    let drawn = try await drawn(table, haveSpellings: false)
    #expect(drawn.columns.map(\.isNumeric) == [true, true, true])
  }

  /// Numbers too long for an integer are read back as the numbers that they were.
  @Test func numbersInScientificNotation() async throws {
    let table = try Table(columns: [
      Column("large", (1...40).map { "\($0)e18" }),
      Column("larger", (1...40).map { "-\($0).5e200" }),
      Column("mixed", (1...40).map { $0 % 2 == 0 ? "\($0)e-30" : "\($0)e30" }),
    ])
    let generator = try await Generator.train(on: table, options: quickOptions(epochs: 1))
    let drawn = try generator.drawTable(rows: 100)
    let read = try generator.rowsThroughFile(0..<100)
    for (column, other) in zip(drawn.columns, read.columns) {
      #expect(column.isNumeric && other.isNumeric)
      #expect(column.numbers == other.numbers)
    }
  }
}
