import Eval
import Tables

/// A table without a pattern that tables of other seeds share; `table` in Tools/reference/privacy.py.
func closedFormTable(rows: Int, seed: Int) -> Table {
  let mixed = (0..<rows).map { ($0 * $0 * 37 + $0 * 101 + seed * 7919) % 1009 }
  let levels = "abcdefg".map(String.init)
  return try! Table(columns: [
    Column("first", mixed.map { Double($0 % 97) as Double? }),
    Column(
      "second",
      mixed.enumerated().map { row, mixed in
        (mixed * 3 + row) % 11 == 0 ? nil : Double((mixed * 31 + row * seed) % 463) / 4
      }),
    Column(
      "third",
      mixed.enumerated().map { row, mixed in
        levels[(mixed + row) % 3 == 0 ? 0 : (mixed / 5 + row * row) % 7] as String?
      }),
    Column("fourth", mixed.enumerated().map { ["yes", "no"][($1 + $0) % 5 / 3] as String? }),
  ])
}

extension Table {
  /// The rows at some places, the values of each column alone in this order.
  func rows(_ rows: [Int]) -> Table {
    try! Table(
      columns: columns.map { column in
        var column = column
        switch column.values {
        case .numbers(let numbers, let format):
          column.values = .numbers(rows.map { numbers[$0] }, format)
        case .texts(let texts): column.values = .texts(rows.map { texts[$0] })
        }
        return column
      })
  }

  /// The rows of this table followed by those of another one with the same columns.
  func followed(by other: Table) -> Table {
    try! Table(
      columns: zip(columns, other.columns).map { column, other in
        var column = column
        switch (column.values, other.values) {
        case (.numbers(let numbers, let format), .numbers(let others, _)):
          column.values = .numbers(numbers + others, format)
        case (.texts(let texts), .texts(let others)): column.values = .texts(texts + others)
        default: preconditionFailure("the column '\(column.name)' is of another kind")
        }
        return column
      })
  }
}
