import Foundation
import NN
import Synth
import Tables
import TestSupport
import Testing

@Suite struct GenerationTests {
  private func generator() async throws -> Generator {
    try await Generator.train(
      on: mixedTable(rows: 300, seed: 31), options: quickOptions(epochs: 2))
  }

  private func rows(_ table: Table, _ range: Range<Int>) throws -> [[String]] {
    try fields(of: table).map { Array($0[range]) }
  }

  @Test func rowsDependOnTheirNumberAlone() async throws {
    let generator = try await generator()
    let all = try generator.drawTable(rows: 0..<1000)
    for range in [500..<600, 0..<1, 63..<65, 64..<128, 999..<1000, 127..<640] {
      let part = try generator.drawTable(rows: range)
      #expect(part.rowCount == range.count)
      #expect(try fields(of: part) == rows(all, range))
    }
    #expect(try generator.drawTable(rows: 1000) == all)
  }

  /// Rows are balanced in runs of 4,096, over whose borders nothing is carried.
  @Test func rowsAroundTheBordersOfRuns() async throws {
    let generator = try await generator()
    let all = try generator.drawTable(rows: 0..<8300, threadCount: 2)
    for range in [4000..<4200, 4095..<4097, 4096..<4160, 8000..<8300] {
      for threadCount in [1, 3] {
        let part = try generator.drawTable(rows: range, threadCount: threadCount)
        #expect(try fields(of: part) == rows(all, range), "rows \(range)")
      }
    }
  }

