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

  /// The measurement of each row of a table: a number, NaN where it is missing; 1 or 0 for whether the row has the value
  /// of a share; 1 for a count.
  func numbers(_ table: ComparedTable) -> [Double] {
    switch self {
    case .count: Array(repeating: 1, count: table.rowCount)
    case .share(let column, let value): table.values[column].areEqual(to: value).map { $0 ? 1 : 0 }
    case .mean(let column), .quantile(let column, _): table.values[column].numbers
    }
  }

  /// The measure of every group of rows; nil if there is nothing to measure.
  ///
  /// - Parameters:
  ///   - numbers: The measurement of every row.
  ///   - groups: The group of every row, below `groupCount`.
  ///   - countScale: What counts are multiplied by.
  func values(
    _ numbers: [Double], groups: [Int32], groupCount: Int, countScale: Double
  ) -> [Double?] {
    var byGroup = [[Double]](repeating: [], count: groupCount)
    for (group, number) in zip(groups, numbers) where !number.isNaN {
      byGroup[Int(group)].append(number)
    }
    return byGroup.map { numbers in
      switch self {
      case .count: Double(numbers.count) * countScale
      case .share, .mean: numbers.isEmpty ? nil : numbers.mean
      case .quantile(_, let share): numbers.isEmpty ? nil : numbers.sorted().quantile(share)
      }
    }
  }
}
