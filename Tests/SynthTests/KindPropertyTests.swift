import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// Random tables of columns of every kind: what is drawn has the same kinds and formats.
@Suite struct KindPropertyTests {
  private static let tablesPerTest = 10

  @Test(arguments: 0..<50) func kindsComeBack(_ number: UInt64) async throws {
    for index in 0..<UInt64(KindPropertyTests.tablesPerTest) {
      try await check(seed: number * 1000 + index)
    }
  }

  private func check(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let table = try RandomTable.table(&random)
    var options = quickOptions(
      epochs: 1, order: ColumnOrder.allCases[Int(seed % 3)], batchSize: 64, seed: seed)
    options.drawsRareToken = seed % 5 == 0
    options.protectsValues = seed % 7 != 0
    if seed % 4 == 0 { options.key = table.columnNames.last }
    let generator = try await Generator.train(on: table, options: options)
    #expect(generator.columnNames == table.columnNames)
    let read = try generator.rowsThroughFile(0..<40, seed: seed)
    #expect(read.columnNames == table.columnNames && read.rowCount == 40)
    for (field, column) in zip(generator.fields, try fields(of: read)) {
      let values = column.filter { $0 != field.missingSpelling }
      expectFormat(of: field, values, of: generator, "seed \(seed)")
    }
    for (column, original) in zip(read.columns, table.columns) where original.missingShare == 1 {
      #expect(column.missingShare == 1, "seed \(seed)")
    }
  }

  /// A sum of two columns of any kind is refused, or one in every drawn row.
  @Test(arguments: 0..<20) func sumsOfColumns(_ number: UInt64) async throws {
    for index in 0..<UInt64(KindPropertyTests.tablesPerTest) {
      try await checkSum(seed: 100_000 + number * 1000 + index)
    }
  }

  private func checkSum(seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let table = try RandomTable.table(&random)
    let operands = (0..<2).map { _ in
      Int.random(in: 0..<table.columns.count, using: &random)
    }
    let numbers = operands.map { table.columns[$0].texts.map { $0.flatMap(Double.init) } }
    let sums = zip(numbers[0], numbers[1]).map { first, second in
      first.flatMap { first in second.map { "\(first + $0)" } }
    }
    let place = Int.random(in: 0...table.columns.count, using: &random)
    var columns = table.columns
    columns.insert(Column("sum", sums), at: place)
    let names = operands.map {
      "\"\(table.columns[$0].name.replacing("\"", with: "\"\""))\""
    }
    var options = quickOptions(epochs: 1, batchSize: 64, seed: seed)
    options.derivations = [try Derivation(parsing: "sum = \(names[0]) + \(names[1])")]
    options.protectsValues = seed % 3 != 0
    do {
      let generator = try await Generator.train(on: Table(columns: columns), options: options)
      let drawn = try fields(of: generator.rowsThroughFile(0..<40, seed: seed))
      guard case .derived(let coding) = generator.fields[place].coding else {
        Issue.record("seed \(seed): the sum is learnt")
        return
      }
      let parts = operands.map { drawn[$0 < place ? $0 : $0 + 1].map(Double.init) }
      for (sum, (first, second)) in zip(drawn[place].map(Double.init), zip(parts[0], parts[1])) {
        let computed = first.flatMap { first in second.map { first + $0 } } ?? .nan
        #expect(
          computed.isSame(as: sum ?? .nan, decimals: coding.format.decimals), "seed \(seed)")
      }
    } catch let error as DerivationError {
      switch error {
      case .notNumeric, .rarelyHolds, .units: break
      default: Issue.record("seed \(seed): \(error)")
      }
    }
  }

  /// Every value is spelled as those of the field are.
  private func expectFormat(
    of field: Field, _ values: [String], of generator: Generator, _ comment: Comment
  ) {
    var words: [String] = [CategoryEncoder.rareToken]
    if let part = field.parts.first, case .number(let number) = generator.columns[part].kind {
      words += number.words ?? []
    }
    let values = values.filter { !words.contains($0) }
    func matches(_ meets: (UnsafeBufferPointer<UInt8>) -> Bool) -> Bool {
      values.allSatisfy { value in
        var value = value
        return value.withUTF8(meets)
      }
    }
    switch field.coding {
    case .masked: #expect(values.isEmpty, comment)
    case .dateTime(let coding): #expect(matches { coding.format.parse($0) != nil }, comment)
    case .identifier(let coding):
      #expect(Set(values).count == values.count, comment)
      if case .uuid = coding.format.shape { #expect(values.allSatisfy { $0.count == 36 }) }
    case .latitude, .longitude:
      #expect(values.allSatisfy { (-180...180).contains(Double($0) ?? .nan) }, comment)
    case .characters(let coding):
      #expect(matches { coding.pattern.matches($0) || $0.count != coding.pattern.positions.count })
    case .column:
      if case .number(let number) = generator.columns[field.parts.lowerBound].kind {
        let notation = number.format.notation
        #expect(
          matches { notation == nil ? parseNumber($0) != nil : notation?.parse($0) != nil },
          comment)
      }
    case .template, .vocabulary, .bound, .derived: break
    }
  }
}

