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
    options.protection.drawsRareToken = seed % 5 == 0
    options.protection.protectsValues = seed % 7 != 0
    if seed % 4 == 0 { options.protection.key = table.columnNames.last }
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
    try expectNewTexts(in: read, of: generator, from: table, "seed \(seed)")
    try expectRoundTrip(of: table, generator, seed: seed)
  }

  /// Texts of the table are drawn only if they are kept.
  private func expectNewTexts(
    in drawn: Table, of generator: Generator, from table: Table, _ comment: Comment
  ) throws {
    let (drawn, original) = (try fields(of: drawn), try fields(of: table))
    for (index, field) in generator.fields.enumerated() {
      guard case .text = field.coding,
        case .category(let category) = generator.columns[field.parts.lowerBound].kind
      else { continue }
      let hidden = Set(original[index]).subtracting([field.missingSpelling])
        .filter { !category.levels.contains(.text($0)) }
      for text in drawn[index] {
        #expect(!hidden.contains(text), "\(comment), \(field.name): \(text)")
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
    case .text, .vocabulary, .bound, .derived: break
    }
  }
}
