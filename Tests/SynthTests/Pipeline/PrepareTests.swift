import Synchronization
import Synth
import Tables
import TestSupport
import Testing

@Suite struct TableEncoderTests {
  @Test func everyCellHasItsCode() throws {
    let table = try mixedTable(rows: 300, seed: 61)
    let encoder = try TableEncoder(table)
    #expect(encoder.columns.map(\.name) == table.columnNames)
    #expect(encoder.columns.map(\.type) == [.category, .integer, .decimal, .boolean])
    #expect(encoder.table.rowCount == 300)
    for (codes, column) in zip(encoder.table.columns, encoder.columns) {
      let expected = (0..<column.vocabularySize).map { code in codes.count { $0 == code } }
      #expect(column.counts == expected && expected.reduce(0, +) == 300)
    }
    let missing = zip(table.columns[2].numbers, encoder.table.columns[2]).filter { $0.0 == nil }
    let missingCode = try #require(encoder.columns[2].missingCode)
    #expect(!missing.isEmpty && missing.allSatisfy { Int($0.1) == missingCode })
  }

  @Test func spellingsOfMissingValues() throws {
    let fields = (0..<40).map { $0 % 4 == 0 ? "-1" : "\($0 % 3)" }
    let (plain, _) = try encoded(fields)
    #expect(plain.missingCode == nil)
    let (column, codes) = try encoded(fields, missingValues: MissingValues(spellings: ["-1"]))
    #expect(column.missingCode == 3 && column.missingSpelling == "-1")
    #expect(codes.count { $0 == 3 } == 10)
  }

  /// A table in memory is prepared as its CSV file is, to the last code.
  @Test(arguments: [3, 4, 5]) func tablesAndTheirFilesAreTheSame(seed: UInt64) throws {
    let folder = TemporaryFolder()
    let path = folder.file("rows.csv")
    try tableOfEveryKind(rows: 400, seed: seed).write(to: path)
    let file = try CSVFiles(paths: [path])
    let (first, second) = try (TableEncoder(file), TableEncoder(Table(reading: file)))
    #expect(first.fields == second.fields)
    #expect(first.columns == second.columns)
    #expect(first.table.columns == second.table.columns)
  }

  /// A nil of a table is missing whatever its column writes for it, and no other cell is.
  @Test func nilIsMissing() throws {
    let texts = (0..<60).map { $0 % 3 == 0 ? nil : ["NA", "x"][$0 % 2] }
    let column = Column(name: "a", values: .texts(texts), missingSpelling: "x")
    var options = TableEncoder.Options()
    options.reading.missingValues = MissingValues(spellings: [])
    let encoder = try TableEncoder(Table(columns: [column]), options: options)
    let missingCode = try #require(encoder.columns[0].missingCode)
    #expect(encoder.table.columns[0].map { Int($0) == missingCode } == texts.map { $0 == nil })
    #expect(encoder.columns[0].missingSpelling == "x")
  }

  /// Counts how often a table is read.
  private final class CountingSource: RowSource {
    let name = "counted.csv"
    let columnNames: [String]
    private let table: Table
    private let passes = Mutex(0)

    init(_ columns: [Column]) throws {
      table = try Table(columns: columns)
      columnNames = table.columnNames
    }

    var passCount: Int { passes.withLock { $0 } }

    func forEachBatch(_ body: (ColumnBatch) throws -> Void) throws {
      passes.withLock { $0 += 1 }
      try table.forEachBatch(body)
    }
  }

  private func passCount(_ columns: Column..., key: String? = nil) throws -> Int {
    let source = try CountingSource(columns)
    var options = TableEncoder.Options()
    options.policy.key = key
    _ = try TableEncoder(source, options: options)
    return source.passCount
  }

  /// One pass for the profile and one for the codes; one for each of: subfields, an order of dates that a sample shows, what
  /// places and large vocabularies need, a key.
  @Test func tablesAreReadSeldom() throws {
    let rows = 0..<600
    let unit = Column("unit", rows.map { $0 / 2 })
    let number = Column("n", rows.map { $0 % 7 })
    let price = Column("price", rows.map { "$\(1 + $0 % 90).50" })
    func dates(_ name: String, _ day: (Int) -> Int) -> Column {
      Column(name, rows.map { "2021-0\(1 + $0 % 5)-\(day($0))" })
    }
    let (first, later) = (dates("from") { 10 + $0 % 9 }, dates("to") { 19 + $0 % 9 })
    let unordered = dates("other") { 10 + $0 * 7 % 19 }
    let (north, east) = (
      Column("latitude", rows.map { 50 + Double($0 % 99) / 100 }),
      Column("longitude", rows.map { 10 + Double($0 % 88) / 100 })
    )
    #expect(try passCount(number) == 2)
    #expect(try passCount(number, price) == 2)
    #expect(try passCount(number, first) == 3)
    #expect(try passCount(number, first, unordered) == 3)
    #expect(try passCount(number, first, later) == 4)
    #expect(try passCount(number, north, east) == 4)
    #expect(try passCount(number, first, later, price, north, east) == 5)
    #expect(try passCount(unit, first, later, price, north, east, key: "unit") == 6)
  }

  /// A table that loses rows between the two readings.
  private final class ChangingSource: RowSource {
    let name = "changing.csv"
    let columnNames = ["x"]
    private let passes = Mutex(0)

    func forEachBatch(_ body: (ColumnBatch) throws -> Void) throws {
      let pass = passes.withLock { passes in
        passes += 1
        return passes
      }
      try Table(columns: [Column("x", (0..<20 * pass).map { $0 % 7 })]).forEachBatch(body)
    }
  }

  @Test func aTableThatChanges() throws {
    #expect(throws: SynthError.changedWhileReading(name: "changing.csv")) {
      try TableEncoder(ChangingSource())
    }
    #expect(
      SynthError.changedWhileReading(name: "a.csv").description
        == "a.csv: the table changed while it was read. Train again when nothing writes to it.")
  }
}