/// Tables with random columns.
private enum RandomTable {
  static func table(_ random: inout SplitMix64) throws -> Table {
    let rowCount = 20 + Int(random.unit() * random.unit() * 101)
    let columnCount = 1 + Int(random.unit() * random.unit() * 8)
    return try Table(
      columns: (0..<columnCount).map { index in
        let missingShare = max(0, random.unit() * 1.6 - 0.7)
        var (name, values) = column(rowCount, &random)
        for row in values.indices where random.unit() < missingShare { values[row] = nil }
        if random.unit() < 0.04 { values = Array(repeating: nil, count: rowCount) }
        return Column(
          name: name + "\(index)", values: .texts(values),
          missingSpelling: random.unit() < 0.5 ? "" : "NA")
      })
  }

  private static let names = [
    "a", "with space", "quo\"te", "new\nline", "größe", "名前", "🙂", "'", "\\", "semi;colon",
    String(repeating: "n", count: 200), "{\"json\": [1]}", "tab\t", "NA", "1.5", "__metadata__",
  ]

  private static func column(
    _ count: Int, _ random: inout SplitMix64
  ) -> (name: String, values: [String?]) {
    func number(_ limit: Int, _ random: inout SplitMix64) -> Int {
      Int(random.unit() * Double(limit))
    }
    func two(_ limit: Int, _ random: inout SplitMix64) -> String {
      String(format: "%02d", number(limit, &random))
    }
    func day(_ random: inout SplitMix64) -> (year: Int, month: String, day: String) {
      (
        1960 + number(70, &random), String(format: "%02d", 1 + number(12, &random)),
        String(format: "%02d", 1 + number(28, &random))
      )
    }
    func draws(_ value: (inout SplitMix64) -> String) -> [String?] {
      (0..<count).map { _ in value(&random) }
    }
    let name = names[number(names.count, &random)]
    switch number(24, &random) {
    case 0: return (name, draws { "\(number(8, &$0))" })
    case 1: return (name, draws { "\(number(2_000_000, &$0) - 1_000_000)" })
    case 2: return (name, draws { String(format: "%.2f", $0.unit() * 1000) })
    case 3: return (name, draws { $0.unit() < 0.5 ? "0" : String(format: "%.3f", $0.unit()) })
    case 4: return (name, draws { $0.unit() < 0.4 ? "yes" : "no" })
    case 5: return (name, draws { ["ä", "b\"b", "c,c", "d\nd", "🙂"][number(5, &$0)] })
    case 6:
      return (
        "date",
        draws {
          let d = day(&$0); return "\(d.year)-\(d.month)-\(d.day)"
        }
      )
    case 7:
      return (
        name,
        draws {
          let d = day(&$0); return "\(d.day).\(d.month).\(d.year)"
        }
      )
    case 8: return (name, draws { "\(two(24, &$0)):\(two(60, &$0))" })
    case 9:
      return (
        name,
        draws {
          let d = day(&$0)
          return
            "\(d.year)-\(d.month)-\(d.day)T\(two(24, &$0)):\(two(60, &$0)):\(two(60, &$0))+02:00"
        }
      )
    case 10: return ("lat", draws { String(format: "%.5f", 180 * $0.unit() - 90) })
    case 11: return ("longitude", draws { String(format: "%.4f", 360 * $0.unit() - 180) })
    case 12: return ("id", (0..<count).map { "\(1000 + $0)" })
    case 13: return (name, (0..<count).map { "AB-\(String(format: "%05d", $0 * 7919 % 99_991))" })
    case 14: return (name, draws { "\(two(100, &$0))\(two(100, &$0))-\(two(90, &$0))" })
    case 15: return (name, draws { "a\(number(9_999, &$0))@example.org" })
    case 16: return (name, draws { "Name\(number(5_000, &$0)) Röd\(number(70, &$0))" })
    case 17: return (name, Array(repeating: random.unit() < 0.5 ? "constant" : "17", count: count))
    case 20:
      return (name, draws { "$\(number(5, &$0)),\(100 + number(900, &$0)).\(two(100, &$0))" })
    case 21:
      return (
        name,
        draws { $0.unit() < 0.03 ? "frei" : "\(number(900, &$0) - 200),\(two(100, &$0)) €" }
      )
    case 22: return (name, draws { $0.unit() < 0.04 ? "unknown" : "\(number(90, &$0))" })
    case 23:
      return (
        name,
        draws {
          let d = day(&$0)
          return $0.unit() < 0.04 ? "n.d." : "\(d.year)-\(d.month)-\(d.day)"
        }
      )
    case 18: return (name, draws { "\($0.unit())e\(number(600, &$0) - 300)" })
    default: return (name, draws { $0.unit() < 0.8 ? "\(number(20, &$0))" : "unknown" })
    }
  }
}
