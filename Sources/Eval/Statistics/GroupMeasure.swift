/// A measure whose columns and values have been found in the tables.
enum GroupMeasure {
  case count
  case mean(column: Int)
  case share(column: Int, ComparedValue)
  case quantile(column: Int, Double)

  /// - Throws: `EvalError` when there is no such column or value, or when a column does not hold numbers.
  init(
    _ measure: Statistic.Measure, of tables: ComparedTables, usedBy user: String
  ) throws(EvalError) {
    func numericColumn(_ name: String) throws(EvalError) -> Int {
      let column = try tables.index(of: name, usedBy: user)
      if !tables.columns[column].isNumeric { throw .notNumeric(column: name, usedBy: user) }
      return column
    }
    switch measure {
    case .count: self = .count
    case .mean(let name): self = .mean(column: try numericColumn(name))
    case .quantile(let name, let share):
      self = .quantile(column: try numericColumn(name), share)
    case .share(let name, let value):
      let column = try tables.index(of: name, usedBy: user)
      self = .share(column: column, try tables.value(value, inColumn: column, usedBy: user))
    }
  }

  /// The measure of every group of a table; nil where there is nothing to measure.
  ///
  /// - Parameters:
  ///   - groups: The group of every row.
  ///   - counts: The rows of every group.
  ///   - countScale: What counts are multiplied by.
  func values(
    _ table: ComparedTable, groups: [Int32], counts: [Int], countScale: Double
  ) -> [Double?] {
    switch self {
    case .count:
      return counts.map { Double($0) * countScale }
    case .share(let column, let value):
      var hits = Array(repeating: 0, count: counts.count)
      for (group, isHit) in zip(groups, table.values[column].areEqual(to: value)) where isHit {
        hits[Int(group)] += 1
      }
      return zip(hits, counts).map { $1 > 0 ? Double($0) / Double($1) : nil }
    case .mean(let column):
      return numbersByGroup(table.values[column], groups: groups, counts: counts).map { numbers in
        numbers.isEmpty ? nil : numbers.mean
      }
    case .quantile(let column, let share):
      return numbersByGroup(table.values[column], groups: groups, counts: counts).map { numbers in
        numbers.isEmpty ? nil : numbers.sorted().quantile(share)
      }
    }
  }

  /// The numbers that are there, in the order of the rows.
  private func numbersByGroup(
    _ values: ComparedValues, groups: [Int32], counts: [Int]
  ) -> [[Double]] {
    var numbers = counts.map { _ in [Double]() }
    for (group, number) in zip(groups, values.numbers) where !number.isNaN {
      numbers[Int(group)].append(number)
    }
    return numbers
  }
}
