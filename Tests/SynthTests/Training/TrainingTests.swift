import Foundation
import NN
import Synth
import Tables
import TestSupport
import Testing

@Suite struct TrainingTests {
  // MARK: Determinism

  @Test func sameBytesWithAnyThreadCount() async throws {
    let table = try mixedTable(rows: 500, seed: 1)
    var files: [Data] = []
    for threadCount in [1, 2, 3] {
      let options = quickOptions(batchSize: 128, foldCount: nil, threadCount: threadCount)
      files.append(try await Generator.train(on: table, options: options).fileBytes())
    }
    #expect(files[0] == files[1] && files[0] == files[2])
  }

  @Test func anotherSeedAnotherModel() async throws {
    let table = try mixedTable(rows: 100, seed: 1)
    let first = try await Generator.train(
      on: table, options: quickOptions(epochs: 1, foldCount: nil, seed: 1))
    let second = try await Generator.train(
      on: table, options: quickOptions(epochs: 1, foldCount: nil, seed: 2))
    #expect(first.values.buffer.row.elements != second.values.buffer.row.elements)
    #expect(first.columnNames == second.columnNames)
  }

  @Test func theSourceDoesNotMatter() async throws {
    let table = try mixedTable(rows: 100, seed: 2)
    let folder = TemporaryFolder()
    let path = folder.file("table.csv.gz")
    try table.write(to: path)
    let options = quickOptions(epochs: 1, foldCount: nil)
    let fromMemory = try await Generator.train(on: table, options: options).fileBytes()
    let fromFile = try await Generator.train(on: CSVFiles(paths: [path]), options: options)
      .fileBytes()
    #expect(fromMemory == fromFile)
  }

  // MARK: Held-out rows

  private func trainer(
    _ encoder: TableEncoder, table: EncodedTable? = nil, values: ParameterArena? = nil,
    prior: PairPrior? = nil, plan: TrainingPlan
  ) -> Trainer {
    let network = Network(plan, columns: encoder.columns)
    return Trainer(
      network,
      values: values?.copy()
        ?? network.initialValues(counts: encoder.columns.map(\.counts), seed: plan.seed),
      ordinal: OrdinalOptimizer(network, midRanks: encoder.columns.map(\.midRanks)),
      table: table ?? encoder.table,
      split: RowSplit(rowCount: encoder.table.rowCount, plan: plan),
      prior: prior ?? .none(network), plan: plan, pool: WorkerPool(threadCount: 1))
  }

  /// Changing the codes of every held-out row changes no weight; changing one trained row changes some.
  @Test func heldOutRowsAreNotTrainedOn() throws {
    let encoder = try TableEncoder(try mixedTable(rows: 200, seed: 3))
    let plan = TrainingPlan(rowCount: 200, columnCount: 4, options: quickOptions(foldCount: nil))
    #expect(plan.heldOutCount == 40)
    let split = trainer(encoder, plan: plan)
    #expect(split.heldOutRows.count == 40)
    #expect((split.heldOutRows + split.trainedRows).sorted() == Array(0..<200))

    func weights(changing rows: [Int32]) -> (values: [Float], heldOutLoss: Double) {
      let columns = zip(encoder.table.columns, encoder.columns).map { codes, column in
        var codes = codes
        for row in rows {
          let changed = (codes[Int(row)] + 1) % UInt16(column.vocabularySize)
          codes[Int(row)] = changed
        }
        return codes
      }
      let changed = EncodedTable(rowCount: 200, columns: columns)
      let trainer = trainer(encoder, table: changed, plan: plan)
      for epoch in 1...2 {
        trainer.beginEpoch(epoch)
        #expect(Set(trainer.trainedRows) == Set(split.trainedRows))
        for step in 0..<trainer.stepsPerEpoch { _ = trainer.trainStep(step) }
      }
      return (trainer.values.buffer.row.elements, trainer.evaluate())
    }
    let original = weights(changing: [])
    let changed = weights(changing: split.heldOutRows)
    #expect(original.values == changed.values)
    #expect(original.heldOutLoss != changed.heldOutLoss)
    #expect(original.values != weights(changing: [split.trainedRows[7]]).values)
  }

