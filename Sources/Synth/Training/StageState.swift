import NN

/// The state of a training stage between two steps.
package struct StageState: Equatable, Sendable {
  package var progress: StageProgress
  package var trainer: TrainerState
  /// The best weights of all folds of the running order so far, laid out like those of ``trainer``; empty before the first epoch has
  /// ended.
  package var bestValues: [Float]
  /// The weights of the order that is over; empty in the first.
  package var finishedValues: [Float]
}

/// The progress of a training stage: its losses and its place in the running epoch.
package struct StageProgress: Codable, Equatable, Sendable {
  /// The epochs that have ended.
  package var history: [EpochRecord] = []
  /// The epoch of the lowest held-out loss, counted from 1; 0 before the first has ended.
  package var bestEpoch = 0
  /// Steps done in the running epoch.
  package var epochSteps = 0
  /// Whether the time limit has ended the stage.
  package var isTimeOver = false
  /// The columns whose parents were searched before the time limit; nil for all columns.
  package var pairedColumns: Int?
  /// The sum of the row losses of the running epoch, in nats.
  package var epochLoss = 0.0

  /// The mean of the figures of several folds.
  init(meanOf folds: [StageProgress]) {
    let count = folds.map(\.history.count).min() ?? 0
    for index in 0..<count {
      func mean(_ figure: KeyPath<EpochRecord, Double>) -> Double {
        folds.reduce(0) { $0 + $1.history[index][keyPath: figure] } / Double(folds.count)
      }
      _ = endEpoch(
        trainingLoss: mean(\.trainingLoss), heldOutLoss: mean(\.heldOutLoss))
    }
    isTimeOver = folds.contains(where: \.isTimeOver)
  }

  package init() {}

  /// The number of the running epoch, counted from 1.
  var epoch: Int { history.count + 1 }

  /// The held-out loss of the best epoch.
  var bestLoss: Double { bestEpoch > 0 ? history[bestEpoch - 1].heldOutLoss : .infinity }

  /// The last epoch whose held-out loss is within a small tolerance of the best.
  var lastGoodEpoch: Int {
    let limit = bestLoss + StageProgress.tolerance * abs(bestLoss)
    return (history.lastIndex { $0.heldOutLoss <= limit } ?? 0) + 1
  }

  /// The relative difference of held-out losses that does not matter.
  private static let tolerance = 0.001

  /// Ends the running epoch and returns whether it is the best so far.
  package mutating func endEpoch(trainingLoss: Double, heldOutLoss: Double) -> Bool {
    let isBest = heldOutLoss < bestLoss || heldOutLoss == 0
    if isBest { bestEpoch = epoch }
    history.append(
      EpochRecord(epoch: epoch, trainingLoss: trainingLoss, heldOutLoss: heldOutLoss))
    (epochSteps, epochLoss) = (0, 0)
    return isBest
  }

  /// Whether the held-out loss has stopped improving: the last epochs, a quarter of all, have not brought a relative fall that is
  /// worth them.
  func hasConverged(_ plan: TrainingPlan) -> Bool {
    let earlier = history.count - (history.count + 3) / 4
    guard plan.heldOutCount > 0, earlier > 0, history.count >= plan.fewestEpochs else {
      return false
    }
    let losses = history.map(\.heldOutLoss)
    let best = losses[..<earlier].min()!
    return losses[earlier...].min()! > best - plan.order.leastGain * abs(best)
  }

  /// Why the stage has ended; nil while it goes on.
  package func stopReason(_ plan: TrainingPlan) -> StopReason? {
    if hasConverged(plan) { return .noImprovement }
    if history.count >= plan.epochs { return .epochLimit }
    return isTimeOver ? .timeLimit : nil
  }

  /// Whether the figures are consistent with each other.
  var isConsistent: Bool {
    history.isConsistent && (min(1, history.count)...history.count).contains(bestEpoch)
      && epochSteps >= 0 && epochLoss.isFinite && pairedColumns ?? 0 >= 0
      && !(isTimeOver && history.isEmpty)
  }

  /// Whether it belongs to a trainer after this many steps.
  func fits(step: Int, stepsPerEpoch: Int) -> Bool {
    epochSteps < stepsPerEpoch && step == history.count * stepsPerEpoch + epochSteps
  }
}
