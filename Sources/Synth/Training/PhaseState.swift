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
  /// The sum of the losses of that epoch's rows, in nats.
  package var epochLoss = 0.0

  /// The epoch that is running, counted from 1.
  var epoch: Int { history.count + 1 }

  /// The held-out loss of the best epoch.
  private var bestLoss: Double { bestEpoch > 0 ? history[bestEpoch - 1].heldOutLoss : .infinity }

  /// Ends the running epoch; true where it is the best so far.
  mutating func endEpoch(trainingLoss: Double, heldOutLoss: Double) -> Bool {
    let isBest = heldOutLoss < bestLoss
    if isBest { bestEpoch = epoch }
    history.append(
      EpochRecord(epoch: epoch, trainingLoss: trainingLoss, heldOutLoss: heldOutLoss))
    (epochSteps, epochLoss) = (0, 0)
    return isBest
  }

  /// Why the phase has ended, nil while it has not.
  func stopReason(_ plan: TrainingPlan) -> StopReason? {
    if history.count - bestEpoch >= TrainingPlan.patience { return .noImprovement }
    return history.count >= plan.epochs ? .epochLimit : nil
  }

  /// Whether the figures fit each other.
  var isConsistent: Bool {
    history.enumerated().allSatisfy { index, record in
      record.epoch == index + 1 && record.trainingLoss.isFinite && record.heldOutLoss.isFinite
    } && (min(1, history.count)...history.count).contains(bestEpoch)
      && epochSteps >= 0 && epochLoss.isFinite
  }

  /// Whether it is that of a trainer that has made so many steps.
  func fits(step: Int, stepsPerEpoch: Int) -> Bool {
    epochSteps < stepsPerEpoch && step == history.count * stepsPerEpoch + epochSteps
  }
}
