import Tables

/// The progress of a training run.
public struct TrainingProgress: Sendable {
  /// Epochs completed, with the fraction of the running one. Epochs of all folds and of the refit are counted.
  public let epochs: Double
  /// The most epochs that will be run, in all folds and the refit.
  public let epochLimit: Int
  /// The number of the running stage, counted from 1: a fold, which trains on a part of the rows, or the refit on all rows.
  public let stage: Int
  /// The number of folds, and the refit if there is one.
  public let stageCount: Int
  /// Epochs of the running stage that are completed, with the fraction of the running one.
  public let stageEpochs: Double
  /// The most epochs of the running stage.
  public let stageEpochLimit: Int
  /// The order in which the running stage reads the columns: ``ColumnOrder/natural`` or ``ColumnOrder/any``.
  public let order: ColumnOrder
  /// The width of the model, which can grow after a few epochs.
  public let modelSize: ModelSize
  /// Mean cross-entropy of a row in the running epoch, in nats.
  public let trainingLoss: Double
  /// Mean cross-entropy of a held-out row after the last whole epoch, in nats; nil before it.
  public let heldOutLoss: Double?
  /// Rows trained per second since the start.
  public let rowsPerSecond: Double
  public let elapsedSeconds: Double
  /// Estimated seconds to the last epoch: training usually stops earlier, when the held-out loss no longer falls.
  public let remainingSeconds: Double
}

/// What a training run does before and after the training steps.
public enum TrainingActivity: Equatable, Sendable {
  /// Reads the table, once or several times: the rows read so far in this pass.
  case reading(rowCount: Int)
  /// Searches for columns that predict each column: the number of columns that are done.
  case relatingColumns(done: Int, count: Int)
  /// Adjusts the trained model so that each column's values are drawn as often as they occur.
  case calibrating
}

/// Why training ended.
public enum StopReason: String, Codable, Sendable {
  /// All epochs were run.
  case epochLimit
  /// The time limit was reached.
  case timeLimit
  /// The held-out loss had not improved for some epochs.
  case noImprovement
  /// The caller cancelled it.
  case cancelled
}

/// One epoch of a finished run.
public struct EpochRecord: Codable, Equatable, Sendable {
  /// Counted from 1.
  public let epoch: Int
  /// Mean cross-entropy of a trained row, in nats.
  public let trainingLoss: Double
  /// Mean cross-entropy of a held-out row in table order, in nats; 0 where none are held out.
  public let heldOutLoss: Double
}

/// A table that reports how many rows have been read, and throws `CancellationError` once the run is cancelled.
struct CancellableRows<Source: RowSource>: RowSource {
  private let source: Source
  private let cancellation: Cancellation
  private let activity: @Sendable (TrainingActivity) -> Void

  init(
    _ source: Source, _ cancellation: Cancellation,
    activity: @escaping @Sendable (TrainingActivity) -> Void
  ) {
    self.source = source
    self.cancellation = cancellation
    self.activity = activity
  }

  var name: String { source.name }
  var columnNames: [String] { source.columnNames }

  func forEachBatch(_ body: (ColumnBatch) throws -> Void) throws {
    try source.forEachBatch { batch in
      if cancellation.isRequested { throw CancellationError() }
      activity(.reading(rowCount: batch.firstRow))
      try body(batch)
    }
  }
}
