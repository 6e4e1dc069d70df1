import Eval
import NN
import Synchronization
import Synth
import Tables

/// Makes one cell of a study: trains a generator, draws rows from it and judges them.
struct CellRun {
  let rows: RealRows
  let reference: StudyReference
  let options: StudyOptions
  let reporter: ProgressReporter

  /// - Parameters:
  ///   - key: The cell.
  ///   - path: Where the synthetic table goes.
  /// - Throws: `CancellationError` when the surrounding task is cancelled; then there is no cell.
  func run(_ key: StudyCell.Key, writingTo path: String) async throws -> StudyCell {
    reporter.begin(key)
    let sample = rows.sample(key.rowCount, repetition: key.repetition)
    let table = try Table(reading: sample, missingValues: options.missingValues)
    let seed = options.seed &+ UInt64(key.repetition - 1)
    let (generator, training) = try await trained(key, on: table, seed: seed)

    reporter.show(.drawing)
    let drawingStart = ContinuousClock.now
    try await generator.writeRows(
      0..<options.drawnRowCount, to: path, seed: seed, threadCount: options.threadCount)
    let drawingSeconds = drawingStart.duration(to: .now) / .seconds(1)

    reporter.show(.judging)
    let judgingStart = ContinuousClock.now
    let synthetic = try CSVFiles(paths: [path], options: .ownFiles)
    let judgement = try Judgement(
      of: synthetic, madeFrom: key.rowCount == rows.trainingCount ? nil : table, rows: rows,
      reference: reference, options: options)
    let judgingSeconds = judgingStart.duration(to: .now) / .seconds(1)

    var values = judgement.figures.values
    values.merge(training) { $1 }
    values[.generationSeconds] = drawingSeconds
    values[.evaluationSeconds] = judgingSeconds
    return StudyCell(
      key: key, seed: seed, values: values, expected: judgement.figures.expected,
      violations: judgement.evaluation.rules.map(\.violations), statistics: judgement.statistics,
      violins: judgement.violins,
      samples: try synthetic.rows(
        Philox(seed: seed, purpose: .study)
          .choose(3, below: options.drawnRowCount, stream: UInt64(key.rowCount))))
  }

  /// The generator, and what its training took.
  private func trained(
    _ key: StudyCell.Key, on table: Table, seed: UInt64
  ) async throws -> (Generator, [StudyFigure: Double]) {
    let last = Mutex<TrainingProgress?>(nil)
    let meter = TrainingMeter()
    let generator = try await Generator.train(
      on: table, options: options.trainingOptions(key.modelSize, key.epochs, seed: seed)
    ) { [reporter] progress in
      last.withLock { $0 = progress }
      reporter.show(.training(progress))
    }
    var values = meter.values()
    if generator.report.stopReason == .cancelled { throw CancellationError() }
    values[.epochs] = Double(generator.report.rows.keptEpochs)
    if let last = last.withLock({ $0 }) { values[.rowsPerSecond] = last.rowsPerSecond }
    return (generator, values)
  }
}

extension RowSource {
  /// The fields of some rows, by their numbers.
  fileprivate func rows(_ numbers: [Int]) throws -> [[String]] {
    var rows: [[String]] = []
    try SelectedRows(self, name: name, where: { numbers.contains($0) }).forEachBatch { batch in
      for row in 0..<batch.rowCount {
        rows.append(
          (0..<batch.columnCount).map { String(decoding: batch.spelling(row, $0), as: UTF8.self) })
      }
    }
    return rows
  }
}
