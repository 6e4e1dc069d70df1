import Foundation

/// What a run does, once the table is known: the options with every default filled in. Stored in the model file.
package struct TrainingPlan: Codable, Equatable {
  package let modelSize: ModelSize
  package let order: ColumnOrder
  package private(set) var epochs: Int
  package let batchSize: Int
  package let learningRate: Float
  package let dropout: Float
  package let weightDecay: Float
  package let seed: UInt64
  /// Which values of the table may enter the model.
  package let policy: DisclosurePolicy
  /// nil where there are none.
  package let constraints: [Constraint]?
  /// nil where there are none.
  package let derivations: [Derivation]?
  /// Rows kept out of training, to see when to stop.
  package private(set) var heldOutCount: Int
  /// How often other rows are held out, before the number of epochs is chosen by the mean of their losses.
  package private(set) var foldCount: Int
  /// Whether all rows are trained on in the end, for as many epochs as were good for the held-out ones.
  package private(set) var refits: Bool

  package init(rowCount: Int, columnCount: Int, options: TrainingOptions) {
    modelSize = options.modelSize
    order = options.order
    seed = options.seed
    policy = options.policy
    constraints = options.constraints.isEmpty ? nil : options.constraints
    derivations = options.derivations.isEmpty ? nil : options.derivations
    // Of small tables every row is needed in the end, and enough of them to see when to stop: the more columns a row has, the
    // more it says about that.
    refits = rowCount < 20_000
    let needsFolds = rowCount < 1_000 && columnCount <= 100
    foldCount = refits ? options.foldCount ?? (needsFolds ? TrainingPlan.mostFolds : 1) : 1
    heldOutCount = min(rowCount / (refits ? 5 : 10), 2_000)
    let trainedCount = Double(refits ? rowCount : rowCount - heldOutCount)
    // At least fifty steps in an epoch of a small table, calm gradients in a large one.
    batchSize = options.batchSize ?? min(256, max(16, 1 << Int(log2(max(1, trainedCount / 50)))))
    // More columns have more to say about each other.
    let steps = 870 * max(1, Double(columnCount) / 15)
    let stepsPerEpoch = trainedCount / Double(batchSize)
    epochs = options.epochs ?? min(14, max(4, Int((steps / stepsPerEpoch).rounded())))
    let relative = min(1, Float(batchSize) / 128).squareRoot()
    learningRate = options.learningRate ?? options.modelSize.learningRate * relative
    // What protects small tables from being learnt by heart only blurs large ones.
    dropout = Float(0.5 * pow(min(1, 3_000 / trainedCount), 0.8))
    weightDecay = Float(0.3 * min(1, 6_000 / trainedCount))
  }

  /// The plan of training on all rows for as many epochs as were best for the held-out ones.
  func refit(epochs: Int) -> TrainingPlan {
    var plan = self
    plan.epochs = epochs
    plan.heldOutCount = 0
    plan.foldCount = 1
    plan.refits = false
    return plan
  }

  /// Folds of a small table.
  static let mostFolds = 5

  /// The plan of the phase after those that are over: the next fold, or all rows.
  func phase(after finished: [PhaseProgress]) -> TrainingPlan {
    isRefit(after: finished)
      ? refit(epochs: PhaseProgress(meanOf: finished).lastGoodEpoch) : self
  }

  /// Which part of the rows that phase holds out; 0 where it trains on all.
  func fold(after finished: [PhaseProgress]) -> Int {
    isRefit(after: finished) ? 0 : finished.count
  }

  /// Whether that phase trains on all rows.
  func isRefit(after finished: [PhaseProgress]) -> Bool {
    refits && finished.count == foldCount
  }

  /// Phases that are not over, the running one among them.
  func phasesLeft(after finished: [PhaseProgress]) -> Int {
    refits ? foldCount + 1 - finished.count : 1
  }

  /// Epochs without a better held-out loss after which training ends.
  static let patience = 4
}
