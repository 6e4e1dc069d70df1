import Tables
import Testing

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
