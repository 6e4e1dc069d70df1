import Tables

/// A table whose reading ends with `CancellationError` once that is asked for.
struct CancellableRows<Source: RowSource>: RowSource {
  private let source: Source
  private let cancellation: Cancellation

  init(_ source: Source, _ cancellation: Cancellation) {
    self.source = source
    self.cancellation = cancellation
  }

  var name: String { source.name }
  var columnNames: [String] { source.columnNames }

  func forEachBatch(_ body: (FieldBatch) throws -> Void) throws {
    try source.forEachBatch { batch in
      if cancellation.isRequested { throw CancellationError() }
      try body(batch)
    }
  }
}
