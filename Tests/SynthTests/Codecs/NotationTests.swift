import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// Numbers in notations are learnt as plain ones are, and written as the table writes them.
@Suite struct NotationTests {
  private static let notations: [String: NumberNotation] = [
    "price": NumberNotation(prefix: Array("$".utf8), groupMark: Array(",".utf8)),
    "paid": NumberNotation(
      suffix: Array(" €".utf8), decimalMark: UInt8(ascii: ","), groupMark: Array(".".utf8)),
    "change": NumberNotation(suffix: Array(" %".utf8), negative: .parentheses),
    "weight": NumberNotation(suffix: Array("kg".utf8)),
  ]

  /// Prices, of which some are paid as they are, changes on either side of zero, weights with ends that are in order.
  private func plainTable(rows: Int = 600, seed: UInt64) throws -> Table {
    var random = SplitMix64(seed: seed)
    var (prices, paid, changes, weights, filled): ([Double?], [Double], [Int?], [Int], [Int]) =
      ([], [], [], [], [])
    for _ in 0..<rows {
      let price = (pow(10, 1 + 3 * random.unit()) * 100).rounded() / 100
      prices.append(random.unit() < 0.1 ? nil : price)
      paid.append(
        random.unit() < 0.5 ? price : (pow(10, 1 + 3 * random.unit()) * 100).rounded() / 100)
      changes.append(random.unit() < 0.2 ? nil : Int(random.unit() * 40) - 20)
      weights.append(Int(random.unit() * 900))
      filled.append(weights.last! + Int(random.unit() * 300))
    }
    let table = try Table(columns: [
      Column("price", prices), Column("paid", paid), Column("change", changes),
      Column("weight", weights), Column("filled", filled),
    ])
    let fixed = NumberFormat(decimals: 2, isFixed: true)
    return try Table(
      columns: table.columns.map { column in
        guard case .numbers(let numbers, _) = column.values,
          ["price", "paid"].contains(column.name)
        else { return column }
        return Column(name: column.name, values: .numbers(numbers, fixed))
      })
  }

  /// The same table with its numbers in notations.
  private func spelled(_ table: Table) throws -> Table {
    try Table(
      columns: table.columns.map { column in
        guard case .numbers(let numbers, var format) = column.values else { return column }
        format.notation = NotationTests.notations[column.name]
        return Column(name: column.name, values: .numbers(numbers, format))
      })
  }

  @Test(arguments: 0..<3) func codesAreThoseOfPlainNumbers(_ seed: UInt64) throws {
    let plain = try plainTable(seed: seed)
    var options = TableEncoder.Options()
    options.reading.constraints = [try Constraint(parsing: "weight <= filled")]
    let expected = try TableEncoder(plain, options: options)
    let encoder = try TableEncoder(try spelled(plain), options: options)
    #expect(encoder.table.columns == expected.table.columns)
    #expect(encoder.fields.map(\.kind) == expected.fields.map(\.kind))
    guard case .number(let paid) = encoder.columns[1].kind else {
      Issue.record("Amounts are no numbers.")
      return
    }
    #expect(paid.delta?.column == 0 && paid.delta?.steps.contains(0) == true)
    #expect(paid.format.notation == NotationTests.notations["paid"])
  }

