import Tables

/// Where a training run is.
public struct TrainingProgress: Sendable {
  /// Epochs completed, with the fraction of the one that is running; those of a second training on all rows count on.
  public let epochs: Double
  /// The most epochs that will be run, those of a second training included.
  public let epochLimit: Int
  /// Mean cross-entropy of a row of the running epoch, in nats, over orders of all kinds.
  public let trainingLoss: Double
  /// Mean cross-entropy of a held-out row after the last whole epoch, in nats; nil before it.
  public let heldOutLoss: Double?
  /// Rows trained per second since the start.
  public let rowsPerSecond: Double
  public let elapsedSeconds: Double
  /// Until the last epoch, if training does not stop before.
  public let remainingSeconds: Double
}

/// What a training run does besides training.
public enum TrainingActivity: Equatable, Sendable {
  /// Reads the table, once or several times: the rows read so far in this pass.
  case reading(rowCount: Int)
  /// Looks for columns that say something about each column: the columns that are done.
  case relatingColumns(done: Int, count: Int)
  /// Adjusts the trained model so that each column's values are drawn as often as they occur.
  case calibrating
}

/// Why training ended.
public enum StopReason: String, Codable, Sendable {
  /// All epochs were run.
  case epochLimit
  /// The time was over.
  case timeLimit
  /// The held-out loss had not improved for some epochs.
  case noImprovement
  /// The caller asked for it.
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

/// A table that reports how far it has been read, and whose reading ends with `CancellationError` once that is asked for.
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
