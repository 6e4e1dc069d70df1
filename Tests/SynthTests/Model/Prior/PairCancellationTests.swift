import Foundation
import Synchronization
import Synth
import Tables
import TestSupport
import Testing

/// Cancellation while columns are related to each other, before the first step and between two folds.
@Suite struct PairCancellationTests {
  private func table(columns: Int) throws -> Table {
    var random = SplitMix64(seed: 31)
    let first = (0..<120).map { _ in Int(random.unit() * 3) }
    return try Table(
      columns: (0..<columns).map { index in
        Column("c\(index)", first.map { random.unit() < 0.8 ? "v\($0)" : "w" })
      })
  }

  /// Requests a cancellation when columns begin to be related for the `start`-th time.
  private final class Request: Sendable {
    let cancellation = Cancellation()
    private let seen = Mutex<[Int]>([])
    private let start: Int

    /// The columns that were done at each look.
    var all: [Int] { seen.withLock { $0 } }

    init(atStart start: Int) { self.start = start }

    func see(_ activity: TrainingActivity) {
      guard case .relatingColumns(let done, _) = activity else { return }
      let starts = seen.withLock { seen in
        seen.append(done)
        return seen.count { $0 == 0 }
      }
      if starts == start { cancellation.request() }
    }
  }

  @Test func beforeTheFirstStepThereIsNothingToKeep() throws {
    let request = Request(atStart: 1)
    #expect(throws: CancellationError.self) {
      try TrainingRun(
        self.table(columns: 70), options: quickOptions(), cancellation: request.cancellation,
        activity: { request.see($0) })
    }
    #expect(request.all == [0])
  }

  /// Between two folds the best so far is kept, and the run goes on to the same bytes as one without a stop.
  @Test func betweenFoldsTheBestIsKept() async throws {
    let folder = TemporaryFolder()
    let table = try table(columns: 40)
    var options = quickOptions(epochs: 1)
    let whole = try await Generator.train(on: table, options: options)
    options.checkpoint = Checkpointing(path: folder.file("checkpoint"))
    let request = Request(atStart: 2)
    let run = try TrainingRun(
      table, options: options, cancellation: request.cancellation,
      activity: { request.see($0) })
    let generator = try run.run(progress: { _ in })
    #expect(generator.report.stopReason == .cancelled && generator.report.rows.history.count == 1)
    #expect(request.all.count { $0 == 0 } == 2)
    let checkpoint = try Checkpoint(contentsOf: folder.file("checkpoint"))
    #expect(checkpoint.finished.count == 1 && checkpoint.stage.trainer.step == 0)
    let resumed = try await Generator.train(on: table, options: options, resuming: checkpoint)
    #expect(try resumed.fileBytes() == whole.fileBytes())
  }
}
