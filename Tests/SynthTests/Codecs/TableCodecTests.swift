import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// Rows become codes by what stands in a model file alone, and codes rows.
struct TableCodecTests {
  /// A table with a column of every kind, and two of which one bounds the other.
  private func table(seed: UInt64) throws -> Table {
    let everyKind = try tableOfEveryKind(rows: 30 + Int(seed % 50), seed: seed)
    var random = SplitMix64(seed: seed)
    let lows = (0..<everyKind.rowCount).map { _ in Int.random(in: 0..<500, using: &random) }
    let highs = lows.map { low in
      Int.random(in: 0..<8, using: &random) == 0
        ? nil : low + Int.random(in: 0..<40, using: &random)
    }
    return try Table(columns: everyKind.columns + [Column("low", lows), Column("high", highs)])
  }

  /// The codec of a table's fitted fields, written as JSON and read again as a model file's are.
  private func codec(_ encoder: TableEncoder) throws -> TableCodec {
    func reread<Value: Codable>(_ value: Value) throws -> Value {
      try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
    }
    return TableCodec(fields: try reread(encoder.fields), columns: try reread(encoder.columns))
  }

  /// Columns whose cells are not a function of their codes alone: a bounded number lies at a distance from one that is drawn
  /// in its bin and ends where the column does, a place may lie beyond the border of its cell, and where values are protected
  /// dates end where enough rows do.
  private func isExact(_ column: String, _ policy: DisclosurePolicy) -> Bool {
    switch column {
    case "high", "latitude", "longitude": false
    case "signup", "login": !policy.protectsValues
    default: true
    }
  }

  @Test(arguments: 0..<10) func roundTripsOnRandomTables(_ group: UInt64) throws {
    var (inexactCells, changedCells) = (0, 0)
    for seed in 50 * group..<50 * group + 50 {
      let table = try table(seed: seed)
      var options = TableEncoder.Options()
      options.policy = seed % 2 == 0 ? .none : DisclosurePolicy(seed: seed)
      options.reading.constraints = [try Constraint(parsing: "low <= high")]
      let encoder = try TableEncoder(table, options: options)
      let codec = try codec(encoder)
      let rows = try codec.encode(table, missingValues: .standard)
      #expect(
        rows.codes.map { $0.map(UInt16.init) } == encoder.table.columns, "seed \(seed)")
      let again = try codec.encode(try codec.decode(rows, seed: seed), missingValues: .standard)
      for (index, field) in encoder.fields.enumerated() {
        for row in 0..<rows.rowCount where rows.states[index][row] == .known {
          let codes = { (rows: EncodedRows) in field.parts.map { rows.codes[$0][row] } }
          if isExact(field.name, options.policy) {
            #expect(codes(again) == codes(rows), "seed \(seed), row \(row), column \(field.name)")
          } else {
            inexactCells += 1
            changedCells += codes(again) == codes(rows) ? 0 : 1
          }
        }
      }
    }
    #expect(inexactCells > 5_000 && changedCells * 50 < inexactCells, "\(changedCells) changed")
  }

  /// What a new cell can be: a value that the model knows, none, and values that it cannot represent.
  @Test func statesOfNewCells() throws {
    let sizes: [Int?] = (0..<100).map { row in row % 10 == 9 ? nil : row * 7 % 50 }
    let table = try Table(columns: [
      Column("color", (0..<100).map { $0 == 99 ? "mauve" : ["red", "blue"][$0 % 2] }),
      Column("size", sizes),
      Column("day", (0..<100).map { "2024-01-\(10 + $0 % 20)" }),
    ])
    let encoder = try TableEncoder(table)
    let new = try Table(columns: [
      Column("other", ["x", "x", "x", "x"]),
      Column("day", ["2024-01-15", "2031-01-01", "soon", nil]),
      Column("color", ["red", "green", "mauve", nil]),
      Column("size", [21, 5_000, nil, 7]),
    ])
    let rows = try codec(encoder).encode(new, missingValues: .standard)
    #expect(rows.states[0] == [.known, .unknown, .unknown, .unknown])
    #expect(rows.states[1] == [.known, .unknown, .missing, .known])
    #expect(rows.states[2] == [.known, .unknown, .unknown, .unknown])
    let size = encoder.columns[1]
    guard case .number(let number) = size.kind else { return }
    // Beyond the end of a column its last numbers are the nearest.
    #expect(
      rows.codes[1][1] == Int32(number.rangeCount - 1) && rows.codes[1][0] < rows.codes[1][1])
  }
}
