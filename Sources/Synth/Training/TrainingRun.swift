import Foundation
import NN
import Tables

/// A training run from table to generator: the stages of its ``TrainingPlan`` one after another, with early stopping. The result
/// has, for each order in which columns are read, the weights of the refit, or of the best epoch of any fold.
package final class TrainingRun {
  private let encoder: TableEncoder
  private var plan: TrainingPlan
  private let pool: WorkerPool
  private let cancellation: Cancellation
  private let clock: RunClock
  private let activity: @Sendable (TrainingActivity) -> Void
  private let priorSearch: PriorSearch
  private var checkpointer: Checkpointer?

  private var current: RunningStage
  /// The stages that are over.
  private var finished: [StageProgress]
  /// The weights with the lowest held-out loss in any fold of the running order.
  private var best: Weights
  /// The weights of the order that is over; nil in the first.
  private var finishedWeights: Weights?

  /// Weights and the prior that they were trained with.
  private struct Weights {
    let values: ParameterArena
    var prior: PairPrior

    init(_ trainer: Trainer) {
      values = ParameterArena(trainer.network.layout)
      prior = trainer.prior
    }

    /// Takes the average of a trainer's weights.
    mutating func take(_ trainer: Trainer) {
      values.buffer.row.assign(trainer.average.row)
      prior = trainer.prior
    }
  }

  /// Reads and encodes the table, and creates the model or takes it from a checkpoint.
  ///
  /// - Parameters:
  ///   - plan: the plan of the run; nil takes that of the checkpoint, or makes one from table and options.
  ///   - now: the clock for the time limit and for reports.
  ///   - activity: called often while the run does something other than training.
  /// - Throws: `CancellationError` when cancelled.
  package init(
    _ source: some RowSource, options: TrainingOptions, plan: TrainingPlan? = nil,
    resuming checkpoint: Checkpoint? = nil, cancellation: Cancellation,
    now: @escaping () -> ContinuousClock.Instant = { .now },
    activity: @escaping @Sendable (TrainingActivity) -> Void = { _ in }
  ) throws {
    try options.validate()
    var options = options
    options.reading = try options.reading.withRulesOfSchema()
    try checkpoint?.check(options)
    try options.checkpoint?.checkWritable(resuming: checkpoint)
    clock = RunClock(limitMinutes: options.optimization.maxMinutes, now: now)
    self.cancellation = cancellation
    self.activity = activity
    encoder = try TableEncoder(
      CancellableRows(source, cancellation, activity: activity),
      options: TableEncoder.Options(options))
    try checkpoint?.check(encoder, name: source.name)
    self.plan =
      plan ?? checkpoint?.plan
      ?? TrainingPlan(
        rowCount: encoder.table.rowCount, columnCount: encoder.columns.count, options: options,
        foundRules: encoder.foundRules)
    pool = WorkerPool(threadCount: options.threadCount ?? availableThreadCount())
    let search = PriorSearch(
      encoder: encoder, pool: pool, cancellation: cancellation, clock: clock, activity: activity)
    priorSearch = search
    finished = checkpoint?.finished ?? []
    let stages = self.plan.stages
    current = try RunningStage(
      stages[finished.count], of: self.plan, after: finished,
      progress: checkpoint?.stage.progress ?? StageProgress(), search: search
    ) { split, progress in
      checkpoint == nil
        ? try search.prior(split, in: &progress, stagesLeft: stages.count)
        : try search.prior(split, pairedColumns: progress.pairedColumns)
    }
    best = Weights(current.trainer)
    if let checkpointing = options.checkpoint {
      checkpointer = Checkpointer(
        checkpointing, plan: self.plan, options: options,
        tableChecksum: try checkpoint?.tableChecksum ?? encoder.checksum())
    }
    if let checkpoint { try restore(checkpoint) }
    clock.start(at: epochs)
  }

  private func restore(_ checkpoint: Checkpoint) throws {
    let (progress, trainer) = (current.progress, current.trainer)
    guard progress.history.count <= current.plan.epochs,
      progress.fits(step: checkpoint.stage.trainer.step, stepsPerEpoch: trainer.stepsPerEpoch),
      (try? trainer.restore(checkpoint.stage.trainer)) != nil
    else { throw checkpoint.contradiction }
    if !checkpoint.stage.bestValues.isEmpty {
      best.values.buffer.row.assign(checkpoint.stage.bestValues)
      if bestFold < plan.ofRunningOrder(finished).count {
        best.prior = try prior(
          of: TrainingStage(kind: .fold(bestFold), order: current.stage.order),
          finished: plan.ofRunningOrder(finished)[bestFold])
      }
    }
    if !checkpoint.stage.finishedValues.isEmpty {
      var weights = Weights(trainer)
      weights.values.buffer.row.assign(checkpoint.stage.finishedValues)
      let last = plan.stagesPerOrder - 1
      weights.prior = try prior(of: plan.stages[last], finished: finished[last])
      finishedWeights = weights
    }
  }

  /// The prior of a stage that is over, counted again.
  private func prior(of stage: TrainingStage, finished progress: StageProgress) throws -> PairPrior
  {
    // A refit has as many epochs as it had; the rows matter alone.
    let plan = plan.plan(of: stage, after: finished)
    let split = RowSplit(rowCount: encoder.table.rowCount, plan: plan, fold: stage.fold)
    return try priorSearch.prior(split, pairedColumns: progress.pairedColumns)
  }

  /// Trains to the end, or until the run is cancelled, and calibrates the model.
  ///
  /// - Parameters:
  ///   - progress: called a few times per second and after every epoch.
  ///   - save: called with a checkpoint whenever one is due.
  package func run(
    progress: (TrainingProgress) -> Void,
    save: (Checkpoint) throws -> Void = { try $0.write() }
  ) throws -> Generator {
    let trained = try train(progress: progress, save: save)
    activity(.calibrating)
    // The best model of a cancelled run is calibrated as well.
    let (cancellation, wasCancelled) = (cancellation, cancellation.isRequested)
    var generator = trained.calibrated(on: encoder.table, pool: pool) {
      wasCancelled || !cancellation.isRequested
    }
    if cancellation.isRequested { generator.report.stopReason = .cancelled }
    return generator
  }

  /// Trains as ``run(progress:save:)`` does, without calibration.
  package func train(
    progress: (TrainingProgress) -> Void,
    save: (Checkpoint) throws -> Void = { try $0.write() }
  ) throws -> Generator {
    var reason = try runStage(progress: progress, save: save)
    while reason != .cancelled, stagesLeft > 1 {
      if finished.count + 1 == plan.stagesPerOrder { finishedWeights = weights(isOver: true) }
      finished.append(current.progress)
      try begin(plan.stages[finished.count])
      try saveCheckpoint(save)
      reason = try runStage(progress: progress, save: save)
    }
    return generator(wasCancelled: reason == .cancelled)
  }

  private func generator(wasCancelled: Bool) -> Generator {
    let running = (
      weights(isOver: !wasCancelled),
      fit(runningStages, order: current.stage.order, isOver: !wasCancelled)
    )
    // Cancelled before it had weights, the second order has none.
    let hasRunning = !running.1.history.isEmpty
    let stages = Array(finished.prefix(plan.stagesPerOrder))
    let first = finishedWeights.map { ($0, fit(stages, order: plan.order.parts[0], isOver: true)) }
    let (rows, conditionals) = first.map { ($0, hasRunning ? running : nil) } ?? (running, nil)
    let reasons = [rows.1, conditionals?.1].compactMap { $0?.stopReason }
    let report = TrainingReport(
      rows: rows.1, conditionals: conditionals?.1,
      stopReason: wasCancelled
        ? .cancelled
        : [.timeLimit, .epochLimit].first(where: reasons.contains) ?? .noImprovement,
      brokenConstraints: encoder.brokenConstraints,
      brokenDerivations: encoder.brokenDerivations,
      hiddenWords: encoder.hiddenWords)
    return Generator(
      rowCount: encoder.table.rowCount, report: report, precision: plan.precision,
      fields: encoder.fields, columns: encoder.columns, plan: plan,
      network: current.trainer.network,
      values: rows.0.values, conditionalValues: conditionals?.0.values,
      prior: rows.0.prior, rules: encoder.combinations)
  }

  // MARK: - Folds

  private var isRefitting: Bool { current.stage.kind == .refit }

  /// The stages of the running order that have begun.
  private var runningStages: [StageProgress] {
    plan.ofRunningOrder(finished) + [current.progress]
  }

  /// The folds of the running order with at least one whole epoch.
  private var folds: [StageProgress] {
    plan.ofRunningOrder(finished)
      + (isRefitting || current.progress.history.isEmpty ? [] : [current.progress])
  }

  /// The first fold with the lowest held-out loss.
  private var bestFold: Int { folds.bestFold }

  /// The mean figures of the finished folds of the running order.
  private var meanFold: StageProgress { StageProgress(meanOf: plan.ofRunningOrder(finished)) }

  /// The weights of the running order: of its refit if that is over, because before its end it has seen the rows too few times.
  private func weights(isOver: Bool) -> Weights {
    guard isRefitting, isOver else { return best }
    var weights = Weights(current.trainer)
    weights.take(current.trainer)
    return weights
  }

  /// What happened in the stages of an order.
  private func fit(
    _ stages: [StageProgress], order: ColumnOrder, isOver: Bool
  ) -> TrainingReport.Fit {
    let plan = plan.plan(of: TrainingStage(kind: .fold(0), order: order), after: finished)
    let folds = Array(stages.prefix(plan.foldCount)).filter { !$0.history.isEmpty }
    guard plan.refits, stages.count > plan.foldCount, isOver else {
      let chosen = folds.isEmpty ? StageProgress() : folds[folds.bestFold]
      return TrainingReport.Fit(
        history: chosen.history, bestEpoch: chosen.bestEpoch, refitLosses: [],
        stopReason: chosen.stopReason(plan) ?? .epochLimit)
    }
    let (mean, refit) = (StageProgress(meanOf: folds), stages[plan.foldCount])
    let isBestLast = mean.lastGoodEpoch == mean.history.count
    let reasons = folds.compactMap { $0.stopReason(plan) } + (refit.isTimeOver ? [.timeLimit] : [])
    return TrainingReport.Fit(
      history: mean.history, bestEpoch: mean.bestEpoch,
      refitLosses: refit.history.map(\.trainingLoss),
      stopReason: reasons.contains(.timeLimit)
        ? .timeLimit
        : reasons.contains(.epochLimit) && isBestLast ? .epochLimit : .noImprovement)
  }

  // MARK: - Stages

  /// Begins the next stage. If the run is cancelled meanwhile, the stage has no prior and makes no step.
  private func begin(_ stage: TrainingStage) throws {
    let network = current.trainer.network
    current = try RunningStage(
      stage, of: plan, after: finished, search: priorSearch
    ) { split, progress in
      do {
        return try priorSearch.prior(split, in: &progress, stagesLeft: stagesLeft)
      } catch is CancellationError {
        return .none(network)
      }
    }
    if finished.count % plan.stagesPerOrder == 0 { best = Weights(current.trainer) }
  }

  /// Begins the run anew with a larger model if there is more to learn than the running one can.
  private func growIfUseful() {
    guard finished.isEmpty, clock.usedShare < TrainingRun.latestGrowth,
      let grown = plan.grown(after: current.progress.history)
    else { return }
    plan = grown
    checkpointer?.plan = grown
    let prior = current.trainer.prior
    let pairedColumns = current.progress.pairedColumns
    current = RunningStage(grown.stages[0], of: grown, after: [], search: priorSearch) {
      _, progress in
      progress.pairedColumns = pairedColumns
      return prior
    }
    best = Weights(current.trainer)
    clock.start(at: 0)
  }

  /// The used share of the time limit after which a model no longer grows.
  private static let latestGrowth = 0.2

  /// Stages that are not over, including the running one.
  private var stagesLeft: Int { plan.stages.count - finished.count }

  /// Runs the stage to its end and returns why it ended.
  private func runStage(
    progress: (TrainingProgress) -> Void, save: (Checkpoint) throws -> Void
  ) throws -> StopReason {
    var reason = endReason
    while reason == nil {
      try trainEpoch(progress: progress, save: save)
      // Cancelled before the first step: there is no epoch to end.
      if current.progress.epochSteps == 0 { return .cancelled }
      let (trainingLoss, isWhole) = (current.trainingLoss, current.isEpochWhole)
      if try current.endEpoch(), current.stage.kind == .fold(bestFold) {
        best.take(current.trainer)
      }
      // An epoch that was cut short has its checkpoint already, from before it ended.
      let report = report(trainingLoss: trainingLoss)
      if isWhole {
        growIfUseful()
        try saveCheckpoint(save)
      }
      progress(report)
      reason = endReason
    }
    return reason!
  }

  /// Why the stage ends after the last epoch; nil while it goes on. Without any epoch there is no model to keep.
  private var endReason: StopReason? {
    if current.progress.history.isEmpty && finished.isEmpty { return nil }
    return cancellation.isRequested ? .cancelled : current.progress.stopReason(current.plan)
  }

  /// Trains the running epoch until it is over, the time is over or the run is cancelled.
  private func trainEpoch(
    progress: (TrainingProgress) -> Void, save: (Checkpoint) throws -> Void
  ) throws {
    current.trainer.beginEpoch(current.progress.epoch)
    var lastReport = clock.elapsedSeconds
    while !current.isEpochOver {
      if cancellation.isRequested {
        guard !finished.isEmpty || current.trainer.step > 0 else { throw CancellationError() }
        try saveCheckpoint(save)
        break
      }
      if checkpointer?.isDue == true { try saveCheckpoint(save) }
      try current.trainStep(clock: clock, stagesLeft: stagesLeft)
      // The last step is reported after the evaluation.
      let seconds = clock.elapsedSeconds
      if !current.isEpochOver, seconds - lastReport > 0.2 {
        lastReport = seconds
        progress(report(trainingLoss: current.trainingLoss))
      }
    }
  }

  private func saveCheckpoint(_ save: (Checkpoint) throws -> Void) throws {
    guard checkpointer != nil else { return }
    let state = StageState(
      progress: current.progress, trainer: current.trainer.state(),
      bestValues: folds.isEmpty ? [] : best.values.buffer.row.elements,
      finishedValues: finishedWeights?.values.buffer.row.elements ?? [])
    try checkpointer?.save(state, after: finished, save)
  }

  // MARK: - Progress

  /// Epochs of the stages that are over.
  private var finishedEpochs: Int { finished.reduce(0) { $0 + $1.history.count } }

  /// Epochs run in all stages, with the fraction of the running one.
  private var epochs: Double { Double(finishedEpochs) + current.epochs }

  private func report(trainingLoss: Double) -> TrainingProgress {
    let limit = finishedEpochs + current.plan.epochs + (stagesLeft - 1) * plan.epochs
    let epochsPerSecond = clock.rate(at: epochs)
    let last = folds.last?.history.last
    return TrainingProgress(
      epochs: epochs, epochLimit: limit, stage: finished.count + 1,
      stageCount: plan.stages.count, stageEpochs: current.epochs,
      stageEpochLimit: current.plan.epochs, order: current.stage.order,
      modelSize: plan.modelSize, trainingLoss: trainingLoss,
      heldOutLoss: isRefitting ? meanFold.bestLoss : last?.heldOutLoss,
      rowsPerSecond: epochsPerSecond * Double(current.trainer.trainedCount),
      elapsedSeconds: clock.elapsedSeconds,
      remainingSeconds: (Double(limit) - epochs) / max(epochsPerSecond, 1e-9))
  }
}

extension [StageProgress] {
  /// The first fold with the lowest held-out loss.
  fileprivate var bestFold: Int { indices.min { self[$0].bestLoss < self[$1].bestLoss } ?? 0 }
}
