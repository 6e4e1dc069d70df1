import Foundation

/// The plan of a training run: the options, with every default filled in from the size of the table. Stored in the model file.
package struct TrainingPlan: Codable, Equatable {
  package private(set) var modelSize: ModelSize
  /// Whether a larger model may take the place of this one after a few epochs; nil if not.
  private var mayGrow: Bool?
  package private(set) var order: ColumnOrder
  package private(set) var epochs: Int
  /// Whether the epochs of random orders depend on those of table order; nil if the most epochs were given.
  private let limitsRandomOrders: Bool?
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
  /// Epochs before which nothing is said of the held-out loss; nil is 1.
  private let givenFewestEpochs: Int?
  /// Rows held out to decide when to stop.
  package private(set) var heldOutCount: Int
  /// The number of folds. Each holds out other rows; their mean loss decides how many epochs the refit has.
  package private(set) var foldCount: Int
  /// Whether a refit follows: a second training, on all rows, for the number of epochs that the held-out loss has chosen.
  package private(set) var refits: Bool

  package init(
    rowCount: Int, columnCount: Int, options: TrainingOptions, foundRules: FoundRules = FoundRules()
  ) {
    modelSize = options.modelSize ?? .medium
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
    epochs = options.optimization.epochs ?? TrainingPlan.mostEpochs
    let steps = (rowCount - heldOutCount + batchSize - 1) / batchSize
    // A refit has all the epochs that lose nothing: a single fold shows where they end, and many small folds together do sooner.
    // A row of a wide table says more, and takes longer.
    let usualSteps = !refits ? 400 : foldCount > 1 ? 150 : 300
    let fewestSteps = usualSteps * 60 / max(60, columnCount)
    givenFewestEpochs = (fewestSteps + steps - 1) / max(1, steps)
    limitsRandomOrders = options.optimization.epochs == nil ? true : nil
    learningRate =
      options.optimization.learningRate
      ?? TrainingPlan.rate * min(1, Float(batchSize) / 128).squareRoot()
    // Regularization keeps a small table from being memorized; a large one needs less.
    dropout = Float(0.5 * pow(min(1, 3_000 / trainedCount), 0.8))
    weightDecay = Float(0.3 * min(1, 6_000 / trainedCount).squareRoot())
    mayGrow = options.modelSize == nil && foldCount == 1 && heldOutCount > 0 ? true : nil
  }

  /// The most epochs, unless others are given: far more than any table that was tried needs.
  static let mostEpochs = 100
  /// Epochs before which nothing is said of the held-out loss: a network learns the shares of values first, and how columns depend on
  /// each other later, with little gain between.
  var fewestEpochs: Int { givenFewestEpochs ?? 1 }
  /// Epochs of random orders for each of table order: wide tables gain for hundreds of epochs, and all that time would be spent on them.
  private static let randomEpochs = 3

  /// The learning rate after the first steps, at a batch of 128 rows or more.
  private static let rate: Float = 8e-3

  /// The plan with a large model in place of the medium one if the held-out loss still falls fast after a few epochs, so that a larger
  /// model has more to learn; nil where it does not, or may not.
  package func grown(after history: [EpochRecord]) -> TrainingPlan? {
    guard mayGrow == true, history.count == TrainingPlan.growthEpochs else { return nil }
    let losses = history.map(\.heldOutLoss)
    let before = losses[TrainingPlan.growthEpochs / 2 - 1]
    guard before - losses[TrainingPlan.growthEpochs - 1] > TrainingPlan.growthGain * abs(before)
    else { return nil }
    var plan = self
    plan.modelSize = .large
    plan.mayGrow = nil
    return plan
  }

  /// Epochs after which the model may grow: the second half of them is compared with the first.
  static let growthEpochs = 4
  /// The relative fall of the held-out loss from which on a large model is taken: tables on which it is better by .1 nats or more gain
  /// 1.7 to 4 %, others .2 to .7 %.
  private static let growthGain = 0.01

  /// How matrix products are computed.
  package var precision: Precision { givenPrecision ?? .auto }

  /// The plan of training on all rows for a number of epochs.
  private func refit(epochs: Int) -> TrainingPlan {
    var plan = self
    plan.mayGrow = nil
    plan.epochs = epochs
    plan.heldOutCount = 0
    plan.foldCount = 1
    plan.refits = false
    return plan
  }

  /// The number of folds for a small table.
  static let mostFolds = 5

  /// The stages of the run, in order.
  package var stages: [TrainingStage] {
    let kinds: [TrainingStage.Kind] =
      refits ? (0..<foldCount).map { .fold($0) } + [.refit] : [.fold(0)]
    return order.parts.flatMap { order in kinds.map { TrainingStage(kind: $0, order: order) } }
  }

  /// The stages of each order.
  var stagesPerOrder: Int { refits ? foldCount + 1 : 1 }

  /// Those of the finished stages that belong to the order of the stage after them.
  func ofRunningOrder(_ finished: [StageProgress]) -> [StageProgress] {
    Array(finished.dropFirst(finished.count / stagesPerOrder * stagesPerOrder))
  }

  /// The plan of one stage of the run.
  ///
  /// - Parameter finished: the stages that are over. The folds of the same order decide how many epochs the refit has.
  package func plan(of stage: TrainingStage, after finished: [StageProgress]) -> TrainingPlan {
    var plan = self
    if stage.kind == .refit {
      plan = refit(epochs: StageProgress(meanOf: ofRunningOrder(finished)).lastGoodEpoch)
    } else if limitsRandomOrders == true, stage.order != order.parts[0] {
      plan.epochs = min(epochs, TrainingPlan.randomEpochs * finished[0].history.count)
    }
    plan.order = stage.order
    return plan
  }
}
