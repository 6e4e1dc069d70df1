import Foundation
import NN
import Synth
import Tables
import TestSupport
import Testing

/// Small tables: folds choose the number of epochs, all rows are trained on for as many.
@Suite struct RefitTests {
  /// The weights and the prior are those of a training on every row, step by step.
  @Test func allRowsAreTrainedOnForTheBestNumberOfEpochs() throws {
    let table = try mixedTable(rows: 200, seed: 91)
    let options = quickOptions(epochs: 3, batchSize: 32, foldCount: nil)
    let run = try TrainingRun(table, options: options, cancellation: Cancellation())
    let generator = try run.train(progress: { _ in })
    #expect(generator.plan == TrainingPlan(rowCount: 200, columnCount: 4, options: options))
    #expect(generator.plan.heldOutCount == 40 && generator.plan.foldCount == 5)
    #expect(generator.report.rows.history.count == 3)
    let epochs = generator.report.rows.refitLosses.count
    #expect((generator.report.rows.bestEpoch...3).contains(epochs))
    let losses = generator.report.rows.history.map(\.heldOutLoss)
    #expect(losses[generator.report.rows.bestEpoch - 1] == losses.min())

    let encoder = try TableEncoder(table)
    let plan = try TrainingPlan.changed(
      rowCount: 200, options,
      ["epochs": epochs, "heldOutCount": 0, "foldCount": 1, "refits": false])
    let trainer = Trainer(encoder, plan: plan, pool: WorkerPool(threadCount: 2))
    #expect(trainer.trainedRows == Array(0..<200) && trainer.stepsPerEpoch == 7)
    var sums: [Double] = []
    for epoch in 1...epochs {
      trainer.beginEpoch(epoch)
      sums.append(
        (0..<7).reduce(0) { sum, index in
          sum + trainer.trainStep(index)
        })
    }
    #expect(trainer.average.row.elements == generator.values.buffer.row.elements)
    #expect(generator.prior.parents == trainer.prior.parents)
    #expect(trainer.prior.values.buffer.row.elements == generator.prior.values.buffer.row.elements)
    #expect(generator.prior.parents.contains { !$0.isEmpty })
    #expect(sums.map { $0 / 200 } == generator.report.rows.refitLosses)
  }

  /// The figures of the folds are those of trainers on their rows.
  @Test func lossesAreTheMeansOfTheFolds() async throws {
    let table = try mixedTable(rows: 90, seed: 92)
    let options = quickOptions(epochs: 2, batchSize: 32, foldCount: nil)
    let generator = try await Generator.train(on: table, options: options)
    let encoder = try TableEncoder(table)
    var losses = [0.0, 0.0]
    for fold in 0..<5 {
      let trainer = Trainer(
        encoder, plan: generator.plan, fold: fold, pool: WorkerPool(threadCount: 1))
      for epoch in 1...2 {
        trainer.beginEpoch(epoch)
        for index in 0..<trainer.stepsPerEpoch {
          _ = trainer.trainStep(index)
        }
        losses[epoch - 1] += trainer.evaluate() / 5
      }
    }
    expectClose(
      generator.report.rows.history.map { Float($0.heldOutLoss) }, losses, relative: 1e-6,
      "held-out losses")
  }

  /// More than a thousand rows have one fold, which ends once it no longer improves.
  @Test func oneFoldEndsEarly() throws {
    var random = SplitMix64(seed: 93)
    let table = try Table(
      columns: (0..<4).map { column in
        Column("c\(column)", (0..<1_000).map { _ in "v\(Int(random.unit() * 8))" })
      })
    let options = TrainingOptions(
      modelSize: .small, epochs: 60, learningRate: 0.02, seed: 3, threadCount: 1)
    let run = try TrainingRun(table, options: options, cancellation: Cancellation())
    let generator = try run.run(progress: { _ in })
    #expect(generator.plan.foldCount == 1 && generator.plan.heldOutCount == 200)
    #expect(generator.report.stopReason == .noImprovement)
    // 800 rows in batches of 16: six epochs have 300 steps.
    #expect(generator.report.rows.history.count == 6)
    // The refit has the epochs up to the last whose loss is within .001 of the best.
    let losses = generator.report.rows.history.map(\.heldOutLoss)
    let best = losses[generator.report.rows.bestEpoch - 1]
    #expect(losses.min() == best)
    let good = try #require(losses.lastIndex { $0 <= best * 1.001 })
    #expect(generator.report.rows.refitLosses.count == good + 1)
  }

