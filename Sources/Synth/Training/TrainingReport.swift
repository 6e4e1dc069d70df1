/// What happened in a training run: everything that is kept beside the model itself.
public struct TrainingReport: Sendable {
  /// Losses, epoch by epoch.
  public let history: [EpochRecord]
  /// The epoch of ``history`` whose weights were kept, counted from 1; the last, partial one after a cancellation.
  public let bestEpoch: Int
  /// Mean cross-entropy of a trained row in nats, for each epoch of a second training on all rows; empty where the best weights
  /// of the first were kept.
  public let refitLosses: [Double]
  /// Why training ended.
  public internal(set) var stopReason: StopReason
  /// How closely drawn rows agree with real ones; nil where nobody has judged them. Kept in the model file.
  public var accuracy: Generator.Accuracy?
  /// Formulas of derived columns that did not hold in some rows of the training data. Not kept in the model file.
  public internal(set) var brokenDerivations: [BrokenDerivation] = []
  /// Words among numbers and dates that were left out. Not kept in the model file.
  public internal(set) var hiddenWords: [HiddenWords] = []
}
