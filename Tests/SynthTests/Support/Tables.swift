import Foundation
import Synth
import Tables
import TestSupport

/// The encoder of a table of one column and the code of each of its fields.
func encoded(
  _ fields: [String], missingValues: MissingValues = .standard
) throws -> (column: ColumnEncoder, codes: [Int]) {
  let table = try Table(columns: [Column("x", fields)])
  var options = TableEncoder.Options()
  options.reading.missingValues = missingValues
  options.policy = DisclosurePolicy(everyColumn: ColumnPolicy(minimumRows: 5))
  options.reading.schema = try plainSchema(of: table, missingValues: missingValues)
  let encoder = try TableEncoder(table, options: options)
  return (encoder.columns[0], encoder.table.columns[0].map(Int.init))
}

/// A schema by which every column is learnt as the numbers or categories that it looks like.
func plainSchema(
  of source: some RowSource, missingValues: MissingValues = .standard
) throws -> TableSchema {
  let profile = try TableProfile(scanning: source, missingValues: missingValues)
  var schema = TableSchema()
  for column in profile.columns where column.missingCount < profile.rowCount {
    schema.setKind(ColumnKind(rawValue: column.type.rawValue)!, ofColumn: column.name)
  }
  return schema
}

/// All fields of a table as text, column after column.
func fields(of source: some RowSource) throws -> [[String]] {
  var columns = source.columnNames.map { _ in [String]() }
  try source.forEachBatch { batch in
    for column in columns.indices {
      for row in 0..<batch.rowCount {
        columns[column].append(String(decoding: batch.spelling(row, column), as: UTF8.self))
      }
    }
  }
  return columns
}

extension Column {
  /// The texts of a column that is no column of numbers.
  var texts: [String?] {
    guard case .texts(let texts) = values else { return [] }
    return texts
  }

  /// The numbers of a column of numbers.
  var numbers: [Double?] {
    guard case .numbers(let numbers, _) = values else { return [] }
    return numbers
  }

  var isNumeric: Bool {
    if case .numbers = values { true } else { false }
  }

  /// The share of missing values.
  var missingShare: Double {
    let missing = isNumeric ? numbers.count { $0 == nil } : texts.count { $0 == nil }
    return Double(missing) / Double(count)
  }
}

/// A table with a column of every kind, missing values and dependences, the same for the same seed.
func mixedTable(rows: Int, seed: UInt64) throws -> Table {
  var random = SplitMix64(seed: seed)
  var (colors, ages, incomes, members): ([String?], [Int?], [Double?], [String?]) = ([], [], [], [])
  for _ in 0..<rows {
    let color = ["red", "green", "blue", "black"][min(3, Int(random.unit() * random.unit() * 6))]
    let age = 18 + Int(random.unit() * 60)
    let income = (1000 + Double(age) * 40 * (0.5 + random.unit())) * 4
    colors.append(color)
    ages.append(age)
    incomes.append(random.unit() < (color == "red" ? 0.5 : 0.05) ? nil : income.rounded() / 4)
    members.append(random.unit() < 0.1 ? nil : age > 45 ? "yes" : "no")
  }
  return try Table(columns: [
    Column("color", colors), Column("age", ages), Column("income", incomes),
    Column("member", members),
  ])
}

/// Two columns and two that follow from them in nine of ten rows: a network learns this for many epochs.
func dependentTable(rows: Int, seed: UInt64) throws -> Table {
  var random = SplitMix64(seed: seed)
  func code(below limit: Int) -> Int { Int(random.unit() * Double(limit)) }
  var columns = [[String]](repeating: [], count: 4)
  for _ in 0..<rows {
    let (a, b) = (code(below: 6), code(below: 6))
    let codes = [
      a, b, code(below: 10) == 0 ? code(below: 7) : a * b % 7,
      code(below: 10) == 0 ? code(below: 5) : (a + 3 * b) % 5,
    ]
    for (column, code) in codes.enumerated() { columns[column].append("v\(code)") }
  }
  return try Table(columns: columns.enumerated().map { Column("c\($0.offset)", $0.element) })
}

/// The numbers of `closed_form` in Tools/reference/trajectory.py.
func closedForm(
  _ phase: Double, _ count: Int, scale: Double = 0.1, offset: Double = 0
) -> [Float] {
  (0..<count).map { index in
    let i = Double(index)
    return Float(offset + scale * sin(phase + 0.7 * i + 0.013 * i * i))
  }
}
