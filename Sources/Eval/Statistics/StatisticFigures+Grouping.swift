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
