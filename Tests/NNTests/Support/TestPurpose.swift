import NN

/// What these tests draw random numbers for.
enum TestPurpose: UInt32, CaseIterable {
  case initialization = 1
  case ordinal, split, shuffle, order, dropout, choice, position
}

extension Philox {
  init(seed: UInt64, purpose: TestPurpose) { self.init(seed: seed, purpose: purpose.rawValue) }
}
