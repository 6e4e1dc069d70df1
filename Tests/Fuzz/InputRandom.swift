import NN

/// The random numbers of one input: a function of seed and number of the input, so that any of them can be made again.
struct InputRandom: RandomNumberGenerator {
  private let philox: Philox
  private let input: Int
  private var draw: UInt64 = 0

  init(seed: UInt64, input: Int) {
    philox = Philox(key: seed)
    self.input = input
  }

  mutating func next() -> UInt64 {
    let words = philox.words(draw, UInt64(input))
    draw += 1
    return UInt64(words[0]) << 32 | UInt64(words[1])
  }
}
