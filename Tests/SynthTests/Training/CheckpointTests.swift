import Foundation
import NN
import Synth
import Tables
import TestSupport
import Testing

/// A run that is stopped and goes on ends with the bytes of one that is not.
@Suite struct CheckpointTests {
  private let folder = TemporaryFolder()

  private var path: String { folder.file("people.checkpoint") }

  /// The same for every seed and epoch, whatever the epochs before.
  @Test func theOrderOfAnEpochDependsOnItsNumberAlone() throws {
    let encoder = try TableEncoder(try mixedTable(rows: 90, seed: 67))
    func orders(_ epochs: [Int], seed: UInt64 = 1) -> [[Int32]] {
      let plan = TrainingPlan(
        rowCount: 90, columnCount: 4, options: quickOptions(foldCount: nil, seed: seed))
      let trainer = Trainer(encoder, plan: plan, pool: WorkerPool(threadCount: 1))
      return epochs.map { epoch in
        trainer.beginEpoch(epoch)
        return trainer.trainedRows
      }
    }
    let all = orders([1, 2, 3])
    #expect(orders([3])[0] == all[2] && orders([3, 1])[1] == all[0])
    #expect(Set(all + orders([1], seed: 2)).count == 4)
    #expect(Set(all[0]).count == 72 && all[0].sorted() == all[1].sorted())
  }

  /// A checkpoint after every epoch of a run and, unless another interval is given, before every step, as files of their own, and the
  /// run's model.
  private func everyCheckpoint(
    of table: Table, _ options: TrainingOptions, plan: TrainingPlan? = nil,
    intervalSeconds: Double = 0
  ) throws -> (paths: [String], model: Generator) {
    var options = options
    options.checkpoint = Checkpointing(path: path, intervalSeconds: intervalSeconds)
    var paths: [String] = []
    let run = try TrainingRun(
      table, options: options, plan: plan, cancellation: Cancellation())
    let generator = try run.run(progress: { _ in }) { checkpoint in
      try checkpoint.write()
      paths.append(folder.file("\(paths.count)"))
      try FileManager.default.moveItem(atPath: path, toPath: paths.last!)
    }
    return (paths, generator)
  }

  /// The model that going on from a file leads to.
  private func resumed(
    _ path: String, _ table: Table, threadCount: Int = 1
  ) async throws -> Generator {
    let checkpoint = try Checkpoint(contentsOf: path)
    var options = checkpoint.options
    options.threadCount = threadCount
    options.checkpoint?.intervalSeconds = 0
    return try await Generator.train(on: table, options: options, resuming: checkpoint)
  }

  @Test(arguments: ColumnOrder.allCases)
  func everyStopLeadsToTheSameBytes(_ order: ColumnOrder) async throws {
    let table = try mixedTable(rows: 130, seed: 61)
    let options = quickOptions(epochs: 3, order: order, batchSize: 32, foldCount: nil)
    let (paths, generator) = try everyCheckpoint(of: table, options)
    let model = try generator.fileBytes()
    // The 104 rows that a fold trains on are four steps, all 130 are five; one more for each stage that begins but the first.
    let report = generator.report
    let counts = [report.rows, report.conditionals].compactMap { fit in
      fit.map { 5 * 3 * (4 + 1) + 5 + $0.refitLosses.count * (5 + 1) }
    }
    #expect(counts.count == (order == .mixed ? 2 : 1))
    #expect(paths.count == counts.reduce(0, +) + counts.count - 1)
    #expect(try await Generator.train(on: table, options: options).fileBytes() == model)
    // All kinds: within an epoch of the first fold, of others and of all rows, where each ends and begins.
    let stops =
      Array(stride(from: 3, to: 75, by: 19))
      + Array(stride(from: 75, to: paths.count, by: order == .mixed ? 7 : 1)) + [paths.count - 1]
    for index in stops {
      let generator = try await resumed(paths[index], table, threadCount: 1 + index % 3)
      #expect(try generator.fileBytes() == model, "from checkpoint \(index)")
    }
    // Each was replaced by those that followed; the last has nothing left to do, however often it is resumed.
    #expect(try await resumed(paths.last!, table).fileBytes() == model)
  }

  /// A run that is resumed while it trains on all rows writes checkpoints that can be resumed again.
  @Test func trainingOnAllRowsResumesTwice() async throws {
    let table = try mixedTable(rows: 130, seed: 61)
    var options = quickOptions(epochs: 3, batchSize: 32)
    let model = try await Generator.train(on: table, options: options).fileBytes()
    options.checkpoint = Checkpointing(path: path, intervalSeconds: 0)
    var checkpoint: Checkpoint?
    for step in [1, 3] {
      let cancellation = Cancellation()
      let run = try TrainingRun(
        table, options: options, resuming: checkpoint, cancellation: cancellation)
      let generator = try run.train(progress: { _ in }) { checkpoint in
        try checkpoint.write()
        if checkpoint.finished.count == 1, checkpoint.stage.trainer.step >= step {
          cancellation.request()
        }
      }
      #expect(generator.report.stopReason == .cancelled)
      checkpoint = try Checkpoint(contentsOf: path)
      #expect(checkpoint?.finished.count == 1)
      #expect(checkpoint?.stage.trainer.step == step + 1)
    }
    #expect(try await resumed(path, table).fileBytes() == model)
  }

