import Foundation

/// What a run does, once the table is known: the options with every default filled in. Stored in the model file.
package struct TrainingPlan: Codable, Equatable {
  package let modelSize: ModelSize
  package let order: ColumnOrder
  package let epochs: Int
  package let batchSize: Int
  package let learningRate: Float
  package let dropout: Float
  package let seed: UInt64
  /// Rows kept out of training, to see when to stop.
  package let heldOutCount: Int

  package init(rowCount: Int, options: TrainingOptions) {
    modelSize = options.modelSize
    order = options.order
    seed = options.seed
    heldOutCount = min(rowCount / 10, 2_000)
    let trainedCount = Double(rowCount - heldOutCount)
    // A step should see about the square root of the table: enough steps for small tables, calm gradients for large ones.
    let wanted = 2 * trainedCount.squareRoot()
    batchSize = options.batchSize ?? min(256, max(16, 1 << Int(log2(wanted))))
    let stepsPerEpoch = trainedCount / Double(batchSize)
    epochs = options.epochs ?? min(10, max(4, Int((870 / stepsPerEpoch).rounded())))
    let relative = min(1, Float(batchSize) / 128).squareRoot()
    learningRate = options.learningRate ?? options.modelSize.learningRate * relative
    // What protects small tables from being learnt by heart only blurs large ones.
    dropout = 0.25 * Float(min(1, 2_000 / trainedCount).squareRoot())
  }

  /// Epochs without a better held-out loss after which training ends.
  static let patience = 2
}
