import Foundation
import NN
import Tables

/// A training run from table to generator: epochs, held-out loss, early stopping, the best epoch's weights.
final class TrainingRun {
  private let encoder: TableEncoder
  private let plan: TrainingPlan
  private let trainer: Trainer
  private let cancellation: Cancellation
  private var history: [EpochRecord] = []
  private let start = ContinuousClock.now

  /// Reads and encodes the table and lays out the model.
  init(_ source: some RowSource, options: TrainingOptions, cancellation: Cancellation) throws {
    try options.validate()
    self.cancellation = cancellation
    encoder = try TableEncoder(
      CancellableRows(source, cancellation), missingValues: options.missingValues)
    plan = TrainingPlan(rowCount: encoder.table.rowCount, options: options)
    trainer = Trainer(
      encoder, plan: plan,
      pool: WorkerPool(threadCount: options.threadCount ?? availableThreadCount()))
  }

  func run(progress: (TrainingProgress) -> Void) throws -> Generator {
    var best = Best(values: trainer.values.copy(), epoch: 0, loss: .infinity)
    var reason = StopReason.epochLimit
    for epoch in 1...plan.epochs {
      let trainingLoss = try trainEpoch(epoch, progress: progress)
      let record = EpochRecord(
        epoch: epoch, trainingLoss: trainingLoss, heldOutLoss: trainer.evaluate())
      guard record.heldOutLoss.isFinite else { throw SynthError.diverged(epoch: epoch) }
      history.append(record)
      if record.heldOutLoss < best.loss { best.take(trainer.values, record) }
      report(epochs: Double(epoch), trainingLoss: trainingLoss, to: progress)
      if cancellation.isRequested {
        reason = .cancelled
        break
      }
      if epoch - best.epoch >= TrainingPlan.patience {
        reason = .noImprovement
        break
      }
    }
    return Generator(
      rowCount: encoder.table.rowCount, history: history, bestEpoch: best.epoch,
      stopReason: reason, columns: encoder.columns, plan: plan, network: trainer.network,
      values: best.values)
  }

  /// The weights with the lowest held-out loss so far.
  private struct Best {
    let values: ParameterArena
    var epoch: Int
    var loss: Double

    mutating func take(_ current: ParameterArena, _ record: EpochRecord) {
      values.buffer.row.assign(current.buffer.row)
      epoch = record.epoch
      loss = record.heldOutLoss
    }
  }

  /// Trains one epoch, or as much of it as a cancellation leaves, and returns the mean loss of a row in nats.
  private func trainEpoch(
    _ epoch: Int, progress: (TrainingProgress) -> Void
  ) throws -> Double {
    trainer.beginEpoch(epoch)
    var (total, rows) = (0.0, 0)
    var lastReport = ContinuousClock.now
    for step in 0..<trainer.stepsPerEpoch {
      if cancellation.isRequested {
        guard trainer.step > 0 else { throw CancellationError() }
        break
      }
      total += trainer.trainStep(step)
      rows = min((step + 1) * plan.batchSize, trainer.trainedCount)
      guard total.isFinite else { throw SynthError.diverged(epoch: epoch) }
      if lastReport.duration(to: .now) > .milliseconds(200) {
        lastReport = .now
        let share = Double(rows) / Double(trainer.trainedCount)
        report(epochs: Double(epoch - 1) + share, trainingLoss: total / Double(rows), to: progress)
      }
    }
    return total / Double(max(1, rows))
  }

  private func report(
    epochs: Double, trainingLoss: Double, to progress: (TrainingProgress) -> Void
  ) {
    let elapsed = start.duration(to: .now) / .seconds(1)
    progress(
      TrainingProgress(
        epochs: epochs, epochLimit: plan.epochs, trainingLoss: trainingLoss,
        heldOutLoss: history.last?.heldOutLoss,
        rowsPerSecond: epochs * Double(trainer.trainedCount) / max(elapsed, 1e-9),
        elapsedSeconds: elapsed,
        remainingSeconds: elapsed * (Double(plan.epochs) / max(epochs, 1e-9) - 1)))
  }
}
