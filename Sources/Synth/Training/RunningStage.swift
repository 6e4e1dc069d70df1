/// A stage of a training run: each trains a new model from fresh weights.
package struct TrainingStage: Equatable {
  package enum Kind: Equatable {
    /// Holds out one of the equal parts of the rows, to measure the loss on rows that the model has not seen.
    case fold(Int)
    /// Trains on all rows, for the number of epochs that the folds found best.
    case refit
  }

  package let kind: Kind
  /// The order in which the columns are read: ``ColumnOrder/natural`` or ``ColumnOrder/any``.
  package let order: ColumnOrder

  /// The part of the rows that is held out; 0 where none is.
  var fold: Int {
    switch kind {
    case .fold(let fold): fold
    case .refit: 0
    }
  }
}

/// The stage that is running: its trainer and its progress.
struct RunningStage {
  let stage: TrainingStage
  /// The plan of this stage: a refit has its own number of epochs and holds out no rows.
  let plan: TrainingPlan
  let trainer: Trainer
  var progress: StageProgress

  /// - Parameters:
  ///   - plan: the plan of the run.
  ///   - finished: the stages that are over.
  ///   - progress: the progress so far.
  ///   - prior: gives the pair prior of the trained rows.
  init(
    _ stage: TrainingStage, of plan: TrainingPlan, after finished: [StageProgress],
    progress: StageProgress = StageProgress(), search: PriorSearch,
    prior: (RowSplit, inout StageProgress) throws -> PairPrior
  ) rethrows {
    self.stage = stage
    self.plan = plan.plan(of: stage, after: finished)
    var progress = progress
    let split = RowSplit(
      rowCount: search.encoder.table.rowCount, plan: self.plan, fold: stage.fold)
    trainer = Trainer(
      search.encoder, plan: self.plan, fold: stage.fold, prior: try prior(split, &progress),
      pool: search.pool)
    self.progress = progress
  }

  /// Whether all steps of the running epoch are done, or all that the time limit allows.
  var isEpochOver: Bool { progress.epochSteps >= trainer.stepsPerEpoch || progress.isTimeOver }

  /// Whether the running epoch has seen every trained row.
  var isEpochWhole: Bool { progress.epochSteps == trainer.stepsPerEpoch }

  /// Rows trained in the running epoch.
  var epochRows: Int { min(progress.epochSteps * plan.batchSize, trainer.trainedCount) }

  /// Epochs run so far, with the fraction of the running one.
  var epochs: Double {
    Double(progress.history.count) + Double(epochRows) / Double(trainer.trainedCount)
  }

  /// Mean loss of a row of the running epoch, in nats.
  var trainingLoss: Double { progress.epochLoss / Double(max(1, epochRows)) }

  /// Runs the next step of the epoch.
  ///
  /// - Parameter stagesLeft: stages that share the time limit, including this one.
  /// - Throws: ``SynthError/diverged(epoch:)``.
  mutating func trainStep(clock: RunClock, stagesLeft: Int) throws {
    progress.epochLoss += trainer.trainStep(progress.epochSteps)
    progress.epochSteps += 1
    if clock.isOver(trainer, stagesLeft: stagesLeft) { progress.isTimeOver = true }
    guard progress.epochLoss.isFinite else { throw SynthError.diverged(epoch: progress.epoch) }
  }

  /// Ends the running epoch with its held-out loss.
  ///
  /// - Returns: whether the epoch is the best so far.
  /// - Throws: ``SynthError/diverged(epoch:)``.
  mutating func endEpoch() throws -> Bool {
    let heldOutLoss = trainer.evaluate()
    guard heldOutLoss.isFinite else { throw SynthError.diverged(epoch: progress.epoch) }
    return progress.endEpoch(trainingLoss: trainingLoss, heldOutLoss: heldOutLoss)
  }
}
