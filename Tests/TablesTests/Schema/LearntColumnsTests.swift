import Tables
import Testing

@Suite struct LearntColumnsTests {
  private let ids = Column("customer_id", (0..<30).map { 500 + $0 })
  private let colors = Column("color", (0..<30).map { ["red", "green"][$0 % 2] })

  @Test func identifiersAreLeftOut() throws {
    let table = try Table(columns: [colors, ids])
    let columns = try LearntColumns(of: table)
    #expect(columns.identifiers == ["customer_id"])
    #expect(columns.selected(from: table).columnNames == ["color"])
    // Tables of other rows have the same columns in any order.
    let other = try Table(columns: [ids, colors])
    #expect(columns.selected(from: other).columnNames == ["color"])
  }

  @Test func somethingIsLeft() throws {
    let table = try Table(columns: [ids])
    #expect(try LearntColumns(of: table).identifiers.isEmpty)
    let columns = try LearntColumns(of: Table(columns: [colors, ids]))
    #expect(columns.selected(from: table).columnNames == ["customer_id"])
  }
}
