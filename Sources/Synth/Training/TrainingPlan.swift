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
    epochs = options.epochs ?? TrainingPlan.epochs(trainedCount: trainedCount)
    let relative = min(1, Float(batchSize) / 128).squareRoot()
    learningRate = options.learningRate ?? options.modelSize.learningRate * relative
    // From .25 at 2,000 rows and fewer to .1 at 6,000 and more.
    dropout = 0.1 + 0.15 * Float(min(1, max(0, (6_000 - trainedCount) / 4_000)))
  }

  private static func epochs(trainedCount: Double) -> Int {
    trainedCount < 20_000 ? 10 : 8
  }

  /// Epochs without a better held-out loss after which training ends.
  static let patience = 2
}
