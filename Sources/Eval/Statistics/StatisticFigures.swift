/// A user-defined statistic by groups.
public struct StatisticFigures: Codable, Sendable, Equatable {
  /// The definition as given: `mean(age) by marital_status`.
  public var definition: String
  public var groups: [StatisticGroup]
  /// The mean absolute deviation of the synthetic groups from the training ones, weighted by the training rows; the holdout's beside it.
  public var deviation: Measured
}

/// One group; a value is nil where the table has no such rows.
public struct StatisticGroup: Codable, Sendable, Equatable {
  /// The values of the columns that group.
  public var values: [String]
  public var training: Double?
  public var holdout: Double?
  public var synthetic: Double?
}

extension StatisticFigures {
  /// The statistics of training, holdout and synthetic rows, by synthetic table and statistic.
  ///
  /// Groups are those of real rows, the 1,000 largest of the training table if there are more.
  /// - Throws: `EvalError` when a statistic does not fit the tables.
  package static func figures(
    of tables: ComparedTables, statistics: [Statistic]
  ) throws(EvalError) -> [[StatisticFigures]] {
    var byTable = tables.synthetic.map { _ in [StatisticFigures]() }
    for statistic in statistics {
      let grouped = try GroupedStatistic(statistic, of: tables)
      for table in byTable.indices { byTable[table].append(grouped.figures(ofSynthetic: table)) }
    }
    return byTable
  }
}

extension [Double] {
  /// The mean of at least one number, of any size.
  package var mean: Double {
    let sum = reduce(0, +)
    return sum.isFinite ? sum / Double(count) : reduce(0) { $0 + $1 / Double(count) }
  }

  /// The number that a share of ascending numbers lie below, interpolated between two: type 7 of Hyndman and Fan ("Sample
  /// quantiles in statistical packages", 1996), numpy's default.
  package func quantile(_ share: Double) -> Double {
    let position = share * Double(count - 1)
    let below = Int(position)
    let part = position - Double(below)
    return self[below] * (1 - part) + self[Swift.min(below + 1, count - 1)] * part
  }
}

/// A statistic computed for the groups of every table.
struct GroupedStatistic {
  private static let groupLimit = 1_000

  let measure: GroupMeasure
  let groups: RowGroups
  /// The groups that are shown, in the order of their values.
  let shown: [Int]
  private let definition: String
  /// Training rows of each group.
  private let weights: [Int]
  /// By table and group: training, holdout if there is one, then the synthetic tables.
  private let values: [[Double?]]
  private let hasHoldout: Bool

  init(_ statistic: Statistic, of tables: ComparedTables) throws(EvalError) {
    definition = statistic.definition
    let user = "The statistic '\(definition)'"
    var columns: [Int] = []
    for name in statistic.groupColumns { columns.append(try tables.index(of: name, usedBy: user)) }
    let measure = try GroupMeasure(statistic.measure, of: tables, usedBy: user)
    self.measure = measure
    let groups = RowGroups(columns, of: tables)
    let counts = tables.all.indices.map { groups.rows.counts(inTable: $0) }
    let occurring = counts[0].indices.filter { group in
      tables.real.indices.contains { counts[$0][group] > 0 }
    }
    let largest = occurring.sorted { (-counts[0][$0], $0) < (-counts[0][$1], $1) }
    shown = largest.prefix(Self.groupLimit).sorted()
    weights = counts[0]
    values = tables.all.indices.map { table in
      let share = Double(tables.training.rowCount) / Double(tables.all[table].rowCount)
      return measure.values(
        measure.numbers(tables.all[table]), groups: groups.rows.tables[table],
        groupCount: groups.rows.count, countScale: share)
    }
    self.groups = groups
    hasHoldout = tables.holdout != nil
  }

  func figures(ofSynthetic index: Int) -> StatisticFigures {
    let synthetic = values[(hasHoldout ? 2 : 1) + index]
    let holdout = hasHoldout ? values[1] : nil
    return StatisticFigures(
      definition: definition,
      groups: shown.map { group in
        StatisticGroup(
          values: groups.texts(group), training: values[0][group], holdout: holdout?[group],
          synthetic: synthetic[group])
      },
      deviation: Measured(value: deviation(of: synthetic), holdout: holdout.map(deviation)))
  }

  /// The mean absolute deviation from the training rows, weighted by these.
  private func deviation(of others: [Double?]) -> Double {
    deviation(of: others, from: values[0], weights: weights)
  }

  /// The mean absolute deviation of some values from others, over the groups that are shown.
  func deviation(of others: [Double?], from values: [Double?], weights: [Int]) -> Double {
    let weight = shown.reduce(0) { $0 + (values[$1] == nil ? 0 : weights[$1]) }
    let sum = shown.reduce(0.0) { sum, group in
      guard let value = values[group] else { return sum }
      return sum + Double(weights[group]) / Double(weight) * abs(value - (others[group] ?? 0))
    }
    // The difference of two very large numbers may overflow.
    return min(sum, .greatestFiniteMagnitude)
  }

  /// The training rows' value of each group that is shown.
  var trainingValues: [Double?] { shown.map { values[0][$0] } }
}
