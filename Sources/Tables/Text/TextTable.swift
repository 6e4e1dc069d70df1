import Foundation

/// A text table: the first columns are aligned left, the others right.
package struct TextTable {
  private var rows: [[String]]
  private let leftCount: Int
  /// Whether the last column is also aligned left, because it holds sentences.
  private let endsWithText: Bool

  /// A table without rows.
  package init(header: [String], leftCount: Int, endsWithText: Bool = false) {
    rows = [header]
    self.leftCount = leftCount
    self.endsWithText = endsWithText
  }

  /// Adds a row with a cell for every column. Control characters are escaped.
  package mutating func add(_ row: [String]) { rows.append(row.map(\.printable)) }

  /// The lines from the header to the last row.
  package var lines: [String] {
    let widths = rows[0].indices.map { index in rows.reduce(0) { max($0, $1[index].count) } }
    return rows.map { row in
      let cells = row.indices.map { index in
        let padding = String(repeating: " ", count: widths[index] - row[index].count)
        if index == row.count - 1 && endsWithText { return row[index] }
        return index < leftCount ? row[index] + padding : padding + row[index]
      }
      return cells.joined(separator: "  ")
    }
  }

  /// A name shortened to leave room for other columns, with control characters escaped.
  package static func shortened(_ name: String) -> String {
    let name = name.printable
    return name.count > 40 ? name.prefix(39) + "…" : name
  }

  /// A share as a percentage; empty for 0.
  package static func percentage(_ share: Double) -> String {
    share == 0 ? "" : String(format: "%.2f %%", 100 * share)
  }
}