  @Test(arguments: 0..<3) func drawnNumbersAreInTheNotation(_ seed: UInt64) async throws {
    let table = try spelled(plainTable(seed: 10 + seed))
    var options = quickOptions(epochs: 2, seed: seed)
    options.reading.forcesConstraints = true
    options.reading.constraints = try [
      "weight <= filled", "paid in '20,00 €'...5000", "change >= -10",
    ].map { try Constraint(parsing: $0) }
    let generator = try await Generator.train(on: table, options: options)
    let folder = TemporaryFolder()
    try generator.write(to: folder.file("model"))
    let drawn = try Generator(contentsOf: folder.file("model")).rowsThroughFile(0..<2_000, seed: 3)
    #expect(try drawn == generator.rowsThroughFile(0..<2_000, seed: 3))
    let texts = try fields(of: drawn)
    for (column, name) in table.columnNames.enumerated() {
      guard let notation = NotationTests.notations[name] else { continue }
      for text in texts[column] where text != "" {
        #expect(Array(text.utf8).withUnsafeBufferPointer(notation.parse) != nil, "\(text)")
      }
    }
    let (paid, change) = (drawn.columns[1].numbers, drawn.columns[2].numbers)
    #expect(paid.allSatisfy { (20...5000).contains($0!) })
    #expect(change.allSatisfy { $0.map { $0 >= -10 } ?? true })
    #expect(
      zip(drawn.columns[3].numbers, drawn.columns[4].numbers).allSatisfy { $0! <= $1! })
    let same = zip(drawn.columns[0].numbers, paid).count { $0 == $1 }
    #expect(same > 500, "\(same)")
    // In memory the numbers are the same.
    let memory = try generator.drawTable(rows: 2_000, seed: 3, threadCount: 1)
    for (first, second) in zip(memory.columns, drawn.columns) {
      #expect(first.numbers == second.numbers)
    }
  }

  @Test func kindsCanBeChosen() async throws {
    let table = try spelled(plainTable(seed: 5))
    for kind in [ColumnKind.integer, .decimal, .category, .text] {
      var options = quickOptions(epochs: 1)
      options.reading.schema.setKind(kind, ofColumn: "weight")
      let generator = try await Generator.train(on: table, options: options)
      #expect(generator.fields[3].kind == kind)
      let drawn = try fields(of: generator.drawTable(rows: 100))[3]
      if kind != .text {
        #expect(drawn.allSatisfy { $0.hasSuffix("kg") || $0 == CategoryEncoder.rareToken })
      }
    }
  }

  /// Spellings of single rows are not kept, nor is the notation of a column with few values.
  @Test func spellingsOfFewRowsAreNotKept() async throws {
    var random = SplitMix64(seed: 4)
    var texts = (0..<300).map { _ in "\(Int(random.unit() * 900)) zł" }
    texts[7] = "(12 345 zł)"
    let few = (0..<300).map { $0 < 15 ? "\($0) thalers" : nil }
    let table = try Table(columns: [Column("price", texts), Column("few", few)])
    let generator = try await Generator.train(on: table, options: quickOptions(epochs: 1))
    guard case .number(let number) = generator.columns[0].kind else {
      Issue.record("Prices are no numbers.")
      return
    }
    #expect(number.format.notation == NumberNotation(suffix: Array(" zł".utf8)))
    let file = try String(decoding: generator.fileBytes(), as: UTF8.self)
    #expect(!file.contains("thalers") && !file.contains("parentheses") && !file.contains("12345"))
    let drawn = try fields(of: generator.drawTable(rows: 500))
    #expect(drawn[1].allSatisfy { $0 == "" })
    #expect(drawn[0].allSatisfy { $0.wholeMatch(of: #/\d{1,3} zł/#) != nil })
  }

  /// A decimal mark that one row has does not show.
  @Test func theMarkOfOneRowIsNotKept() async throws {
    var random = SplitMix64(seed: 6)
    let texts = (0..<300).map { $0 == 9 ? "12,5 kg" : "\(Int(random.unit() * 90)) kg" }
    let encoder = try TableEncoder(try Table(columns: [Column("weight", texts)]))
    guard case .number(let number) = encoder.columns[0].kind else {
      Issue.record("Weights are no numbers.")
      return
    }
    #expect(number.format.notation == NumberNotation(suffix: Array(" kg".utf8)))
  }

  @Test func placesInANotation() async throws {
    var random = SplitMix64(seed: 8)
    func degrees(_ from: Double) -> String {
      String(format: "%.4f°", from + random.unit()).replacing(".", with: ",")
    }
    let table = try Table(columns: [
      Column("latitude", (0..<200).map { _ in degrees(52) }),
      Column("longitude", (0..<200).map { _ in degrees(13) }),
    ])
    let generator = try await Generator.train(on: table, options: quickOptions(epochs: 1))
    #expect(generator.fields.map(\.kind) == [.latitude, .longitude])
    let drawn = try fields(of: generator.rowsThroughFile(0..<300))
    #expect(drawn[0].allSatisfy { $0.wholeMatch(of: #/5[23],\d{4}°/#) != nil })
    #expect(drawn[1].allSatisfy { $0.wholeMatch(of: #/1[34],\d{4}°/#) != nil })
  }

  /// Coordinates that other programs wrote in full have digits to the end, and are as long as in the table.
  @Test func decimalsOfPlaces() async throws {
    var random = SplitMix64(seed: 9)
    func degrees(_ from: Double, row: Int) -> String {
      let scale = row.isMultiple(of: 4) ? 1e5 : 1e13
      return "\(((from + random.unit()) * scale).rounded() / scale)"
    }
    let table = try Table(columns: [
      Column("latitude", (0..<2_000).map { degrees(48, row: $0) }),
      Column("longitude", (0..<2_000).map { degrees(16, row: $0) }),
    ])
    let generator = try await Generator.train(on: table, options: quickOptions(epochs: 1))
    let drawn = try fields(of: generator.rowsThroughFile(0..<2_000))
    for column in drawn {
      let decimals = column.map { $0.split(separator: ".").last!.count }
      let share = { (range: ClosedRange<Int>) in
        Double(decimals.count(where: range.contains)) / 2_000
      }
      expectClose(
        [share(0...5), share(13...13), share(12...12)], [0.25, 0.675, 0.0675],
        absolute: 0.03)
      #expect(decimals.max() == 13)
      #expect(column.allSatisfy { $0.last != "0" })
      #expect(column.count { $0.dropLast().hasSuffix("000") } < 20)
      #expect(Set(column).count > 1_990)
    }
  }
}
