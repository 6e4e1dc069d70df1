/// Numbers in (0, 1) for the cells of a table, each column of them spread evenly over the rows: any 2^k rows from a multiple
/// of 2^k on have exactly one number in each of 2^k equal parts of (0, 1).
///
/// Drawing rows with them is randomised quasi-Monte Carlo: every number is uniform on its own, columns are independent of each
/// other, and the frequencies of the drawn values deviate less from their expectation than those of independent draws.
/// A column is a van der Corput sequence whose rows are shuffled and whose digits are scrambled (Owen, "Randomly permuted
/// (t,m,s)-nets and (t,s)-sequences", 1995) by hashing (Burley, "Practical hash-based Owen scrambling", 2020).
public struct StratifiedUniforms: Sendable {
  private let random: Philox

  /// The numbers of a generator that is used for nothing else.
  public init(_ random: Philox) { self.random = random }

  /// Fills `numbers` with the numbers of consecutive rows of a column.
  public func fill(_ numbers: inout [Float], firstRow: Int, column: Int) {
    precondition(firstRow >= 0, "row \(firstRow) cannot be")
    var epoch = firstRow >> 32
    var keys = random.words(UInt64(column), UInt64(epoch))
    for index in numbers.indices {
      let row = firstRow + index
      if row >> 32 != epoch {
        epoch = row >> 32
        keys = random.words(UInt64(column), UInt64(epoch))
      }
      // The row's digits from the lowest on, shuffled; then scrambled from the highest on.
      let shuffled = Self.mixed(UInt32(truncatingIfNeeded: row).bitReversed, keys[0])
      numbers[index] = Philox.uniform(Self.mixed(shuffled.bitReversed, keys[1]).bitReversed)
    }
  }

  /// A permutation of the 32-bit words in which each bit depends on those below it alone.
  private static func mixed(_ word: UInt32, _ key: UInt32) -> UInt32 {
    // Each line lets bits act on higher ones only (constants of Laine and Karras, 2011, as improved by Vegdahl, 2021).
    var x = word
    x ^= x &* 0x3D20_ADEA
    x &+= key
    x &*= key >> 16 | 1
    x ^= x &* 0x0552_6C56
    x ^= x &* 0x53A2_2864
    return x
  }
}

extension UInt32 {
  fileprivate var bitReversed: UInt32 {
    var x = self
    x = (x >> 1) & 0x5555_5555 | (x & 0x5555_5555) << 1
    x = (x >> 2) & 0x3333_3333 | (x & 0x3333_3333) << 2
    x = (x >> 4) & 0x0F0F_0F0F | (x & 0x0F0F_0F0F) << 4
    return x.byteSwapped
  }
}
