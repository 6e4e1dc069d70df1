import NN

/// A phase of training, from fresh weights to the best ones, as it stands between two steps.
package struct PhaseState: Equatable, Sendable {
  package var progress: PhaseProgress
  package var trainer: TrainerState
  /// The weights of the best epoch so far, laid out like those of ``trainer``; none before the first epoch has ended.
  package var bestValues: [Float]
}

/// How far a phase of training is, and what it has found.
package struct PhaseProgress: Codable, Equatable, Sendable {
  /// The epochs that have ended.
  package var history: [EpochRecord] = []
  /// The epoch of the lowest held-out loss, counted from 1; 0 before the first has ended.
  package var bestEpoch = 0
  /// Steps made in the epoch that is running.
  package var epochSteps = 0
  /// How much of the phase is over, from 0 to 1: the learning rate falls by it.
  package var progress = 0.0
  /// Progress per step of a decay: the rate falls to zero within an epoch. 0 while none has begun.
  package var decay = 0.0
  /// The columns whose parents were looked for before the time was over; nil for all columns.
  package var pairedColumns: Int?
  /// The sum of the losses of that epoch's rows, in nats.
  package var epochLoss = 0.0

  /// The mean of the figures of several folds.
  init(meanOf folds: [PhaseProgress]) {
    let count = folds.map(\.history.count).min() ?? 0
    for index in 0..<count {
      func mean(_ figure: KeyPath<EpochRecord, Double>) -> Double {
        folds.reduce(0) { $0 + $1.history[index][keyPath: figure] } / Double(folds.count)
      }
      _ = endEpoch(
        trainingLoss: mean(\.trainingLoss), heldOutLoss: mean(\.heldOutLoss))
    }
    progress = folds.map(\.progress).max() ?? 0
    decay = folds.map(\.decay).max() ?? 0
  }

  init() {}

  /// The epoch that is running, counted from 1.
  var epoch: Int { history.count + 1 }

  /// The held-out loss of the best epoch.
  var bestLoss: Double { bestEpoch > 0 ? history[bestEpoch - 1].heldOutLoss : .infinity }

  /// The last epoch whose held-out loss is as good as the best one's as far as a small part of a table can show.
  var lastGoodEpoch: Int {
    let limit = bestLoss + PhaseProgress.tolerance * abs(bestLoss)
    return (history.lastIndex { $0.heldOutLoss <= limit } ?? 0) + 1
  }

  private static let tolerance = 0.002

  /// Ends the running epoch; true where it is the best so far.
  mutating func endEpoch(trainingLoss: Double, heldOutLoss: Double) -> Bool {
    let isBest = heldOutLoss < bestLoss || heldOutLoss == 0
    if isBest { bestEpoch = epoch }
    history.append(
      EpochRecord(epoch: epoch, trainingLoss: trainingLoss, heldOutLoss: heldOutLoss))
    (epochSteps, epochLoss) = (0, 0)
    return isBest
  }

  /// Whether the learning rate has fallen to zero.
  var isOver: Bool { progress > 1 - 1e-9 }

  /// Whether the held-out loss has stopped improving.
  func isOverfitting(_ plan: TrainingPlan) -> Bool {
    plan.heldOutCount > 0 && plan.foldCount == 1
      && history.count - bestEpoch >= TrainingPlan.patience
  }

  /// Why the phase has ended, nil while it has not.
  func stopReason(_ plan: TrainingPlan) -> StopReason? {
    if history.count >= plan.epochs { return decay > 0 ? .noImprovement : .epochLimit }
    if isOver { return decay > 0 ? .noImprovement : .timeLimit }
    // Where a second training follows, it does the decay.
    return plan.refits && isOverfitting(plan) ? .noImprovement : nil
  }

  /// Whether the figures fit each other.
  var isConsistent: Bool {
    history.isConsistent && (min(1, history.count)...history.count).contains(bestEpoch)
      && epochSteps >= 0 && epochLoss.isFinite && (0...1).contains(progress)
      && (0...1).contains(decay) && pairedColumns ?? 0 >= 0 && !(isOver && history.isEmpty)
  }

  /// Whether it is that of a trainer that has made so many steps.
  func fits(step: Int, stepsPerEpoch: Int) -> Bool {
    epochSteps < stepsPerEpoch && step == history.count * stepsPerEpoch + epochSteps
  }
}
