import NN

/// What this library draws random numbers for, so that no two uses share draws.
///
/// The numbers decide every figure: they never change. Synth uses 3 and 7 as well, for draws that never meet: shuffles of
/// other streams, and numbers of cells where the evaluation chooses columns.
package enum EvalPurpose: UInt32, CaseIterable {
  case split = 3
  case choice = 7
  case sample = 9
  case resample
}

extension Philox {
  init(seed: UInt64, purpose: EvalPurpose) { self.init(seed: seed, purpose: purpose.rawValue) }
}
