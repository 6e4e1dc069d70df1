import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// Whatever the table, it is trained on, kept, drawn from, written and read back with its names and types.
@Suite struct AnyTableTests {
  @Test(arguments: 0..<100) func trainedDrawnWrittenAndRead(_ seed: UInt64) async throws {
    var random = SplitMix64(seed: 1000 + seed)
    let table = try randomTable(&random)
    let folder = TemporaryFolder()
    try table.write(to: folder.file("table.csv"))
    let source = try CSVFiles(
      paths: [folder.file("table.csv")], options: CSVOptions(separator: UInt8(ascii: ",")))
    let orders = ColumnOrder.allCases
    var options = quickOptions(
      epochs: 1, order: orders[Int(seed) % orders.count], seed: seed, threadCount: 2)
    options.reading.schema = try plainSchema(of: source)
    let generator = try await Generator.train(on: source, options: options)
    let rows = 1 + Int(random.unit() * 150)
    let drawn = try generator.drawTable(rows: rows, seed: seed, threadCount: 2)
    #expect(drawn.columnNames == table.columnNames && drawn.rowCount == rows)

    let read = try generator.rowsThroughFile(0..<rows, seed: seed)
    #expect(read.rowCount == rows && read.columnNames == table.columnNames)
    #expect(try generator.writtenFields(rows: rows, seed: seed) == fields(of: drawn))
    for (index, column) in drawn.columns.enumerated() {
      let type = generator.columns[index].type
      #expect(column.isNumeric == (type == .integer || type == .decimal))
      // Texts that all look like numbers are numbers to a reader.
      if column.isNumeric, column.missingShare < 1 {
        #expect(read.columns[index].numbers == column.numbers, "\(column.name)")
      }
      if !column.isNumeric, !read.columns[index].isNumeric {
        #expect(read.columns[index].texts == column.texts, "\(column.name)")
      }
    }
    checkValues(drawn, of: generator, from: try Table(reading: source))

    try generator.write(to: folder.file("model"))
    let copy = try Generator(contentsOf: folder.file("model"))
    #expect(try copy.drawTable(rows: rows, seed: seed, threadCount: 1) == drawn)
    #expect(try copy.summary == generator.summary && !copy.summary.json().isEmpty)
    #expect(copy.summary.columns.map(\.name) == table.columnNames)
  }

  /// Every text was in the data five times at least, and numbers and missing values are where there were some.
  private func checkValues(_ drawn: Table, of generator: Generator, from table: Table) {
    for (index, column) in drawn.columns.enumerated() {
      let original = table.columns[index]
      // Rare words between numbers are missing.
      let hasWords = column.isNumeric && !original.isNumeric
      if original.missingShare == 0, !hasWords {
        #expect(column.missingShare == 0, "\(column.name)")
      }
      if column.isNumeric {
        let known = original.numbers.compactMap { $0 }
        guard let low = known.min(), let high = known.max() else { continue }
        let slack = 1e-14 * max(abs(low), abs(high))
        let isInside = column.numbers.allSatisfy {
          guard let number = $0 else { return true }
          return number >= low - slack && number <= high + slack
        }
        #expect(isInside, "\(column.name)")
      } else {
        // Made-up codes may be any.
        if case .madeUp = generator.fields[index].rareValues { continue }
        let counts = Dictionary(original.texts.map { ($0, 1) }, uniquingKeysWith: +)
        for text in Set(column.texts) where text != nil && text != CategoryEncoder.rareToken {
          #expect(counts[text, default: 0] >= 5, "\(column.name)")
        }
      }
    }
  }

  // MARK: Tables

  private func randomTable(_ random: inout SplitMix64) throws -> Table {
    let rowCount = 20 + Int(random.unit() * 180)
    let columnCount = 1 + Int(random.unit() * random.unit() * 12)
    return try Table(
      columns: (0..<columnCount).map { index in
        let missingShare = max(0, random.unit() * 1.4 - 0.6)
        var values = randomValues(rowCount, &random)
        for row in values.indices where random.unit() < missingShare { values[row] = nil }
        return Column(
          name: randomName(index, &random), values: .texts(values),
          missingSpelling: random.unit() < 0.5 ? "" : "NA")
      })
  }

  private func randomName(_ index: Int, _ random: inout SplitMix64) -> String {
    let names = [
      "a", "with space", "quo\"te", "new\nline", "crlf\r\n", "comma,name", "größe", "名前", "🙂", "'",
      "\\",
      String(repeating: "x", count: 300), "semi;colon", "tab\t", "{\"json\": [1]}", "NA", "1.5",
    ]
    return names[Int(random.unit() * Double(names.count))] + "\(index)"
  }

  private func randomValues(_ count: Int, _ random: inout SplitMix64) -> [String?] {
    func draws(_ value: (inout SplitMix64) -> String) -> [String?] {
      (0..<count).map { _ in value(&random) }
    }
    switch Int(random.unit() * 12) {
    case 0: return draws { "\(Int($0.unit() * 10))" }
    case 1: return draws { "\(Int(($0.unit() - 0.5) * 1e9))" }
    case 2: return draws { String(format: "%.2f", $0.unit() * $0.unit() * 1000) }
    case 3: return draws { $0.unit() < 0.6 ? "0.0" : String(format: "%.4f", $0.unit() - 0.5) }
    case 4: return draws { "\(Int($0.unit() * 50) * 1000).0" }
    case 5: return draws { "\($0.unit())e\(Int($0.unit() * 600) - 300)" }
    case 6: return draws { $0.unit() < 0.3 ? "True" : "False" }
    case 7:
      let levels = ["a", "b\"b", "c,c", "d\nd", "ä", "日本", " ", "-", "e;e", "f\r\nf"]
      return draws { levels[Int($0.unit() * $0.unit() * Double(levels.count))] }
    case 8: return draws { "id \(Int($0.unit() * 1e6))" }
    case 9: return draws { String(format: "%05d", Int($0.unit() * $0.unit() * 30)) }
    case 10: return Array(repeating: random.unit() < 0.5 ? "constant" : "17", count: count)
    default: return draws { $0.unit() < 0.9 ? "\(Int($0.unit() * 20))" : "unknown" }
    }
  }
}
