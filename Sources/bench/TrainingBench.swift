import NN
import Synth
import Tables

/// Training steps on a table that is encoded once.
final class TrainingBench {
  private let encoder: TableEncoder
  private let plan: TrainingPlan

  init(_ source: some RowSource, options: TrainingOptions) throws {
    encoder = try TableEncoder(source, options: TableEncoder.Options(options))
    plan = TrainingPlan(
      rowCount: encoder.table.rowCount, columnCount: encoder.columns.count, options: options)
  }

  /// Runs steps from the start, after ten that warm up.
  func run(steps: Int, threadCount: Int, isProfiled: Bool) -> (seconds: Double, Profile?) {
    let trainer = Trainer(encoder, plan: plan, pool: WorkerPool(threadCount: threadCount))
    trainer.beginEpoch(1)
    func run(_ count: Int) {
      for _ in 0..<count { _ = trainer.trainStep(trainer.step % trainer.stepsPerEpoch) }
    }
    run(10)
    return measure(isProfiled) { run(steps) }
  }
}
