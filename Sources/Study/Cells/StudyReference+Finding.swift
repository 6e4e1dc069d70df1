import Eval
import NN

extension StudyReference {
  private static let combinationLimit = 1_000

  /// Computes the figures of real rows.
  /// - Throws: `EvalError` when the target, a rule, a statistic or a chart does not fit the table, or the holdout has other
  ///   columns.
  init(of rows: RealRows, options: StudyOptions) throws {
    // There are no synthetic rows yet: the holdout takes their place.
    let holdout = rows.columns.selected(from: rows.holdout)
    let tables = try ComparedTables(
      training: rows.columns.selected(from: rows.training), holdout: holdout,
      synthetic: [holdout], missingValues: options.missingValues,
      identifiers: rows.columns.identifiers)
    violins = try options.violins.map { try ViolinGroups($0, of: tables).reference(of: tables) }
    var asked = options.evaluationOptions(parts: [.similarity])
    asked.target = options.target
    asked.rules = options.rules
    asked.statistics = options.statistics
    let evaluation = try Evaluation(of: tables, options: asked).synthetic[0]
    values = FigureValues(evaluation, privacy: nil, options: options).real
    rules = try options.rules.map { rule in
      let allowed = try rule.allowedCombinations(in: tables)
      return RuleReference(
        figure: .share(keeping: rule), columns: rule.columns,
        allowed: allowed.prefix(Self.combinationLimit).map {
          RuleReference.Combination(values: $0.values, count: $0.count)
        }, allowedCount: allowed.count)
    }
    let deviations = try ChanceDeviation.deviations(
      of: tables, statistics: options.statistics, seed: options.seed,
      pool: WorkerPool(threadCount: asked.threadCount))
    statistics = zip(options.statistics, zip(evaluation.statistics, deviations)).map {
      StatisticReference($0, $1.0, $1.1)
    }
  }
}

extension StatisticReference {
  fileprivate init(_ statistic: Statistic, _ figures: StatisticFigures, _ chance: ChanceDeviation) {
    figure = .deviation(of: statistic)
    definition = statistic.definition
    groups = zip(figures.groups, chance.intervals).map {
      Group(values: $0.values, training: $0.training, holdout: $0.holdout, interval: $1)
    }
    holdoutDeviation = figures.deviation.holdout ?? 0
    deviationLimit = chance.deviationLimit
  }
}
