import Eval

extension ReportFixture {
  /// All figures of the tables, with a rule and a statistic of the first two columns and the first category as the target.
  static func evaluate(_ tables: ComparedTables) throws -> Evaluation {
    var options = EvaluationOptions()
    options.threadCount = 2
    let quoted = tables.columns.prefix(2).map { "\"\($0.name)\"" }
    if quoted.count > 1 {
      options.rules = [try Rule(parsing: quoted.joined(separator: ","))]
      options.statistics = [try Statistic(parsing: "mean(\(quoted[0])) by \(quoted[1])")]
    }
    options.target = tables.columns.first { $0.levels?.count ?? 0 > 1 }
      .map { Target($0.name, value: $0.levels?.first) }
    return try Evaluation(of: tables, options: options)
  }
}
