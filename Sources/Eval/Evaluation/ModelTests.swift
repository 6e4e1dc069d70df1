import NN

/// The models that an evaluation fits and tests, side by side; those of real rows alone once for all synthetic tables.
struct ModelTests {
  private let tables: ComparedTables
  private let target: Target?
  /// Of each synthetic table, then of the holdout if there is one; empty where similarity is not wanted.
  private let discriminators: [DiscriminatorTest]
  /// Trained on each synthetic table, then on the training table; empty without a target.
  private let utilities: [UtilityTest]

  /// - Throws: `EvalError` when the target does not fit the tables.
  init(of tables: ComparedTables, options: EvaluationOptions) throws(EvalError) {
    self.tables = tables
    target = options.target
    let seed = options.seed
    if options.parts.contains(.similarity) {
      let holdout = DiscriminatorTest(ofHoldoutIn: tables, seed: seed)
      discriminators =
        tables.synthetic.indices.map { DiscriminatorTest(ofSynthetic: $0, in: tables, seed: seed) }
        + (holdout.map { [$0] } ?? [])
    } else {
      discriminators = []
    }
    var utilities: [UtilityTest] = []
    if let target {
      let sources = tables.synthetic.indices.map { UtilityTest.Source.synthetic($0) }
      for source in sources + [.training] {
        utilities.append(try UtilityTest(training: source, on: target, in: tables, seed: seed))
      }
    }
    self.utilities = utilities
  }

  var isEmpty: Bool { discriminators.isEmpty && utilities.isEmpty }

  /// The results by synthetic table; nil for tests that were not requested.
  struct Outcomes {
    var discriminators: [Discriminator]?
    var utility: [UtilityFigures]?
  }

  /// Fits and tests all models, each on one thread.
  func outcomes(pool: WorkerPool) throws(EvalError) -> Outcomes {
    let jobs = discriminators.enumerated().flatMap { index, test in
      (0..<test.foldCount).map { (test: index, fold: $0) }
    }
    let folds = PartResults<Result<DiscriminatorTest.Fold, EvalError>?>(
      repeating: nil, count: jobs.count)
    let predicted = PartResults<Result<UtilityTest.Outcome, EvalError>?>(
      repeating: nil, count: utilities.count)
    // A pool begins with the last job: the model of the training table takes longest and should not come late.
    pool.run(folds.count + predicted.count) { [discriminators, utilities] job in
      if job < folds.count {
        folds[job] = Result { () throws(EvalError) in
          try discriminators[jobs[job].test].run(fold: jobs[job].fold)
        }
      } else {
        let job = job - folds.count
        predicted[job] = Result { () throws(EvalError) in try utilities[job].run() }
      }
    }
    let found = try Self.successes(folds)
    let outcomes = discriminators.enumerated().map { index, test in
      test.outcome(of: zip(jobs, found).filter { $0.0.test == index }.map(\.1))
    }
    return Outcomes(
      discriminators: compared(outcomes), utility: compared(try Self.successes(predicted)))
  }

  private static func successes<Success>(
    _ results: PartResults<Result<Success, EvalError>?>
  ) throws(EvalError) -> [Success] {
    var successes: [Success] = []
    for index in 0..<results.count { successes.append(try results[index]!.get()) }
    return successes
  }

  private func compared(_ outcomes: [DiscriminatorTest.Outcome]) -> [Discriminator]? {
    if outcomes.isEmpty { return nil }
    let holdout = tables.holdout == nil ? nil : outcomes.last
    return outcomes.prefix(tables.synthetic.count).map { Discriminator($0, holdout: holdout) }
  }

  private func compared(_ predicted: [UtilityTest.Outcome]) -> [UtilityFigures]? {
    guard let target, let real = predicted.last else { return nil }
    return predicted.dropLast().map { UtilityFigures(of: target, synthetic: $0, real: real) }
  }
}
