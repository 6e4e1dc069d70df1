import NN

/// Makes the ``PairPrior`` of each phase of a run, unless the run is cancelled or the time is over.
struct PriorSearch {
  let encoder: TableEncoder
  let pool: WorkerPool
  let cancellation: Cancellation
  let clock: RunClock
  let activity: @Sendable (TrainingActivity) -> Void

  /// The prior of a split's trained rows, as far as there is time. The phase that begins records how far that was.
  ///
  /// - Parameter phasesLeft: phases that share the time, the one that begins among them.
  /// - Throws: `CancellationError` when cancelled.
  func prior(
    _ split: RowSplit, in phase: inout PhaseProgress, phasesLeft: Int
  ) throws -> PairPrior {
    let start = clock.elapsedSeconds
    return try counted(split) { done in
      guard clock.isPreparationOver(since: start, phasesLeft: phasesLeft) else { return true }
      phase.pairedColumns = done
      return false
    }
  }

  /// The same prior again, for a resumed run.
  ///
  /// - Parameter pairedColumns: the number that the phase recorded; nil for all columns.
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