  @Test func progressNeverLeavesItsBounds() async throws {
    let table = try mixedTable(rows: 300, seed: 94)
    let log = ProgressLog()
    let generator = try await Generator.train(
      on: table, options: quickOptions(epochs: 8, foldCount: nil), progress: log.append)
    let best = generator.report.rows.history[generator.report.rows.bestEpoch - 1].heldOutLoss
    for report in log.all {
      #expect(report.epochs <= Double(report.epochLimit) && report.remainingSeconds >= 0)
      #expect(report.heldOutLoss.map { $0 > 0 } ?? (report.epochs < 1))
      if report.epochs > 40 { #expect(report.heldOutLoss == best) }
    }
    #expect(log.all.last?.epochs == Double(40 + generator.report.rows.refitLosses.count))
    #expect(log.all.last?.epochLimit == 40 + generator.report.rows.refitLosses.count)
  }

  // MARK: Cancellation

  /// Cancelled where so many folds are over and so many steps of the next stage made: the best of the folds is kept, with its
  /// own prior, whether the run began anew or went on from the checkpoint.
  @Test(arguments: [(0, 3), (0, 9), (1, 0), (2, 1), (4, 7), (4, 12), (5, 0), (5, 3), (5, 5)])
  func theBestFoldIsKept(finished: Int, step: Int) async throws {
    let folder = TemporaryFolder()
    let table = try mixedTable(rows: 130, seed: 95)
    var options = quickOptions(epochs: 3, batchSize: 32, foldCount: nil)
    options.checkpoint = Checkpointing(path: folder.file("checkpoint"), intervalSeconds: 0)
    let cancellation = Cancellation()
    var last: Checkpoint?
    let run = try TrainingRun(table, options: options, cancellation: cancellation)
    let generator = try run.train(progress: { _ in }) { checkpoint in
      if checkpoint.finished.count == finished, checkpoint.stage.trainer.step >= step {
        cancellation.request()
      }
      last = checkpoint
    }
    try expectBestFold(generator, of: table)
    let checkpoint = try #require(last)
    #expect(checkpoint.finished.count == finished)
    let losses = checkpoint.finished.flatMap(\.history).map(\.heldOutLoss)
    #expect(
      generator.report.rows.history[generator.report.rows.bestEpoch - 1].heldOutLoss <= losses.min()
        ?? .infinity)

    try checkpoint.write()
    let requested = Cancellation()
    let next = try TrainingRun(
      table, options: options, resuming: Checkpoint(contentsOf: checkpoint.path),
      cancellation: requested)
    requested.request()
    let resumed = try next.train(progress: { _ in })
    try expectBestFold(resumed, of: table)
    if finished == 5 { #expect(try resumed.fileBytes() == generator.fileBytes()) }
  }

  /// Whether the weights and the prior have the reported loss in one of the folds.
  private func expectBestFold(_ generator: Generator, of table: Table) throws {
    #expect(generator.report.stopReason == .cancelled && generator.report.rows.refitLosses.isEmpty)
    #expect(!generator.report.rows.history.isEmpty && generator.report.rows.bestEpoch >= 1)
    let reported = generator.report.rows.history.map(\.heldOutLoss)
    #expect(reported[generator.report.rows.bestEpoch - 1] == reported.min())
    let encoder = try TableEncoder(table)
    let pool = WorkerPool(threadCount: 1)
    let losses = (0..<5).map { fold in
      Trainer(
        generator.network, values: generator.values.copy(),
        ordinal: OrdinalOptimizer(generator.network, midRanks: encoder.columns.map(\.midRanks)),
        table: encoder.table,
        split: RowSplit(rowCount: table.rowCount, plan: generator.plan, fold: fold),
        prior: generator.prior, plan: generator.plan, pool: pool
      ).evaluate()
    }
    #expect(losses.contains(reported[generator.report.rows.bestEpoch - 1]))
    #expect(try generator.drawTable(rows: 20).rowCount == 20)
  }
}
