import Foundation
import NN
import Tables

/// A training run from table to generator: epochs, held-out loss, early stopping, the best epoch's weights.
package final class TrainingRun {
  private let encoder: TableEncoder
  private let plan: TrainingPlan
  private let trainer: Trainer
  private let cancellation: Cancellation
  private var checkpointer: Checkpointer?
  private var phase = PhaseProgress()
  /// The weights with the lowest held-out loss so far.
  private let best: ParameterArena
  private let start = ContinuousClock.now
  /// Epochs that had been run before the start.
  private var startEpochs = 0.0

  /// Reads and encodes the table, and lays out the model or takes it from a checkpoint.
  package init(
    _ source: some RowSource, options: TrainingOptions, resuming checkpoint: Checkpoint? = nil,
    cancellation: Cancellation
  ) throws {
    try options.validate()
    try checkpoint?.check(options)
    try options.checkpoint?.checkWritable(resuming: checkpoint)
    self.cancellation = cancellation
    encoder = try TableEncoder(
      CancellableRows(source, cancellation), missingValues: options.missingValues)
    try checkpoint?.check(encoder, name: source.name)
    plan = checkpoint?.plan ?? TrainingPlan(rowCount: encoder.table.rowCount, options: options)
    trainer = Trainer(
      encoder, plan: plan,
      pool: WorkerPool(threadCount: options.threadCount ?? availableThreadCount()))
    best = ParameterArena(trainer.network.layout)
    if let checkpointing = options.checkpoint {
      checkpointer = Checkpointer(
        checkpointing, plan: plan, missingValues: options.missingValues,
        tableChecksum: try checkpoint?.tableChecksum ?? encoder.checksum())
    }
    if let checkpoint { try restore(checkpoint) }
  }

  private func restore(_ checkpoint: Checkpoint) throws {
    phase = checkpoint.phase.progress
    guard phase.fits(step: checkpoint.phase.trainer.step, stepsPerEpoch: trainer.stepsPerEpoch),
      (try? trainer.restore(checkpoint.phase.trainer)) != nil
    else { throw checkpoint.contradiction }
    if phase.bestEpoch > 0 { best.buffer.row.assign(checkpoint.phase.bestValues) }
    startEpochs = epochs
  }

  /// Trains to the end, or to a cancellation.
  ///
  /// - Parameters:
  ///   - progress: called a few times per second and after every epoch.
  ///   - save: called with a checkpoint whenever one is due.
  package func run(
    progress: (TrainingProgress) -> Void,
    save: (Checkpoint) throws -> Void = { try $0.write() }
  ) throws -> Generator {
    var reason = endReason
    while reason == nil {
      let trainingLoss = try trainEpoch(progress: progress, save: save)
      let heldOutLoss = trainer.evaluate()
      guard heldOutLoss.isFinite else { throw SynthError.diverged(epoch: phase.epoch) }
      let isWhole = phase.epochSteps == trainer.stepsPerEpoch
      if phase.endEpoch(trainingLoss: trainingLoss, heldOutLoss: heldOutLoss) {
        best.buffer.row.assign(trainer.values.buffer.row)
      }
      // Of an epoch that a cancellation cut short there is a checkpoint already: from before it was ended.
      if isWhole { try saveCheckpoint(save) }
      report(trainingLoss: trainingLoss, to: progress)
      reason = endReason
    }
    return Generator(
      rowCount: encoder.table.rowCount, history: phase.history, bestEpoch: phase.bestEpoch,
      stopReason: reason!, columns: encoder.columns, plan: plan, network: trainer.network,
      values: best)
  }

  /// Why training ends after the last epoch, nil while it goes on: before the first there is nothing to keep.
  private var endReason: StopReason? {
    if phase.history.isEmpty { return nil }
    return cancellation.isRequested ? .cancelled : phase.stopReason(plan)
  }

  /// Trains the running epoch to its end, or as much of it as a cancellation leaves, and returns the mean loss of a row in nats.
  private func trainEpoch(
    progress: (TrainingProgress) -> Void, save: (Checkpoint) throws -> Void
  ) throws -> Double {
    trainer.beginEpoch(phase.epoch)
    var lastReport = ContinuousClock.now
    while phase.epochSteps < trainer.stepsPerEpoch {
      if cancellation.isRequested {
        guard trainer.step > 0 else { throw CancellationError() }
        try saveCheckpoint(save)
        break
      }
      if checkpointer?.isDue == true { try saveCheckpoint(save) }
      phase.epochLoss += trainer.trainStep(phase.epochSteps)
      phase.epochSteps += 1
      guard phase.epochLoss.isFinite else { throw SynthError.diverged(epoch: phase.epoch) }
      if lastReport.duration(to: .now) > .milliseconds(200) {
        lastReport = .now
        report(trainingLoss: phase.epochLoss / Double(epochRows), to: progress)
      }
    }
    return phase.epochLoss / Double(max(1, epochRows))
  }

  private func saveCheckpoint(_ save: (Checkpoint) throws -> Void) throws {
    guard checkpointer != nil else { return }
    let state = PhaseState(
      progress: phase, trainer: trainer.state(),
      bestValues: phase.bestEpoch > 0 ? best.buffer.row.elements : [])
    try checkpointer?.save(state, save)
  }

  /// Rows trained in the running epoch.
  private var epochRows: Int { min(phase.epochSteps * plan.batchSize, trainer.trainedCount) }

  /// Epochs run, with the fraction of the one that is running.
  private var epochs: Double {
    Double(phase.history.count) + Double(epochRows) / Double(trainer.trainedCount)
  }

  private func report(trainingLoss: Double, to progress: (TrainingProgress) -> Void) {
    let elapsed = start.duration(to: .now) / .seconds(1)
    let epochsPerSecond = (epochs - startEpochs) / max(elapsed, 1e-9)
    progress(
      TrainingProgress(
        epochs: epochs, epochLimit: plan.epochs, trainingLoss: trainingLoss,
        heldOutLoss: phase.history.last?.heldOutLoss,
        rowsPerSecond: epochsPerSecond * Double(trainer.trainedCount),
        elapsedSeconds: elapsed,
        remainingSeconds: (Double(plan.epochs) - epochs) / max(epochsPerSecond, 1e-9)))
  }
}
