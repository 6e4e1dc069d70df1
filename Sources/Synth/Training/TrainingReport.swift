/// What happened in a training run.
public struct TrainingReport: Sendable {
  /// The training of one set of weights.
  public struct Fit: Codable, Equatable, Sendable {
    /// The losses of every epoch.
    public let history: [EpochRecord]
    /// The epoch of ``history`` with the lowest held-out loss, counted from 1; the last, partial one after a cancellation.
    public let bestEpoch: Int
    /// Mean cross-entropy of a trained row in nats, for each epoch of the refit (the second training, on all rows); empty where the
    /// weights of a fold were kept.
    public let refitLosses: [Double]
    /// Why it ended.
    public let stopReason: StopReason

    /// The number of epochs that the weights were trained for: those of the refit or, without a refit, up to the best epoch.
    public var keptEpochs: Int { refitLosses.isEmpty ? bestEpoch : refitLosses.count }
    /// The lowest held-out loss, in nats.
    public var bestLoss: Double { history[bestEpoch - 1].heldOutLoss }
  }

  /// Of the weights that draw whole rows.
  public let rows: Fit
  /// Of the weights that answer conditionals in any order of the columns; nil where those for whole rows do.
  public let conditionals: Fit?
  /// Why training ended.
  public internal(set) var stopReason: StopReason
  /// How closely drawn rows agree with real ones; nil if not measured. Stored in the model file.
  public var accuracy: Generator.Accuracy?
  /// Given rules that some rows of the training data break. Not stored in the model file.
  public internal(set) var brokenConstraints: [BrokenConstraint] = []
  /// Given formulas of derived columns that did not hold in some rows of the training data. Not stored in the model file.
  public internal(set) var brokenDerivations: [BrokenDerivation] = []
  /// Words in columns of numbers and dates that were left out. Not stored in the model file.
  public internal(set) var hiddenWords: [HiddenWords] = []
}
