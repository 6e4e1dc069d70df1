import Tables

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
