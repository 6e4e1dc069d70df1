import Foundation
import NN
import Synchronization
import Tables

extension Generator {
  /// Trains a model on a table.
  ///
  /// The work is done on threads of its own. When the surrounding task is cancelled, training ends at the next step and the
  /// best model so far is returned, with ``StopReason/cancelled``.
  ///
  /// - Parameters:
  ///   - source: the table: a `Table` in memory or `CSVFiles`.
  ///   - options: what to do differently from the defaults.
  ///   - checkpoint: goes on from there, to the same model as that of a run without a stop. The table must be the same, and so
  ///     must be the options, threads, checkpoints and the time limit apart: take them from ``Checkpoint/options``.
  ///   - progress: called a few times per second and after every epoch, on a thread of the training's.
  ///   - activity: called often while the table is read, columns are related to each other and the model is calibrated, on a
  ///     thread of the training's.
  /// - Throws: `TableError` for a table that cannot be read, ``SynthError`` for one that cannot be learnt from, for options that
  ///   cannot be, for a checkpoint that is not one of this run and for training that diverges, `TableError` for a checkpoint
  ///   that cannot be written, `CancellationError` when cancelled before the first step.
  public static func train(
    on source: some RowSource, options: TrainingOptions = TrainingOptions(),
    resuming checkpoint: Checkpoint? = nil,
    progress: @escaping @Sendable (TrainingProgress) -> Void = { _ in },
    activity: @escaping @Sendable (TrainingActivity) -> Void = { _ in }
  ) async throws -> Generator {
    try await onOwnThread { cancellation in
      try TrainingRun(
        source, options: options, resuming: checkpoint, cancellation: cancellation,
        activity: activity
      ).run(progress: progress)
    }
  }
}

/// Runs work that takes long on a thread of its own, because tasks share theirs. When the surrounding task is cancelled, a
/// cancellation of the work is requested.
func onOwnThread<Output: Sendable>(
  _ work: @escaping @Sendable (Cancellation) throws -> Output
) async throws -> Output {
  let cancellation = Cancellation()
  return try await withTaskCancellationHandler {
    try await withCheckedThrowingContinuation { continuation in
      let thread = Thread { continuation.resume(with: Result { try work(cancellation) }) }
      // The stack of a main thread: products keep their packed panels there.
      thread.stackSize = 8 << 20
      thread.start()
    }
  } onCancel: {
    cancellation.request()
  }
}

/// A request to stop, made on any thread.
package final class Cancellation: Sendable {
  private let requested = Atomic<Bool>(false)

  package init() {}

  var isRequested: Bool { requested.load(ordering: .relaxed) }

  package func request() { requested.store(true, ordering: .relaxed) }
}
