/// The multiples of a step in a range of units that are not multiples of the next coarser step, without some excluded ones. With an
/// offset, the same numbers plus the offset.
struct RoundNumbers: Sendable {
  private let step: Int
  private let offset: Int
  /// The next step in steps; nil if there is none.
  private let ratio: Int?
  /// The rank of the first of them among all such numbers, from zero up.
  private let first: Int
  /// The ranks of the excluded ones, ascending.
  private let excluded: [Int]
  let count: Int

  /// - Parameters:
  ///   - next: A multiple of the step; nil for all multiples of the step.
  ///   - excluded: Ascending units; those outside the range are ignored.
  init(
    step: Int = 1, offset: Int = 0, below next: Int? = nil, in range: Range<Int>,
    without excluded: some Sequence<Int>
  ) {
    self.step = step
    self.offset = offset
    let ratio = next.map { $0 / step }
    self.ratio = ratio
    let lower = RoundNumbers.quotientRoundedUp(range.lowerBound - offset, step)
    let upper = RoundNumbers.quotientRoundedUp(range.upperBound - offset, step)
    first = RoundNumbers.rank(lower, ratio)
    self.excluded = excluded.compactMap { excluded in
      let unit = excluded - offset
      guard range.contains(excluded), unit.isMultiple(of: step),
        next.map({ !unit.isMultiple(of: $0) }) ?? true
      else { return nil }
      return RoundNumbers.rank(unit / step, ratio)
    }
    count = RoundNumbers.rank(upper, ratio) - first - self.excluded.count
  }

  /// The unit at an index below ``count``, in ascending order.
  subscript(index: Int) -> Int {
    var rank = first + index
    for other in excluded where other <= rank { rank += 1 }
    guard let ratio else { return rank * step + offset }
    let full = rank >= 0 ? rank / (ratio - 1) : -((-rank + ratio - 2) / (ratio - 1))
    return (rank + full + 1) * step + offset
  }

  /// The numbers from zero up to a number of steps that are not multiples of the ratio; negative below zero.
  private static func rank(_ steps: Int, _ ratio: Int?) -> Int {
    ratio.map { steps - quotientRoundedUp(steps, $0) } ?? steps
  }

  private static func quotientRoundedUp(_ dividend: Int, _ divisor: Int) -> Int {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    return remainder > 0 ? quotient + 1 : quotient
  }
}
