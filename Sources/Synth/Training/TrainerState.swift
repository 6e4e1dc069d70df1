import NN

/// Everything that a ``Trainer`` carries from one step to the next. Random numbers are functions of seed, step and epoch, and
/// so is the order of the rows: neither is in here.
package struct TrainerState: Equatable, Sendable {
  /// Steps since the start.
  package var step: Int
  /// All weights in the order of the network's layout, its padding included.
  package var values: [Float]
  /// Of the weights.
  package var optimizer: AdamW.State
  /// Of the factors of ``OrdinalOptimizer``.
  package var ordinal: AdamW.State

  /// The state is not one of the trainer that it was given to.
  package struct Mismatch: Error {}
}

extension AdamW.State {
  /// Whether it belongs to as many weights as another.
  func fits(_ other: AdamW.State) -> Bool {
    firstMoments.count == other.firstMoments.count
      && secondMoments.count == other.secondMoments.count && powers.count == other.powers.count
  }
}
