import NN

/// What this library draws random numbers for, so that no two uses share draws.
///
/// The numbers are part of every model and of every row drawn: they never change. 9, 10 and 11 belong to the evaluation and
/// to the study.
package enum SynthPurpose: UInt32, CaseIterable {
  case initialization = 1
  case ordinal, split, shuffle, order, dropout, choice, position
  case protection = 12
  case composition
}

extension Philox {
  package init(seed: UInt64, purpose: SynthPurpose) {
    self.init(seed: seed, purpose: purpose.rawValue)
  }
}
