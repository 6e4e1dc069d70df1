/// A column cut into about ten parts, for pictures of two columns together: tenths of the real rows for numbers, the ten most
/// frequent levels of a category, and one part each for the other levels and for what is missing.
struct CoarseBins: Sendable {
  /// What the parts are called.
  let labels: [String]
  private let kind: Kind

  private enum Kind: Sendable {
    /// The largest value of each bin but the last; then what is missing.
    case numbers(ends: [Double])
    /// The part of each level; then what is missing.
    case levels([UInt8])
  }

  private static let limit = 10

  init(_ column: ComparedColumn, real: [ComparedValues]) {
    if let levels = column.levels {
      var counts = [Int](repeating: 0, count: levels.count)
      for case .codes(let codes) in real {
        for code in codes where code >= 0 { counts[Int(code)] += 1 }
      }
      let ranking = levels.indices.filter { counts[$0] > 0 }
        .sorted { (counts[$1], $0) < (counts[$0], $1) }
      let shown = ranking.prefix(Self.limit)
      var parts = [UInt8](repeating: UInt8(shown.count), count: levels.count)
      for (part, level) in shown.enumerated() { parts[level] = UInt8(part) }
      kind = .levels(parts)
      labels = shown.map { levels[$0] } + ["others", "missing"]
    } else {
      var values: [Double] = []
      for case .numbers(let numbers) in real { values += numbers.lazy.filter { !$0.isNaN } }
      values.sort()
      let (ends, labels) = Self.tenths(of: values)
      kind = .numbers(ends: ends)
      self.labels = labels + ["missing"]
    }
  }

  /// The part of each row.
  func parts(of values: ComparedValues) -> [UInt8] {
    let missing = UInt8(labels.count - 1)
    switch (values, kind) {
    case (.numbers(let numbers), .numbers(let ends)):
      return numbers.map { number in
        if number.isNaN { return missing }
        return UInt8(ends.firstIndex { number <= $0 } ?? ends.count)
      }
    case (.codes(let codes), .levels(let parts)):
      return codes.map { $0 < 0 ? missing : parts[Int($0)] }
    default:
      preconditionFailure("A column of numbers and one of levels are not cut alike.")
    }
  }

  /// The upper ends of all tenths but the last, and what lies in each: the smallest and the largest real value.
  private static func tenths(of sorted: [Double]) -> ([Double], [String]) {
    guard let last = sorted.last else { return ([], ["no value"]) }
    var ends: [Double] = []
    for tenth in 1..<limit {
      let end = sorted[(sorted.count - 1) * tenth / limit]
      if end < last && end != ends.last { ends.append(end) }
    }
    var labels: [String] = []
    var start = 0
    for end in ends + [last] {
      let next = sorted[start...].partitioningIndex { $0 > end }
      let (low, high) = (text(sorted[start]), text(sorted[next - 1]))
      labels.append(low == high ? low : "\(low) – \(high)")
      start = next
    }
    return (ends, labels)
  }

  private static func text(_ value: Double) -> String { NumberText.number(value, significant: 4) }
}

extension RandomAccessCollection where Index == Int {
  /// The first position from which on the predicate holds, in a collection that is partitioned by it.
  fileprivate func partitioningIndex(where predicate: (Element) -> Bool) -> Int {
    var (low, high) = (startIndex, endIndex)
    while low < high {
      let middle = low + (high - low) / 2
      if predicate(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
