extension RandomAccessCollection where Index == Int {
  /// The index of the first element that meets a condition which all after it meet as well.
  func partitioningIndex(_ meets: (Element) -> Bool) -> Int {
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
  var isAscending: Bool { zip(self, dropFirst()).allSatisfy { $0 < $1 } }
}
