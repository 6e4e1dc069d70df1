import Foundation
import NN
import Tables

/// A training run from table to generator: the stages of its ``TrainingPlan`` one after another, with early stopping. The result
/// has the weights of the refit, or of the best epoch of any fold.
package final class TrainingRun {
  private let encoder: TableEncoder
  private let plan: TrainingPlan
  private let pool: WorkerPool
  private let cancellation: Cancellation
  private let clock: RunClock
  private let activity: @Sendable (TrainingActivity) -> Void
  private let priorSearch: PriorSearch
  private var checkpointer: Checkpointer?

  private var current: RunningStage
  /// The folds that are over.
  private var finished: [StageProgress]
  /// The weights with the lowest held-out loss in any fold, and the prior that they were trained with.
  private var best: (values: ParameterArena, prior: PairPrior)

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
    best = (ParameterArena(current.trainer.network.layout), current.trainer.prior)
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
      if bestFold < finished.count {
        let split = RowSplit(rowCount: encoder.table.rowCount, plan: plan, fold: bestFold)
        best.prior = try priorSearch.prior(
          split, pairedColumns: finished[bestFold].pairedColumns)
      }
    }
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
    for stage in plan.stages.dropFirst(finished.count + 1) {
      if reason == .cancelled { break }
      finished.append(current.progress)
      try begin(stage)
      try saveCheckpoint(save)
      reason = try runStage(progress: progress, save: save)
    }
    // The learning rate of a cancelled refit has not reached zero: the best weights of the folds are better.
    let isRefitted = isRefitting && reason != .cancelled
    let chosen = isRefitted ? meanFold : folds[bestFold]
    if isRefitted, reason == .epochLimit { reason = foldStopReason }
    let report = TrainingReport(
      history: chosen.history, bestEpoch: chosen.bestEpoch,
      refitLosses: isRefitted ? current.progress.history.map(\.trainingLoss) : [],
      stopReason: reason, brokenConstraints: encoder.brokenConstraints,
      brokenDerivations: encoder.brokenDerivations,
      hiddenWords: encoder.hiddenWords)
    let trainer = current.trainer
    return Generator(
      rowCount: encoder.table.rowCount, report: report, precision: plan.precision,
      fields: encoder.fields, columns: encoder.columns, plan: plan, network: trainer.network,
      values: isRefitted ? trainer.values : best.values,
      prior: isRefitted ? trainer.prior : best.prior, rules: encoder.combinations)
  }

  // MARK: - Folds

  private var isRefitting: Bool { current.stage == .refit }

  /// The folds with at least one whole epoch.
  private var folds: [StageProgress] {
    finished + (isRefitting || current.progress.history.isEmpty ? [] : [current.progress])
  }

  /// The first fold with the lowest held-out loss.
  private var bestFold: Int {
    folds.indices.min { folds[$0].bestLoss < folds[$1].bestLoss } ?? 0
  }

  /// The mean figures of the finished folds.
  private var meanFold: StageProgress { StageProgress(meanOf: finished) }

  /// Why the refit has no more epochs.
  private var foldStopReason: StopReason {
    let mean = meanFold
    let reason = mean.stopReason(plan) ?? .epochLimit
    let isBestLast = mean.lastGoodEpoch == mean.history.count
    return reason == .epochLimit && !isBestLast ? .noImprovement : reason
  }

  // MARK: - Stages

  /// Begins the next stage. If the run is cancelled meanwhile, the stage has no prior and makes no step.
  private func begin(_ stage: TrainingStage) throws {
    let network = current.trainer.network
    current = try RunningStage(stage, of: plan, after: finished, search: priorSearch) {
      split, progress in
      do {
        return try priorSearch.prior(split, in: &progress, stagesLeft: stagesLeft)
      } catch is CancellationError {
        return .none(network)
      }
    }
  }

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
      if try current.endEpoch(), current.stage == .fold(bestFold) {
        best.values.buffer.row.assign(current.trainer.values.buffer.row)
        best.prior = current.trainer.prior
      }
      // An epoch that was cut short has its checkpoint already, from before it ended.
      if isWhole { try saveCheckpoint(save) }
      report(trainingLoss: trainingLoss, to: progress)
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
        report(trainingLoss: current.trainingLoss, to: progress)
      }
    }
  }

  private func saveCheckpoint(_ save: (Checkpoint) throws -> Void) throws {
    guard checkpointer != nil else { return }
    let hasBest = !finished.isEmpty || current.progress.bestEpoch > 0
    let state = StageState(
      progress: current.progress, trainer: current.trainer.state(),
      bestValues: hasBest ? best.values.buffer.row.elements : [])
    try checkpointer?.save(state, after: finished, save)
  }

  // MARK: - Progress

  /// Epochs of the stages that are over.
  private var finishedEpochs: Int { finished.reduce(0) { $0 + $1.history.count } }

  /// Epochs run in all stages, with the fraction of the running one.
  private var epochs: Double { Double(finishedEpochs) + current.epochs }

  private func report(trainingLoss: Double, to progress: (TrainingProgress) -> Void) {
    let limit = finishedEpochs + current.plan.epochs + (stagesLeft - 1) * plan.epochs
    let epochsPerSecond = clock.rate(at: epochs)
    let last = current.progress.history.last ?? finished.last?.history.last
    progress(
      TrainingProgress(
        epochs: epochs, epochLimit: limit, stage: finished.count + 1,
        stageCount: plan.stages.count, stageEpochs: current.epochs,
        stageEpochLimit: current.plan.epochs, trainingLoss: trainingLoss,
        heldOutLoss: isRefitting ? meanFold.bestLoss : last?.heldOutLoss,
        rowsPerSecond: epochsPerSecond * Double(current.trainer.trainedCount),
        elapsedSeconds: clock.elapsedSeconds,
        remainingSeconds: (Double(limit) - epochs) / max(epochsPerSecond, 1e-9)))
  }
}
