import Tables

/// The values of a column in several tables, as codes that all tables share.
struct RowCodes: Sendable {
  /// For each table, the code of every row.
  var tables: [[Int32]]
  /// Codes are below this.
  var count: Int
}

/// The distinct values of a column in all tables, as codes: the levels in their order, numbers ascending, and
/// missing values last.
struct DistinctValues: Sendable {
  let rows: RowCodes
  private let levels: [String]
  private let numbers: [Double]

  /// - Parameter values: The column in each of the tables.
  init(_ column: ComparedColumn, values: [ComparedValues]) {
    levels = column.levels ?? []
    guard column.isNumeric else {
      numbers = []
      let missing = Int32(levels.count)
      rows = RowCodes(
        tables: values.map { $0.codes.map { $0 < 0 ? missing : $0 } }, count: levels.count + 1)
      return
    }
    let numbers = distinct(values.flatMap(\.numbers).filter { !$0.isNaN })
    rows = RowCodes(
      tables: values.map { $0.numbers.map { Int32(index(of: $0, in: numbers)) } },
      count: numbers.count + 1)
    self.numbers = numbers
  }

  /// The value of a code; `(missing)` for a missing value.
  func text(_ code: Int) -> String {
    if code < levels.count { return levels[code] }
    if code < numbers.count { return spelled(numbers[code]) }
    return "(missing)"
  }
}

/// The combinations of values in some columns of several tables.
struct RowGroups: Sendable {
  /// The group of every row.
  let rows: RowCodes
  private let columns: [DistinctValues]
  /// For each column after the first, the pairs that its codes make with the groups before: group · codes + code.
  private let pairs: [[Int]]

  /// - Parameter columns: At least one, by index.
  init(_ columns: [Int], of tables: ComparedTables) {
    let columns = columns.map { column in
      DistinctValues(tables.columns[column], values: tables.all.map { $0.values[column] })
    }
    var rows = columns[0].rows
    var pairs: [[Int]] = []
    for column in columns.dropFirst() {
      let combined = rows.paired(with: column.rows)
      rows = combined.rows
      pairs.append(combined.pairs)
    }
    self.rows = rows
    self.columns = columns
    self.pairs = pairs
  }

  /// The texts of a group's values, one for each column.
  func texts(_ group: Int) -> [String] {
    var group = group
    var texts: [String] = []
    for (column, pairs) in zip(columns.dropFirst(), pairs).reversed() {
      let (before, code) = pairs[group].quotientAndRemainder(dividingBy: column.rows.count)
      texts.append(column.text(code))
      group = before
    }
    return [columns[0].text(group)] + texts.reversed()
  }
}

extension RowCodes {
  /// Codes of the pairs that rows have in two columns, ascending by the first column, then by the second.
  ///
  /// - Returns: The codes, and for each the pair: first code · `other.count` + second code.
  func paired(with other: RowCodes) -> (rows: RowCodes, pairs: [Int]) {
    let keys = zip(tables, other.tables).map { first, second in
      zip(first, second).map { Int($0) * other.count + Int($1) }
    }
    let pairs = distinct(keys.flatMap { $0 })
    let codes = keys.map { $0.map { Int32(index(of: $0, in: pairs)) } }
    return (RowCodes(tables: codes, count: pairs.count), pairs)
  }

  /// The rows of a table that have each code.
  func counts(inTable table: Int) -> [Int] {
    var counts = Array(repeating: 0, count: count)
    for code in tables[table] { counts[Int(code)] += 1 }
    return counts
  }
}

/// The distinct elements, ascending.
private func distinct<Element: Comparable>(_ elements: [Element]) -> [Element] {
  var distinct: [Element] = []
  for element in elements.sorted() where element != distinct.last { distinct.append(element) }
  return distinct
}

/// The index of an element in an ascending list that contains it; NaN is behind the last.
private func index<Element: Comparable>(of element: Element, in sorted: [Element]) -> Int {
  if element != element { return sorted.count }
  return sorted.partitioningIndex { !($0 < element) }
}

/// A number without needless decimals: `12`, not `12.0`.
package func spelled(_ number: Double) -> String {
  Int(exactly: number).map { "\($0)" } ?? "\(number)"
}
