import Foundation
import Tables
import TestSupport
import Testing

@Suite struct TableTests {
  @Test func checksItsColumns() {
    #expect(throws: TableError.noColumns) { try Table(columns: []) }
    #expect(
      throws: TableError.differentLengths(
        firstColumn: "a", firstCount: 2, column: "b", count: 1)
    ) { try Table(columns: [Column("a", [1, 2]), Column("b", ["x"])]) }
    #expect(
      throws: TableError.duplicateColumnName(table: "The table", name: "a", first: 1, second: 2)
    ) { try Table(columns: [Column("a", [1]), Column("a", ["x"])]) }
    #expect(throws: TableError.emptyColumnName(table: "The table", number: 1)) {
      try Table(columns: [Column("", [1])])
    }
    #expect(
      "\(TableError.differentLengths(firstColumn: "a", firstCount: 2, column: "b", count: 1))"
        == "Column 'b' has 1 values, but 'a' has 2. Give all columns the same number of values.")
    #expect("\(TableError.noColumns)" == "The table has no columns. Give it at least one.")
  }

  @Test func readsTypedColumns() throws {
    let folder = TemporaryFolder()
    let path = folder.file("data.csv", "age,height,city\n31,1.80,Köln\nNA,1.7,\n-4,,\"a,b\"\n")
    let table = try Table(contentsOf: path)
    #expect(table.name == path)
    #expect(table.rowCount == 3)
    #expect(table.columnNames == ["age", "height", "city"])
    #expect(
      table["age"]
        == Column(
          name: "age", values: .numbers([31, nil, -4], NumberFormat(decimals: 0, isFixed: true)),
          missingSpelling: "NA"))
    #expect(
      table["height"]
        == Column(
          name: "height",
          values: .numbers([1.8, 1.7, nil], NumberFormat(decimals: 2, minimumDecimals: 1))))
    #expect(table["city"] == Column("city", ["Köln", nil, "a,b"]))
    #expect(table["other"] == nil)
  }

  @Test func readsATableWithoutRows() throws {
    let folder = TemporaryFolder()
    let table = try Table(contentsOf: folder.file("data.csv", "a,b\n"))
    #expect(table.rowCount == 0)
    #expect(table.columnNames == ["a", "b"])
    #expect(try rows(of: table) == [])
  }

  @Test func isARowSource() throws {
    let table = try Table(columns: [
      Column("i", [1, nil, -3]), Column("d", [0.5, 2, nil]),
      Column(name: "t", values: .texts([nil, "", "x\"y"]), missingSpelling: "NA"),
    ])
    #expect(try rows(of: table) == [["1", "0.5", "NA"], ["", "2", ""], ["-3", "", "x\"y"]])
    #expect(try rows(of: Table(columns: [Column("t", ["", nil])])) == [[""], [""]])
  }

  @Test func spansManyBatches() throws {
    let numbers = Array(0..<200_000)
    let table = try Table(columns: [Column("n", numbers), Column("m", numbers.map { -$0 })])
    let copy = try Table(reading: table)
    #expect(copy == table)
  }

  @Test(arguments: 0..<60)
  func survivesAFile(seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    let rowCount = Int.random(in: 0...40, using: &generator)
    let pieces = [
      "a", "B", " ", ",", ";", "\t", "|", "\"", "\n", "\r", "\r\n", "é", "e\u{301}", "東京", "🚆",
      "0", "-", ".",
    ]
    var columns: [Column] = []
    for index in 0..<Int.random(in: 1...6, using: &generator) {
      func isMissing() -> Bool { Int.random(in: 0..<5, using: &generator) == 0 }
      let name = "c\(index)" + pieces[Int.random(in: 0..<pieces.count, using: &generator)]
      switch Int.random(in: 0..<3, using: &generator) {
      case 0:
        columns.append(
          Column(
            name,
            (0..<rowCount).map { _ in
              isMissing() ? nil : Int(truncatingIfNeeded: generator.next() >> 20)
            }))
      case 1:
        let values = (0..<rowCount).map { _ in
          isMissing() ? nil : Double(Int.random(in: -99_999...99_999, using: &generator)) / 100
        }
        columns.append(Column(name, values))
      default:
        let texts = (0..<rowCount).map { _ -> String? in
          if isMissing() { return nil }
          let count = Int.random(in: 1...6, using: &generator)
          return "x"
            + (0..<count).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }
            .joined()
        }
        columns.append(Column(name, texts))
      }
    }
    let table = try Table(columns: columns)
    let folder = TemporaryFolder()
    for name in ["table.csv", "table.csv.gz"] {
      for separator in [UInt8(ascii: ","), UInt8(ascii: "\t")] {
        let path = folder.file(name)
        try table.write(to: path, separator: separator)
        let copy = try Table(
          reading: CSVFiles(paths: [path], options: CSVOptions(separator: separator)))
        #expect(copy.columnNames == table.columnNames)
        #expect(copy.rowCount == rowCount)
        for (left, right) in zip(copy.columns, table.columns) { expectSameValues(left, right) }
      }
    }
  }

  /// The values agree; the format of numbers may differ, and an empty column has no type.
  private func expectSameValues(_ left: Column, _ right: Column) {
    switch (left.values, right.values) {
    case (.numbers(let left, _), .numbers(let right, _)): #expect(left == right)
    case (.texts(let left), .texts(let right)):
      #expect(left.map { $0.map { Array($0.utf8) } } == right.map { $0.map { Array($0.utf8) } })
    case (.texts(let left), .numbers(let right, _)):
      #expect(left.allSatisfy { $0 == nil } && right.allSatisfy { $0 == nil })
    default: Issue.record("Texts became numbers.")
    }
  }
}
