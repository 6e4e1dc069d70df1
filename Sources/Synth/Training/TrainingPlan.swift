import Foundation

/// The plan of a training run: the options, with every default filled in from the size of the table. Stored in the model file.
package struct TrainingPlan: Codable, Equatable {
  package let modelSize: ModelSize
  package let order: ColumnOrder
  package private(set) var epochs: Int
  package let batchSize: Int
  package let learningRate: Float
  package let dropout: Float
  package let weightDecay: Float
  package let seed: UInt64
  /// How matrix products are computed; nil is ``Precision/auto``.
  private let givenPrecision: Precision?
  /// Which values of the table may enter the model.
  package let policy: DisclosurePolicy
  /// The given rules; nil if there are none.
  package let constraints: [Constraint]?
  /// The given formulas; nil if there are none.
  package let derivations: [Derivation]?
  /// Rules and formulas that were found in the table; nil if there are none.
  package let foundRules: FoundRules?
  /// Rows held out to decide when to stop.
  package private(set) var heldOutCount: Int
  /// The number of folds. Each holds out other rows; their mean loss decides how many epochs the refit has.
  package private(set) var foldCount: Int
  /// Whether a refit follows: a second training, on all rows, for the number of epochs that the held-out loss has chosen.
  package private(set) var refits: Bool

  package init(
    rowCount: Int, columnCount: Int, options: TrainingOptions, foundRules: FoundRules = FoundRules()
  ) {
    modelSize = options.modelSize
    order = options.optimization.order
    seed = options.seed
    givenPrecision = options.precision == .auto ? nil : options.precision
    policy = options.policy
    constraints = options.reading.constraints.isEmpty ? nil : options.reading.constraints
    derivations = options.reading.derivations.isEmpty ? nil : options.reading.derivations
    self.foundRules = foundRules.isEmpty ? nil : foundRules
    // A small table needs every row for training, and folds to measure the loss reliably: fewer folds where rows have many
    // columns.
    refits = rowCount < 20_000
    let needsFolds = rowCount < 1_000 && columnCount <= 100
    foldCount =
      refits ? options.optimization.foldCount ?? (needsFolds ? TrainingPlan.mostFolds : 1) : 1
    heldOutCount = min(rowCount / (refits ? 5 : 10), 2_000)
    let trainedCount = Double(refits ? rowCount : rowCount - heldOutCount)
    // At least fifty steps in an epoch of a small table, less noisy gradients in a large one.
    batchSize =
      options.optimization.batchSize ?? min(256, max(16, 1 << Int(log2(max(1, trainedCount / 50)))))
    // More columns have more dependencies to learn.
    let steps = 870 * max(1, Double(columnCount) / 15)
    let stepsPerEpoch = trainedCount / Double(batchSize)
    epochs = options.optimization.epochs ?? min(14, max(4, Int((steps / stepsPerEpoch).rounded())))
    let relative = min(1, Float(batchSize) / 128).squareRoot()
    learningRate = options.optimization.learningRate ?? options.modelSize.learningRate * relative
    // Regularization keeps a small table from being memorized; on a large one it only costs accuracy.
    dropout = Float(0.5 * pow(min(1, 3_000 / trainedCount), 0.8))
    weightDecay = Float(0.3 * min(1, 6_000 / trainedCount))
  }

  /// How matrix products are computed.
  package var precision: Precision { givenPrecision ?? .auto }

  /// The plan of training on all rows for a number of epochs.
  private func refit(epochs: Int) -> TrainingPlan {
    var plan = self
    plan.epochs = epochs
    plan.heldOutCount = 0
    plan.foldCount = 1
    plan.refits = false
    return plan
  }

  /// The number of folds for a small table.
  static let mostFolds = 5

  /// The stages of the run, in order.
  var stages: [TrainingStage] {
    refits ? (0..<foldCount).map { .fold($0) } + [.refit] : [.fold(0)]
  }

  /// The plan of one stage of the run.
  ///
  /// - Parameter folds: the folds that are over: they decide how many epochs the refit has.
  func plan(of stage: TrainingStage, after folds: [StageProgress]) -> TrainingPlan {
    switch stage {
    case .fold: self
    case .refit: refit(epochs: StageProgress(meanOf: folds).lastGoodEpoch)
    }
  }

  /// Epochs without a better held-out loss after which training ends.
  static let patience = 4
}
