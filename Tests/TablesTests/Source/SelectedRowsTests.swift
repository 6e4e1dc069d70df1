import Tables
import Testing

@Suite struct SelectedRowsTests {
  private func table(_ rowCount: Int) throws -> Table {
    try Table(columns: [
      Column("number", (0..<rowCount).map { $0 }),
      Column("text", (0..<rowCount).map { $0 % 3 == 0 ? nil : "a,\"\($0)\"" }),
    ])
  }

  /// More rows than a batch holds.
  @Test(arguments: [1, 2, 7, 1_000, 100_000])
  func everySoManyRows(_ step: Int) throws {
    let table = try table(70_000)
    let selected = SelectedRows(table, name: "Some") { $0 % step == step - 1 }
    let expected = (0..<70_000).filter { $0 % step == step - 1 }
    #expect(selected.name == "Some" && selected.columnNames == ["number", "text"])
    var numbers: [Int] = []
    try selected.forEachBatch { batch in
      #expect(batch.rowCount > 0 && batch.firstRow == numbers.count)
      for row in 0..<batch.rowCount {
        let number = try #require(Int(String(decoding: batch.spelling(row, 0), as: UTF8.self)))
        let text = number % 3 == 0 ? "" : "a,\"\(number)\""
        #expect(String(decoding: batch.spelling(row, 1), as: UTF8.self) == text)
        numbers.append(number)
      }
    }
    #expect(numbers == expected)
  }
}

@Suite struct SelectedColumnsTests {
  /// More rows than a batch holds.
  @Test func someColumnsOfAllRows() throws {
    let table = try Table(columns: [
      Column("a", (0..<70_000).map { $0 }), Column("b", (0..<70_000).map { "b,\($0)" }),
      Column("c", (0..<70_000).map { $0 % 2 == 0 ? nil : "c" }),
    ])
    for names in [["a"], ["b", "c"], ["a", "c"], ["a", "b", "c"]] {
      let selected = SelectedColumns(table, where: names.contains)
      #expect(selected.columnNames == names && selected.name == table.name)
      let read = try rows(of: selected)
      #expect(read.count == 70_000)
      for row in [0, 1, 40_000, 69_999] {
        let whole = ["a": "\(row)", "b": "b,\(row)", "c": row % 2 == 0 ? "" : "c"]
        #expect(read[row] == names.map { whole[$0]! })
      }
    }
  }
}
