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
    options.missingValues = MissingValues(spellings: [])
    let encoder = try TableEncoder(Table(columns: [column]), options: options)
    let missingCode = try #require(encoder.columns[0].missingCode)
    #expect(encoder.table.columns[0].map { Int($0) == missingCode } == texts.map { $0 == nil })
    #expect(encoder.columns[0].missingSpelling == "x")
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