  /// Noise is soon learnt by heart: the best epoch lies before the last checkpoints, whose weights are not its.
  @Test func theBestEpochIsKeptThroughAStop() async throws {
    var random = SplitMix64(seed: 62)
    let table = try Table(
      columns: (0..<6).map { column in
        Column("c\(column)", (0..<120).map { _ in "v\(Int(random.unit() * 8))" })
      })
    let options = TrainingOptions(
      modelSize: .small, epochs: 100, order: .natural, learningRate: 0.02, seed: 3, threadCount: 1)
    let plan = try TrainingPlan.withoutRefit(rowCount: 120, heldOut: 24, options)
    let (paths, generator) = try everyCheckpoint(of: table, options, plan: plan)
    let model = try generator.fileBytes()
    var stopsAfterTheBest = 0
    for path in paths.suffix(12) {
      let stage = try Checkpoint(contentsOf: path).stage
      stopsAfterTheBest += stage.bestValues == stage.trainer.average ? 0 : 1
      let generator = try await resumed(path, table)
      #expect(generator.report.stopReason == .noImprovement)
      #expect(try generator.fileBytes() == model)
    }
    #expect(stopsAfterTheBest >= 8)
  }

  /// A large model takes the medium one's place after the fourth epoch: stops before and after lead to it as well.
  @Test func aRunThatGrowsGoesOnToTheSameBytes() async throws {
    let table = try dependentTable(rows: 620, seed: 68)
    var options = quickOptions(epochs: 6, batchSize: 16)
    options.modelSize = nil
    options.optimization.learningRate = 0.02
    let plan = try TrainingPlan.changed(
      rowCount: 620, options,
      ["refits": false, "foldCount": 1, "heldOutCount": 62, "mayGrow": true])
    let (paths, generator) = try everyCheckpoint(
      of: table, options, plan: plan, intervalSeconds: .infinity)
    #expect(generator.plan.modelSize == .large && generator.network.hiddenSize == 128)
    // Four epochs of the medium model, then six of the large one.
    try #require(paths.count == 10)
    #expect(generator.report.rows.history.count == 6)
    let model = try generator.fileBytes()
    for index in [2, 3, 4, 9] {
      #expect(try await resumed(paths[index], table).fileBytes() == model, "checkpoint \(index)")
    }
  }

  @Test func aCancelledRunGoesOnToTheSameBytes() async throws {
    let table = try mixedTable(rows: 400, seed: 63)
    var options = quickOptions(epochs: 3, batchSize: 16, foldCount: nil)
    let model = try await Generator.train(on: table, options: options).fileBytes()
    // Stopped in the second epoch and at the first's end: nothing else was written before or is after.
    for stop in [33, 20] {
      options.checkpoint = Checkpointing(path: folder.file("\(stop)"), intervalSeconds: 0)
      let cancellation = Cancellation()
      var last: Checkpoint?
      let run = try TrainingRun(table, options: options, cancellation: cancellation)
      let generator = try run.run(progress: { _ in }) { checkpoint in
        if checkpoint.stage.trainer.step == stop { cancellation.request() }
        last = checkpoint
      }
      #expect(generator.report.stopReason == .cancelled)
      let checkpoint = try #require(last)
      #expect(checkpoint.stage.trainer.step == stop + (stop == 33 ? 1 : 0))
      try checkpoint.write()
      #expect(try await resumed(checkpoint.path, table).fileBytes() == model)
    }
  }

  /// As cancelled by its task, with an interval that is never over.
  @Test func aCancelledTaskLeavesACheckpoint() async throws {
    let table = try mixedTable(rows: 300, seed: 64)
    var options = quickOptions(epochs: 4, foldCount: nil)
    let model = try await Generator.train(on: table, options: options).fileBytes()
    options.checkpoint = Checkpointing(path: path, intervalSeconds: .infinity)
    let generator = try await trainCancelled(after: 2, on: table, options: options)
    #expect(generator.report.stopReason == .cancelled && generator.report.rows.history.count == 2)
    #expect(folder.contents == ["people.checkpoint"])
    #expect(try await resumed(path, table).fileBytes() == model)
  }

  @Test func progressGoesOnWhereItStood() async throws {
    let table = try mixedTable(rows: 130, seed: 65)
    let (paths, generator) = try everyCheckpoint(
      of: table, quickOptions(epochs: 4, batchSize: 32, foldCount: nil))
    let checkpoint = try Checkpoint(contentsOf: paths[12])
    #expect(checkpoint.stage.progress.history.count == 2)
    let log = ProgressLog()
    _ = try await Generator.train(
      on: table, options: checkpoint.options, resuming: checkpoint, progress: log.append)
    #expect(log.all.first?.epochs ?? 0 > 2)
    #expect(log.all.last?.epochs == Double(5 * 4 + generator.report.rows.refitLosses.count))
    #expect(log.all.allSatisfy { $0.remainingSeconds >= 0 && $0.rowsPerSecond > 0 })
    #expect(log.all.last?.remainingSeconds == 0)
  }

  /// What a checkpoint needs stands in no model, and no text of the table in a checkpoint.
  @Test func nothingElseIsWritten() async throws {
    let table = try mixedTable(rows: 130, seed: 66)
    var options = quickOptions(epochs: 1, foldCount: nil)
    let plain = try await Generator.train(on: table, options: options).fileBytes()
    options.checkpoint = Checkpointing(path: path)
    #expect(try await Generator.train(on: table, options: options).fileBytes() == plain)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    let text = String(decoding: bytes, as: UTF8.self)
    for secret in ["color", "green", "member", "age", "income"] {
      #expect(!text.contains(secret), "\(secret)")
    }
    let file = try ModelFile(bytes)
    #expect(Set(file.metadata.keys) == ["likeness", "format", "crc32"])
    #expect(file.metadata["format"] == "likeness-checkpoint")
    #expect(file.tensors.count == 10)
    try options.checkpoint?.remove()
    try options.checkpoint?.remove()
    #expect(folder.contents.isEmpty)
  }
}
