import NN

/// Builds the ``PairPrior`` of each stage of a run, unless the run is cancelled or the time is over.
struct PriorSearch {
  let encoder: TableEncoder
  let pool: WorkerPool
  let cancellation: Cancellation
  let clock: RunClock
  let activity: @Sendable (TrainingActivity) -> Void

  /// The prior from counts of the trained rows of a split. If the time runs out, the number of columns done is noted in `stage`.
  ///
  /// - Parameter stagesLeft: stages that share the time, including the one that begins.
  /// - Throws: `CancellationError` when cancelled.
  func prior(
    _ split: RowSplit, in stage: inout StageProgress, stagesLeft: Int
  ) throws -> PairPrior {
    let start = clock.elapsedSeconds
    return try counted(split) { done in
      guard clock.isPreparationOver(since: start, stagesLeft: stagesLeft) else { return true }
      stage.pairedColumns = done
      return false
    }
  }

  /// The same prior again, for a resumed run.
  ///
  /// - Parameter pairedColumns: the number of columns that the stage has noted; nil for all columns.
  /// - Throws: `CancellationError` when cancelled.
  func prior(_ split: RowSplit, pairedColumns: Int?) throws -> PairPrior {
    try counted(split) { $0 < pairedColumns ?? .max }
  }

  private func counted(_ split: RowSplit, goesOn: (Int) -> Bool) throws -> PairPrior {
    try PairCounter(encoder, split: split).prior(pool: pool) { done in
      if cancellation.isRequested { throw CancellationError() }
      activity(.relatingColumns(done: done, count: encoder.columns.count))
      return goesOn(done)
    }
  }
}
