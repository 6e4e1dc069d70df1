/// The number with the most zeros at its end in low + 1...high, as a border between two values that differs from both if possible.
package func roundest(above low: Int, through high: Int) -> Int {
  var (step, best) = (1, high)
  while step < 1 << 50 {
    step *= 10
    let (quotient, remainder) = high.quotientAndRemainder(dividingBy: step)
    let candidate = (remainder < 0 ? quotient - 1 : quotient) * step
    guard candidate > low else { break }
    best = candidate
  }
  return best
}

extension RandomAccessCollection where Index == Int {
  /// The index of the first element that meets a condition, given that all later elements meet it too.
  @inlinable package func partitioningIndex(_ meets: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = (low + high) / 2
      if meets(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

extension Collection where Element: Comparable {
  /// Whether every element is greater than the one before it.
  @inlinable package var isAscending: Bool { zip(self, dropFirst()).allSatisfy { $0 < $1 } }
}