  /// Trains noise until it is learnt by heart; what is kept is the model that had the lowest held-out loss.
  @Test func theBestEpochIsKept() throws {
    var random = SplitMix64(seed: 4)
    let table = try Table(
      columns: (0..<6).map { column in
        Column("c\(column)", (0..<120).map { _ in "v\(Int(random.unit() * 8))" })
      })
    let options = TrainingOptions(
      modelSize: .small, epochs: 100, order: .natural, learningRate: 0.02, seed: 3, threadCount: 1)
    let plan = try TrainingPlan.withoutRefit(rowCount: 120, heldOut: 24, options)
    let run = try TrainingRun(table, options: options, plan: plan, cancellation: Cancellation())
    let generator = try run.train(progress: { _ in })
    #expect(
      generator.report.stopReason == .noImprovement && generator.report.rows.refitLosses.isEmpty)
    let losses = generator.report.rows.history.map(\.heldOutLoss)
    let best = try #require(losses.indices.min { losses[$0] < losses[$1] })
    #expect(generator.report.rows.bestEpoch == best + 1)
    #expect(generator.report.rows.history.map(\.epoch) == Array(1...losses.count))
    #expect(generator.report.rows.bestEpoch < losses.count)
    let encoder = try TableEncoder(table)
    let again = trainer(
      encoder, values: generator.values, prior: generator.prior, plan: generator.plan)
    #expect(again.evaluate() == losses[best])
  }

  /// A higher limit goes on with the same training, and the best epoch is kept.
  @Test(arguments: [ColumnOrder.natural, .any])
  func moreAllowedEpochsAreNeverWorse(order: ColumnOrder) throws {
    let table = try dependentTable(rows: 1_000, seed: 9)
    var best: [Double] = []
    var histories: [[EpochRecord]] = []
    for epochs in [1, 5, 25, 100] {
      let options = quickOptions(epochs: epochs, order: order)
      let plan = try TrainingPlan.withoutRefit(rowCount: 1_000, heldOut: 200, options)
      let fit = try TrainingRun(
        table, options: options, plan: plan, cancellation: Cancellation()
      ).train(progress: { _ in }).report.rows
      best.append(fit.bestLoss)
      histories.append(fit.history)
    }
    #expect(zip(best, best.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(best[0] > best[3])
    for (short, long) in zip(histories, histories.dropFirst()) {
      #expect(short == Array(long.prefix(short.count)))
    }
  }

  // MARK: Progress and cancellation

  @Test func progressRises() throws {
    let table = try dependentTable(rows: 300, seed: 5)
    let log = ProgressLog()
    let run = try TrainingRun(
      table, options: quickOptions(epochs: 2, foldCount: nil), cancellation: Cancellation(),
      now: SteppedClock().now)
    let generator = try run.run(progress: log.append)
    let reports = log.all
    // One after each of the 15 steps in an epoch of a fold and the 19 in one of all rows.
    #expect(reports.count == 2 * (5 * 15 + 19))
    #expect(zip(reports, reports.dropFirst()).allSatisfy { $0.epochs < $1.epochs })
    #expect(
      zip(reports, reports.dropFirst()).allSatisfy { $0.elapsedSeconds <= $1.elapsedSeconds })
    let last = try #require(reports.last)
    // Two epochs of each fold, and two on all rows.
    #expect(generator.report.rows.history.count == 2 && generator.report.rows.bestEpoch == 2)
    #expect(last.epochs == 12 && last.epochLimit == 12 && last.remainingSeconds == 0)
    #expect(last.stage == 6 && last.stageCount == 6 && last.stageEpochs == 2)
    #expect(reports.allSatisfy { $0.stageEpochLimit == 2 && $0.stageEpochs <= 2 })
    #expect(generator.report.rows.keptEpochs == 2)
    #expect(last.heldOutLoss == generator.report.rows.history[1].heldOutLoss)
    #expect(last.trainingLoss == generator.report.rows.refitLosses.last)
    #expect(reports.allSatisfy { $0.rowsPerSecond > 0 && $0.trainingLoss.isFinite })
    #expect(generator.report.stopReason == .epochLimit)
  }

  @Test func cancelledAfterTheFirstEpoch() async throws {
    let table = try mixedTable(rows: 300, seed: 6)
    let generator = try await trainCancelled(
      after: 1, on: table, options: quickOptions(epochs: 50, foldCount: nil))
    #expect(generator.report.stopReason == .cancelled)
    #expect(generator.report.rows.bestEpoch == 1 && generator.report.rows.history.count == 1)
    #expect(try generator.drawTable(rows: 20).rowCount == 20)
    #expect(try generator.fileBytes().count > 8)
  }

  @Test func cancelledBeforeTheFirstStep() async throws {
    let table = try mixedTable(rows: 100, seed: 6)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await Generator.train(on: table, options: quickOptions(foldCount: nil))
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }

  // MARK: What cannot be

  @Test func optionsThatCannotBe() async throws {
    let table = try mixedTable(rows: 20, seed: 1)
    func message(_ options: TrainingOptions) async -> String {
      do {
        _ = try await Generator.train(on: table, options: options)
        return "trained"
      } catch {
        return error is SynthError ? "\(error)" : "another error: \(error)"
      }
    }
    let counts: [(String, String, (Int) -> TrainingOptions, [Int])] = [
      ("The number of epochs", "100000", { TrainingOptions(epochs: $0) }, [-1, 0, 100_001]),
      ("The batch size", "65536", { TrainingOptions(batchSize: $0) }, [-5, 0, 65_537]),
      ("The number of threads", "1024", { TrainingOptions(threadCount: $0) }, [0, 1_025]),
    ]
    for (name, limit, options, values) in counts {
      for value in values {
        #expect(
          await message(options(value))
            == "\(name) cannot be \(value). Give a whole number from 1 to \(limit).")
      }
    }
    for (rate, text) in [(0, "0.0"), (-0.5, "-0.5"), (1.5, "1.5"), (.infinity, "inf")]
      as [(Float, String)]
    {
      #expect(
        await message(TrainingOptions(learningRate: rate))
          == "The learning rate cannot be \(text). Give a number in 0...1.")
    }
    #expect(await message(TrainingOptions(learningRate: .nan)).hasPrefix("The learning rate"))
    #expect(
      throws: SynthError.option(
        name: "The batch size", value: "0", remedy: "Give a whole number from 1 to 65536.")
    ) { try TrainingOptions(batchSize: 0).validate() }
  }

  @Test func tooFewRows() async throws {
    for count in [1, 19] {
      let table = try Table(columns: [Column("x", Array(0..<count))])
      let error = await #expect(throws: SynthError.self) {
        try await Generator.train(on: table, options: quickOptions(foldCount: nil))
      }
      #expect(error == .tooFewRows(name: "The table", count: count))
    }
    #expect(
      SynthError.tooFewRows(name: "a.csv", count: 1).description
        == "a.csv: 1 data row, but at least 20 are needed to learn from. Give a larger table.")
    #expect(
      SynthError.tooFewRows(name: "a.csv", count: 19).description
        == "a.csv: 19 data rows, but at least 20 are needed to learn from. Give a larger table.")
  }

  @Test func noRows() async throws {
    let table = try Table(columns: [Column("x", [Int?]())])
    await #expect(throws: TableError.noRows(table: "The table")) {
      try await Generator.train(on: table, options: quickOptions(foldCount: nil))
    }
  }

  @Test(arguments: [ModelSize.small, .large]) func aLearningRateOfOne(_ size: ModelSize)
    async throws
  {
    let table = try mixedTable(rows: 300, seed: 7)
    let options = TrainingOptions(
      modelSize: size, epochs: 3, batchSize: 16, learningRate: 1, threadCount: 1)
    do {
      let generator = try await Generator.train(on: table, options: options)
      #expect(generator.values.buffer.row.elements.allSatisfy { $0.isFinite })
      #expect(
        generator.report.rows.history.allSatisfy {
          $0.heldOutLoss.isFinite && $0.trainingLoss.isFinite
        })
      #expect(try generator.drawTable(rows: 50).rowCount == 50)
    } catch let error as SynthError {
      guard case .diverged = error else { throw error }
    }
    #expect(
      SynthError.diverged(epoch: 2).description
        == "The loss is no longer a number in epoch 2. Use a smaller learning rate.")
  }
}
