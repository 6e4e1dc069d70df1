import Foundation
import NN
import Tables

/// A training run from table to generator: epochs, held-out loss, early stopping, the best epoch's weights, and for small tables
/// a second phase that trains on all rows.
package final class TrainingRun {
  private let encoder: TableEncoder
  /// That of the first phase; the second's follows from it.
  private let plan: TrainingPlan
  private let pool: WorkerPool
  private let cancellation: Cancellation
  private let clock: RunClock
  private let activity: @Sendable (TrainingActivity) -> Void
  private let priorSearch: PriorSearch
  private var checkpointer: Checkpointer?

  /// The phase that is running.
  private var phase: PhaseProgress
  private var phasePlan: TrainingPlan
  private var trainer: Trainer
  /// The phases that are over: the folds, before training on all rows begins.
  private var finished: [PhaseProgress]
  /// The weights that had the lowest held-out loss in any fold, and the prior that they were trained with.
  private var best: (values: ParameterArena, prior: PairPrior)

  /// Reads and encodes the table, and lays out the model or takes it from a checkpoint.
  ///
  /// - Parameters:
  ///   - plan: what to do; nil follows from checkpoint, table and options.
  ///   - now: the time, by which the time limit and reports go.
  ///   - activity: called often with what is done besides training.
  /// - Throws: `CancellationError` when cancelled.
  package init(
    _ source: some RowSource, options: TrainingOptions, plan: TrainingPlan? = nil,
    resuming checkpoint: Checkpoint? = nil, cancellation: Cancellation,
    now: @escaping () -> ContinuousClock.Instant = { .now },
    activity: @escaping @Sendable (TrainingActivity) -> Void = { _ in }
  ) throws {
    try options.validate()
    let options = try options.withRulesOfSchema()
    try checkpoint?.check(options)
    try options.checkpoint?.checkWritable(resuming: checkpoint)
    clock = RunClock(limitMinutes: options.maxMinutes, now: now)
    self.cancellation = cancellation
    self.activity = activity
    encoder = try TableEncoder(
      CancellableRows(source, cancellation, activity: activity),
      options: TableEncoder.Options(options))
    try checkpoint?.check(encoder, name: source.name)
    self.plan =
      plan ?? checkpoint?.plan
      ?? TrainingPlan(
        rowCount: encoder.table.rowCount, columnCount: encoder.columns.count, options: options)
    pool = WorkerPool(threadCount: options.threadCount ?? availableThreadCount())
    priorSearch = PriorSearch(
      encoder: encoder, pool: pool, cancellation: cancellation, clock: clock, activity: activity)
    finished = checkpoint?.finished ?? []
    phase = checkpoint?.phase.progress ?? PhaseProgress()
    phasePlan = self.plan.phase(after: finished)
    let fold = self.plan.fold(after: finished)
    let split = RowSplit(rowCount: encoder.table.rowCount, plan: phasePlan, fold: fold)
    let prior =
      checkpoint == nil
      ? try priorSearch.prior(split, in: &phase, phasesLeft: self.plan.phasesLeft(after: []))
      : try priorSearch.prior(split, pairedColumns: phase.pairedColumns)
    trainer = Trainer(encoder, plan: phasePlan, fold: fold, prior: prior, pool: pool)
    best = (ParameterArena(trainer.network.layout), prior)
    if let checkpointing = options.checkpoint {
      checkpointer = Checkpointer(
        checkpointing, plan: self.plan, options: options,
        tableChecksum: try checkpoint?.tableChecksum ?? encoder.checksum())
    }
    if let checkpoint { try restore(checkpoint) }
    clock.start(at: epochs)
  }

  private func restore(_ checkpoint: Checkpoint) throws {
    guard phase.history.count <= phasePlan.epochs,
      phase.fits(step: checkpoint.phase.trainer.step, stepsPerEpoch: trainer.stepsPerEpoch),
      (try? trainer.restore(checkpoint.phase.trainer)) != nil
    else { throw checkpoint.contradiction }
    if !checkpoint.phase.bestValues.isEmpty {
      best.values.buffer.row.assign(checkpoint.phase.bestValues)
      if bestFold < finished.count {
        let split = RowSplit(rowCount: encoder.table.rowCount, plan: plan, fold: bestFold)
        best.prior = try priorSearch.prior(
          split, pairedColumns: finished[bestFold].pairedColumns)
      }
    }
  }

  /// Trains to the end, or to a cancellation, and calibrates what came out.
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
    // Of a run that was cancelled before, the best model so far is calibrated all the same.
    let (cancellation, wasCancelled) = (cancellation, cancellation.isRequested)
    var generator = trained.calibrated(on: encoder.table, pool: pool) {
      wasCancelled || !cancellation.isRequested
    }
    if cancellation.isRequested { generator.report.stopReason = .cancelled }
    return generator
  }

  /// The generator as it was trained: see ``run(progress:save:)``.
  package func train(
    progress: (TrainingProgress) -> Void,
    save: (Checkpoint) throws -> Void = { try $0.write() }
  ) throws -> Generator {
    var reason = try runPhase(progress: progress, save: save)
    while plan.refits, !isRefitting, reason != .cancelled {
      finished.append(phase)
      try beginPhase()
      try saveCheckpoint(save)
      reason = try runPhase(progress: progress, save: save)
    }
    // A training on all rows that was cut short has not landed: the best weights of before are better.
    let isRefitted = isRefitting && reason != .cancelled
    let chosen = isRefitted ? search : folds[bestFold]
    if isRefitted, reason == .epochLimit { reason = searchReason }
    let report = TrainingReport(
      history: chosen.history, bestEpoch: chosen.bestEpoch,
      refitLosses: isRefitted ? phase.history.map(\.trainingLoss) : [], stopReason: reason,
      brokenDerivations: encoder.brokenDerivations, hiddenWords: encoder.hiddenWords)
    return Generator(
      rowCount: encoder.table.rowCount, report: report,
      fields: encoder.fields, columns: encoder.columns, plan: plan, network: trainer.network,
      values: isRefitted ? trainer.values : best.values,
      prior: isRefitted ? trainer.prior : best.prior, rules: encoder.combinations)
  }

  /// The folds that have ended an epoch.
  private var folds: [PhaseProgress] {
    finished + (isRefitting || phase.history.isEmpty ? [] : [phase])
  }
  /// The first fold with the lowest held-out loss.
  private var bestFold: Int {
    folds.indices.min { folds[$0].bestLoss < folds[$1].bestLoss } ?? 0
  }

  /// Why all rows were not trained on for longer.
  private var searchReason: StopReason {
    let reason = search.stopReason(plan) ?? .epochLimit
    let isBestLast = search.lastGoodEpoch == search.history.count
    return reason == .epochLimit && !isBestLast ? .noImprovement : reason
  }

  /// What the folds have found together.
  private var search: PhaseProgress { PhaseProgress(meanOf: finished) }
  /// Whether all rows are trained on, for as many epochs as were best.
  private var isRefitting: Bool { plan.isRefit(after: finished) }

  /// Begins the phase after those that are over: the next fold, or the same training on all rows. When that is cancelled, the
  /// phase has no prior and makes no step.
  private func beginPhase() throws {
    phase = PhaseProgress()
    phasePlan = plan.phase(after: finished)
    let fold = plan.fold(after: finished)
    let split = RowSplit(rowCount: encoder.table.rowCount, plan: phasePlan, fold: fold)
    let prior: PairPrior
    do {
      prior = try priorSearch.prior(split, in: &phase, phasesLeft: phasesLeft)
    } catch is CancellationError {
      prior = .none(trainer.network)
    }
    trainer = Trainer(encoder, plan: phasePlan, fold: fold, prior: prior, pool: pool)
  }

  /// Runs the phase to its end and says why it ended.
  private func runPhase(
    progress: (TrainingProgress) -> Void, save: (Checkpoint) throws -> Void
  ) throws -> StopReason {
    var reason = endReason
    while reason == nil {
      let trainingLoss = try trainEpoch(progress: progress, save: save)
      // Cancelled before the first step: there is no epoch to end.
      if phase.epochSteps == 0 { return .cancelled }
      let heldOutLoss = trainer.evaluate()
      guard heldOutLoss.isFinite else { throw SynthError.diverged(epoch: phase.epoch) }
      let isWhole = phase.epochSteps == trainer.stepsPerEpoch
      if phase.endEpoch(trainingLoss: trainingLoss, heldOutLoss: heldOutLoss), !isRefitting,
        bestFold == finished.count
      {
        best.values.buffer.row.assign(trainer.values.buffer.row)
        best.prior = trainer.prior
      }
      if phase.isOverfitting(phasePlan), phase.decay == 0 {
        phase.decay = (1 - phase.progress) / Double(trainer.stepsPerEpoch)
      }
      // Of an epoch that was cut short there is a checkpoint already: from before it was ended.
      if isWhole { try saveCheckpoint(save) }
      report(trainingLoss: trainingLoss, to: progress)
      reason = endReason
    }
    return reason!
  }

  /// Why the phase ends after the last epoch, nil while it goes on: before the first there is nothing to keep.
  private var endReason: StopReason? {
    if phase.history.isEmpty && finished.isEmpty { return nil }
    return cancellation.isRequested ? .cancelled : phase.stopReason(phasePlan)
  }

  /// Trains the running epoch to its end, or as much of it as a cancellation or the time leaves, and returns the mean loss of a
  /// row in nats.
  private func trainEpoch(
    progress: (TrainingProgress) -> Void, save: (Checkpoint) throws -> Void
  ) throws -> Double {
    trainer.beginEpoch(phase.epoch)
    var lastReport = clock.elapsedSeconds
    while !isEpochOver {
      if cancellation.isRequested {
        guard !finished.isEmpty || trainer.step > 0 else { throw CancellationError() }
        try saveCheckpoint(save)
        break
      }
      if checkpointer?.isDue == true { try saveCheckpoint(save) }
      phase.epochLoss += trainer.trainStep(phase.epochSteps, progress: phase.progress)
      phase.epochSteps += 1
      phase.progress = min(
        1,
        max(
          Double(trainer.step) / Double(trainer.stepCount), phase.progress + phase.decay,
          clock.progress(trainer, phasesLeft: phasesLeft)))
      guard phase.epochLoss.isFinite else { throw SynthError.diverged(epoch: phase.epoch) }
      // The report of an epoch's end follows its evaluation.
      let seconds = clock.elapsedSeconds
      if !isEpochOver, seconds - lastReport > 0.2 {
        lastReport = seconds
        report(trainingLoss: phase.epochLoss / Double(epochRows), to: progress)
      }
    }
    return phase.epochLoss / Double(max(1, epochRows))
  }

  /// Whether all steps of the running epoch are made, or all that the time is enough for.
  private var isEpochOver: Bool { phase.epochSteps >= trainer.stepsPerEpoch || phase.isOver }

  private func saveCheckpoint(_ save: (Checkpoint) throws -> Void) throws {
    guard checkpointer != nil else { return }
    let hasBest = !finished.isEmpty || phase.bestEpoch > 0
    let state = PhaseState(
      progress: phase, trainer: trainer.state(),
      bestValues: hasBest ? best.values.buffer.row.elements : [])
    try checkpointer?.save(state, after: finished, save)
  }

  /// Rows trained in the running epoch.
  private var epochRows: Int { min(phase.epochSteps * plan.batchSize, trainer.trainedCount) }

  /// Epochs run in all phases, with the fraction of the one that is running.
  private var epochs: Double {
    Double(finished.reduce(0) { $0 + $1.history.count } + phase.history.count)
      + Double(epochRows) / Double(trainer.trainedCount)
  }

  /// Phases that are not over, the running one among them.
  private var phasesLeft: Int { plan.phasesLeft(after: finished) }

  private func report(trainingLoss: Double, to progress: (TrainingProgress) -> Void) {
    let limit =
      finished.reduce(0) { $0 + $1.history.count } + phasePlan.epochs
      + (phasesLeft - 1) * plan.epochs
    let epochsPerSecond = clock.rate(at: epochs)
    progress(
      TrainingProgress(
        epochs: epochs, epochLimit: limit, trainingLoss: trainingLoss,
        heldOutLoss: isRefitting
          ? search.bestLoss : (phase.history.last ?? finished.last?.history.last)?.heldOutLoss,
        rowsPerSecond: epochsPerSecond * Double(trainer.trainedCount),
        elapsedSeconds: clock.elapsedSeconds,
        remainingSeconds: (Double(limit) - epochs) / max(epochsPerSecond, 1e-9)))
  }
}
