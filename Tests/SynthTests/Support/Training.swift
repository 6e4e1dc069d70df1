import Foundation
import Synchronization
import Synth
import Tables
import TestSupport

/// Options for a model that is trained in a moment.
///
/// - Parameter foldCount: nil chooses by the number of rows, as ever: for tests of the training itself.
func quickOptions(
  epochs: Int? = 2, order: ColumnOrder = .natural, batchSize: Int? = nil, foldCount: Int? = 1,
  seed: UInt64 = 1, threadCount: Int = 1
) -> TrainingOptions {
  var options = TrainingOptions(
    modelSize: .small, epochs: epochs, order: order, batchSize: batchSize, seed: seed,
    threadCount: threadCount)
  options.optimization.foldCount = foldCount
  return options
}

extension Generator {
  /// The bytes of the model's file.
  func fileBytes() throws -> Data {
    let folder = TemporaryFolder()
    let path = folder.file("model.likeness")
    try write(to: path)
    return try Data(contentsOf: URL(fileURLWithPath: path))
  }

  /// The fields of the first rows as they are written to a file, column after column.
  func writtenFields(rows: Int, seed: UInt64 = 1) throws -> [[String]] {
    let folder = TemporaryFolder()
    let path = folder.file("rows.csv")
    try drawFile(0..<rows, to: path, seed: seed, threadCount: 1)
    return try SynthTests.fields(
      of: CSVFiles(paths: [path], options: CSVOptions(separator: UInt8(ascii: ","))))
  }

  /// Rows drawn into a CSV file and read back.
  func rowsThroughFile(_ rows: Range<Int>, seed: UInt64 = 1, threadCount: Int? = 1) throws -> Table
  {
    let folder = TemporaryFolder()
    let path = folder.file("rows.csv")
    try drawFile(rows, to: path, seed: seed, threadCount: threadCount)
    return try Table(
      reading: CSVFiles(paths: [path], options: CSVOptions(separator: UInt8(ascii: ","))))
  }
}

/// Trains in a task that is cancelled while the run waits in a report.
///
/// - Parameter epochs: cancels at the first report with at least this many epochs.
func trainCancelled(
  after epochs: Double, on table: Table, options: TrainingOptions
) async throws -> Generator {
  let (reports, waiting) = AsyncStream.makeStream(of: Void.self)
  let cancelled = DispatchSemaphore(value: 0)
  let task = Task {
    try await Generator.train(on: table, options: options) { progress in
      guard progress.epochs >= epochs else { return }
      waiting.finish()
      cancelled.wait()
      cancelled.signal()
    }
  }
  for await _ in reports {}
  task.cancel()
  cancelled.signal()
  return try await task.value
}

/// A clock that moves by a second whenever it is looked at.
final class SteppedClock {
  private var time = ContinuousClock.now

  func now() -> ContinuousClock.Instant {
    time = time.advanced(by: .seconds(1))
    return time
  }
}

/// What a training run reported.
final class ProgressLog: Sendable {
  private let reports = Mutex<[TrainingProgress]>([])

  var all: [TrainingProgress] { reports.withLock { $0 } }

  func append(_ progress: TrainingProgress) { reports.withLock { $0.append(progress) } }
}

extension TrainingPlan {
  /// The plan of a table with some of its parts changed, by the names that they have in a file.
  static func changed(
    rowCount: Int, _ options: TrainingOptions, _ changes: [String: Any]
  ) throws -> TrainingPlan {
    let plan = try JSONEncoder().encode(
      TrainingPlan(rowCount: rowCount, columnCount: 4, options: options))
    var parts = try JSONSerialization.jsonObject(with: plan) as? [String: Any] ?? [:]
    for (name, value) in changes { parts[name] = value }
    return try JSONDecoder().decode(
      TrainingPlan.self, from: JSONSerialization.data(withJSONObject: parts))
  }

  /// A plan as large tables have it: some rows are held out from first to last, and the best epoch is kept.
  static func withoutRefit(
    rowCount: Int, heldOut: Int, _ options: TrainingOptions
  ) throws -> TrainingPlan {
    try changed(
      rowCount: rowCount, options,
      ["refits": false, "foldCount": 1, "heldOutCount": heldOut])
  }
}
