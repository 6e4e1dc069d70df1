/// A user-defined statistic by groups.
public struct StatisticFigures: Codable, Sendable, Equatable {
  /// As it was asked for: `mean(age) by marital_status`.
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