  @Test func farRows() async throws {
    let generator = try await generator()
    let start = 1 << 40 - 3
    let all = try generator.drawTable(rows: start..<start + 200)
    #expect(
      try fields(of: generator.drawTable(rows: start + 90..<start + 100)) == rows(all, 90..<100))
  }

  @Test func threadCountDoesNotMatter() async throws {
    let generator = try await generator()
    let one = try generator.drawTable(rows: 3..<3000, seed: 5, threadCount: 1)
    for threadCount in [2, 3, 7] {
      #expect(try generator.drawTable(rows: 3..<3000, seed: 5, threadCount: threadCount) == one)
    }
    let files = try [1, 2, 3].map {
      try generator.rowsThroughFile(3..<3000, seed: 5, threadCount: $0)
    }
    #expect(files[0] == files[1] && files[0] == files[2])
    #expect(try fields(of: files[0]) == fields(of: one))
  }

  @Test func seedsDiffer() async throws {
    let generator = try await generator()
    let tables = try (0..<20).map { try generator.drawTable(rows: 100, seed: UInt64($0)) }
    for (index, table) in tables.enumerated() {
      for other in tables.dropFirst(index + 1) { #expect(table != other) }
    }
    #expect(try generator.drawTable(rows: 100, seed: 3) == tables[3])
    #expect(try generator.drawTable(rows: 100, seed: .max) != tables[0])
  }

  /// Two parts of a file make the whole, gzip or not, whatever the separator.
  @Test func filesAndTablesAreTheSame() async throws {
    let generator = try await generator()
    let table = try generator.drawTable(rows: 700, seed: 9)
    let folder = TemporaryFolder()
    var written: [Int] = []
    for (name, separator) in [("a.csv", ","), ("a.csv.gz", ","), ("b.csv", ";"), ("c.tsv", "\t")] {
      let path = folder.file(name)
      let byte = try #require(separator.utf8.first)
      written = []
      try generator.drawFile(0..<700, to: path, seed: 9, separator: byte) { written.append($0) }
      let read = try Table(reading: CSVFiles(paths: [path], options: CSVOptions(separator: byte)))
      #expect(read.columnNames == table.columnNames)
      for (column, other) in zip(table.columns, read.columns) {
        #expect(column.isNumeric == other.isNumeric)
        #expect(column.numbers == other.numbers && column.texts == other.texts)
      }
    }
    #expect(written.last == 700 && written == written.sorted())
    #expect(folder.contents == ["a.csv", "a.csv.gz", "b.csv", "c.tsv"])
  }

  /// On threads of their own rows are the same.
  @Test func tasksDrawTheSameRows() async throws {
    let generator = try await generator()
    let table = try generator.drawTable(rows: 30..<700, seed: 4)
    #expect(try await generator.generate(rows: 30..<700, seed: 4) == table)
    #expect(try await generator.generate(rows: 50) == generator.drawTable(rows: 50))
    let folder = TemporaryFolder()
    let (first, second) = (folder.file("a.csv"), folder.file("b.csv"))
    try generator.drawFile(30..<700, to: first, seed: 4)
    try await generator.writeRows(30..<700, to: second, seed: 4)
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: first))
        == Data(contentsOf: URL(fileURLWithPath: second)))
  }

  /// A cancelled task draws nothing and leaves no file.
  @Test func cancelledTasksThrow() async throws {
    let generator = try await generator()
    let folder = TemporaryFolder()
    let path = folder.path + "/rows.csv"
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      await #expect(throws: CancellationError.self) { try await generator.generate(rows: 10) }
      await #expect(throws: CancellationError.self) {
        try await generator.writeRows(0..<10, to: path)
      }
    }
    await task.value
    #expect(folder.contents == [])
  }

  /// A sink gets what a file gets: the formats of numbers and the spelling of missing values too.
  @Test func aWriterAsASinkWritesTheSameFile() async throws {
    let folder = TemporaryFolder()
    let input = folder.file(
      "in.csv",
      "euro,share,code,when,only\n"
        + (0..<400).map { row in
          let price = row % 9 == 0 ? "n/a" : "\"$\(1 + row % 7),\(100 + row).50\""
          let share = row % 11 == 0 ? "n/a" : "\(row % 101).\(row % 10)0%"
          let word = row % 5 == 0 ? "none" : "\(row % 50).\(row % 10)0"
          return "\(price),\(share),\(word),\(10 + row % 18).0\(1 + row % 9).2021,n/a"
        }.joined(separator: "\n"))
    var options = quickOptions(epochs: 1)
    options.reading.missingValues = MissingValues(spellings: ["n/a"])
    let generator = try await Generator.train(
      on: CSVFiles(paths: [input]), options: options)
    let (file, sunk) = (folder.file("file.csv"), folder.file("sunk.csv"))
    try generator.drawFile(100..<5_000, to: file, seed: 3)
    try await generator.generate(
      rows: 100..<5_000, seed: 3,
      into: CSVWriter(path: sunk, columnNames: generator.columnNames))
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(try String(contentsOfFile: sunk, encoding: .utf8) == text)
    for part in ["n/a", "$", "%", ".50", "none", "2021"] { #expect(text.contains(part), "\(part)") }
  }

  @Test func rowsThatCannotBe() async throws {
    let generator = try await generator()
    func message(_ body: () throws -> Void) -> String {
      do {
        try body()
        return "drawn"
      } catch {
        return "\(error)"
      }
    }
    for rows in [0..<0, -1..<5, 7..<7, -5 ..< -1] {
      let expected =
        "The rows cannot be \(rows). Give at least one row, from 0 to 4611686018427387904."
      #expect(message { _ = try generator.drawTable(rows: rows) } == expected)
      #expect(message { try generator.drawFile(rows, to: nil) } == expected)
    }
    for count in [0, -3] {
      #expect(
        message { _ = try generator.drawTable(rows: count) }
          == "The rows cannot be 0..<0. Give at least one row, from 0 to 4611686018427387904.")
    }
    #expect(
      message { _ = try generator.drawTable(rows: 5, threadCount: 0) }
        == "The number of threads cannot be 0. Give a whole number from 1 to 1024.")
  }

  /// A file that cannot be written leaves nothing behind.
  @Test func filesThatCannotBeWritten() async throws {
    let generator = try await generator()
    let folder = TemporaryFolder()
    #expect(throws: TableError.self) {
      try generator.drawFile(0..<10, to: folder.path + "/missing/rows.csv")
    }
    #expect(throws: TableError.self) { try generator.drawFile(0..<10, to: folder.path) }
    #expect(throws: TableError.invalidSeparator(UInt8(ascii: "\""))) {
      try generator.drawFile(0..<10, to: folder.file("x.csv"), separator: UInt8(ascii: "\""))
    }
    #expect(folder.contents.isEmpty)
  }

  /// Frequent categories are drawn, made-up codes equal rare ones seldom, and every number lies between the protected ends.
  @Test func rareCategoriesAreMadeUp() async throws {
    var random = SplitMix64(seed: 33)
    let count = 400
    // Half of the rows hold a rare category, so that the model would draw it half of the time.
    let table = try Table(columns: [
      Column("a", (0..<count).map { $0 % 2 == 0 ? "rare \($0 / 6)" : "kept \($0 % 3)" }),
      Column("b", (0..<count).map { _ in random.unit() < 0.2 ? nil : Int(random.unit() * 5000) }),
    ])
    let generator = try await Generator.train(on: table, options: quickOptions())
    let drawn = try generator.drawTable(rows: 5000)
    let texts = drawn.columns[0].texts.compactMap { $0 }
    #expect(Set(texts).isSuperset(of: ["kept 0", "kept 1", "kept 2"]))
    let rare = try fields(of: table)[0].filter { $0.hasPrefix("rare") }
    #expect(texts.filter(rare.contains).count < texts.count / 20)
    let numbers = table.columns[1].numbers.compactMap { $0 }.sorted()
    let allowed = numbers[5]...numbers[numbers.count - 6]
    #expect(drawn.columns[1].numbers.compactMap { $0 }.allSatisfy { allowed.contains($0) })
  }

  /// A model is drawn from with the precision that it was trained with, also after it was read from a file.
  @Test func precisionIsThatOfTraining() async throws {
    let table = try mixedTable(rows: 80, seed: 5)
    func model(_ precision: Precision) async throws -> Generator {
      var options = quickOptions()
      options.precision = precision
      return try await Generator.train(on: table, options: options)
    }
    let (plain, fastest) = (try await model(.float32), try await model(.auto))
    let folder = TemporaryFolder()
    try plain.write(to: folder.file("model"))
    let read = try Generator(contentsOf: folder.file("model"))
    #expect(plain.precision == .float32 && read.precision == .float32)
    #expect(fastest.precision == .auto)
    #expect(try read.drawTable(rows: 50) == plain.drawTable(rows: 50))
    let differ = plain.values.buffer.row.elements != fastest.values.buffer.row.elements
    #expect(differ == PackedWeights.prefersBFloat16)
  }
}
