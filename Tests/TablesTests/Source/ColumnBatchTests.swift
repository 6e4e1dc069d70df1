import Foundation
import Tables
import TestSupport
import Testing

@Suite struct ColumnBatchTests {
  private func batch(firstRow: Int = 0) -> ColumnBatch {
    ColumnBatch(
      firstRow: firstRow,
      columns: [
        Column("town", ["Ulm", nil, "NA"]),
        Column(
          name: "price", values: .numbers([1.5, 2, nil], NumberFormat(decimals: 2, isFixed: true)),
          missingSpelling: "-"),
        Column("count", [3, nil, -4]),
      ])
  }

  @Test func cellsHaveTextsAndNumbers() {
    let batch = batch(firstRow: 7)
    #expect((batch.rowCount, batch.columnCount, batch.firstRow) == (3, 3, 7))
    func column<Value>(_ column: Int, _ cell: (Int, Int) -> Value) -> [Value] {
      (0..<3).map { cell($0, column) }
    }
    #expect(column(0, batch.text) == ["Ulm", nil, "NA"])
    #expect(column(1, batch.text) == ["1.50", "2.00", nil])
    #expect(column(2, batch.text) == ["3", nil, "-4"])
    #expect(column(0, batch.number) == [nil, nil, nil])
    #expect(column(1, batch.number) == [1.5, 2, nil])
    #expect(column(2, batch.number) == [3, nil, -4])
    #expect(
      (0..<3).map { batch.withBytes($0, 0, Array.init) } == [
        Array("Ulm".utf8), [], Array("NA".utf8),
      ])
    #expect(column(0, batch.isMissing) == [false, true, false])
    #expect(column(1, batch.isMissing) == [false, false, true])
  }

  /// The number of a typed cell is the number itself, not what its spelling is rounded to; texts are read.
  @Test func numbersAreNotRoundedToTheirSpelling() {
    let batch = ColumnBatch(
      firstRow: 0,
      columns: [
        Column(
          name: "x", values: .numbers([1 / 3], NumberFormat(decimals: 1, isFixed: true))),
        Column("y", ["2.5e3"]),
      ])
    #expect(batch.text(0, 0) == "0.3" && batch.number(0, 0) == 1 / 3)
    #expect(batch.number(0, 1) == 2500)
  }

  @Test func whatIsNotFiniteIsMissing() {
    let numbers: [Double?] = [.nan, .infinity, 0.25, nil]
    let whole = NumberFormat(decimals: 0, isFixed: true)
    let batch = ColumnBatch(
      firstRow: 0,
      columns: [Column("x", numbers), Column(name: "y", values: .numbers(numbers, whole))])
    for column in 0..<2 {
      #expect((0..<4).map { batch.isMissing($0, column) } == [true, true, false, true])
    }
    #expect(batch.text(2, 0) == "0.25")
  }

  /// What a column of `Double` spells, a reader takes for the same number, however large or small it is.
  @Test(arguments: [0.1, 1e-7, -1.25e-12, 1e15, -123_456_789_012_345_680, 1e300, 2.5e-300])
  func numbersSurviveTheirSpelling(number: Double) throws {
    let table = try Table(columns: [Column("x", [number, 0, nil])])
    let copy = try Table(reading: table)
    #expect(copy["x"]?.values == .numbers([number, 0, nil], formatOfNumbers(copy)))
  }

  private func formatOfNumbers(_ table: Table) -> NumberFormat {
    if case .numbers(_, let format) = table.columns[0].values { return format }
    return NumberFormat(decimals: 0, isFixed: true)
  }

  /// Identifiers of 64 bits keep every digit.
  @Test func largeIntegersAreTexts() {
    let largest = [Int.max, Int.min, nil, 5]
    #expect(Column("id", largest) == Column("id", ["\(Int.max)", "\(Int.min)", nil, "5"]))
    let exact = [1 << 53, -(1 << 53)]
    let whole = NumberFormat(decimals: 0, isFixed: true)
    #expect(
      Column("id", exact)
        == Column(name: "id", values: .numbers([0x1p53, -0x1p53], whole)))
  }

  @Test func aWriterSpellsCellsAsTheirColumnSays() throws {
    let folder = TemporaryFolder()
    let path = folder.file("rows.csv")
    let writer = try CSVWriter(path: path, columnNames: ["town", "price", "count"])
    try writer.write(batch())
    try writer.finish()
    #expect(
      try String(contentsOfFile: path, encoding: .utf8)
        == "town,price,count\nUlm,1.50,3\n,2.00,\nNA,-,-4\n")
  }

  /// A nil is missing even where its spelling is a value to the reader.
  @Test func marksOutliveSelections() throws {
    let table = try Table(columns: [
      Column(name: "a", values: .texts(["x", nil, "y", nil]), missingSpelling: "x"),
      Column("b", [1, 2, 3, 4]),
    ])
    let rows = SelectedRows(SelectedColumns(table) { $0 == "a" }, name: "odd") { $0 % 2 == 1 }
    var marks: [Bool] = []
    try rows.forEachBatch { batch in
      marks += (0..<batch.rowCount).map { batch.isMissing($0, 0) }
    }
    #expect(marks == [true, true])
    let copy = try Table(reading: table, missingValues: MissingValues(spellings: []))
    #expect(copy["a"] == table["a"])
  }

  @Test func profilesKnowMarkedCells() throws {
    let table = try Table(columns: [
      Column(name: "a", values: .texts(["x", nil, "NA", nil]), missingSpelling: "-"),
      Column(
        name: "b", values: .numbers([1, nil, 3, 4], NumberFormat(decimals: 0, isFixed: true)),
        missingSpelling: "none"),
    ])
    let profile = try TableProfile(
      scanning: table, missingValues: MissingValues(spellings: []))
    #expect(profile.columns.map(\.missingCount) == [2, 1])
    #expect(profile.columns.map(\.missingSpelling) == ["-", "none"])
    #expect(profile.columns[0].levels.map(\.text).sorted() == ["NA", "x"])
    #expect(profile.columns[1].type == .integer && profile.columns[1].wordCount == 0)
  }
}
