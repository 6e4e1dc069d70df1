extension UInt64 {
  /// 2^64 divided by the golden ratio: the step between the states of SplitMix64. Its multiples are spread evenly.
  @inlinable package static var goldenStep: UInt64 { 0x9E37_79B9_7F4A_7C15 }

  /// The finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014): a
  /// permutation of the 64-bit words in which every bit depends on all bits of the original.
  @inlinable package var splitMix64Finalized: UInt64 {
    var word = self
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }
}
