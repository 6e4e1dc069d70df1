import NN

extension Evaluation {
  /// The measurement in progress.
  public enum Phase: String, Sendable {
    /// Rules and statistics.
    case definitions
    case accuracy, similarity, privacy, relations
    /// Classifiers that distinguish synthetic rows from real ones or predict the target: most of the time.
    case models
  }

  /// Judges synthetic tables.
  ///
  /// The same tables and options give the same figures with any number of threads.
  ///
  /// - Parameters:
  ///   - tables: The real tables and the synthetic ones.
  ///   - options: The measurements to make.
  ///   - onPhase: Called with what comes next.
  /// - Throws: `EvalError` when the target, a rule or a statistic does not fit the tables.
  public init(
    of tables: ComparedTables, options: EvaluationOptions = EvaluationOptions(),
    onPhase: (Phase) -> Void = { _ in }
  ) throws(EvalError) {
    let pool = WorkerPool(threadCount: options.threadCount)
    let seed = options.seed
    // What a user wrote comes first: a slip of the pen should not show after seconds.
    onPhase(.definitions)
    let models = try ModelTests(of: tables, options: options)
    let rules = try RuleFigures.figures(of: tables, rules: options.rules)
    let statistics = try StatisticFigures.figures(of: tables, statistics: options.statistics)
    onPhase(.accuracy)
    let accuracy = AccuracyFigures.figures(of: tables, seed: seed, pool: pool)
    let space =
      options.parts.isDisjoint(with: [.similarity, .privacy])
      ? nil : FeatureSpace(of: tables, seed: seed, pool: pool)
    var privacy: [PrivacyFigures]?
    if let space, options.parts.contains(.privacy) {
      onPhase(.privacy)
      let evaluator = PrivacyEvaluator(of: tables, in: space, pool: pool)
      privacy = tables.synthetic.indices.map(evaluator.figures)
    }
    var relations: [RelationsFigures]?
    if options.parts.contains(.relations) {
      onPhase(.relations)
      relations = RelationsFigures.figures(of: tables, seed: seed, pool: pool)
    }
    if !models.isEmpty { onPhase(.models) }
    let outcomes = try models.outcomes(pool: pool)
    var similarity: [SimilarityFigures]?
    if let space, let discriminators = outcomes.discriminators {
      onPhase(.similarity)
      similarity = SimilarityFigures.figures(
        of: tables, in: space, discriminators: discriminators, seed: seed, pool: pool)
    }
    columns = tables.columns.map(\.name)
    training = TableSize(tables.training)
    holdout = tables.holdout.map { TableSize($0) }
    self.seed = seed
    synthetic = tables.synthetic.indices.map { index in
      SyntheticEvaluation(
        table: TableSize(tables.synthetic[index]), accuracy: accuracy[index],
        similarity: similarity?[index], privacy: privacy?[index],
        utility: outcomes.utility?[index], relations: relations?[index],
        statistics: statistics[index], rules: rules[index])
    }
  }
}

extension TableSize {
  fileprivate init(_ table: ComparedTable) {
    self.init(name: table.name, rowCount: table.rowCount)
  }
}
