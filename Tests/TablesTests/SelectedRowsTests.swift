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
        let number = try #require(Int(String(decoding: batch[row, 0], as: UTF8.self)))
        let text = number % 3 == 0 ? "" : "a,\"\(number)\""
        #expect(String(decoding: batch[row, 1], as: UTF8.self) == text)
        numbers.append(number)
      }
    }
    #expect(numbers == expected)
  }
}
