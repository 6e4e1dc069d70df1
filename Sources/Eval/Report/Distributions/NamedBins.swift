/// The bins in which accuracy is measured, and what people call them.
struct NamedBins: Sendable {
  /// One for each bin; missing values come last.
  let names: [String]
  private let bins: ColumnBins

  /// - Parameter real: The values of the real tables.
  init(_ column: ComparedColumn, real: [ComparedValues]) {
    bins = ColumnBins(column, learntOn: real)
    names =
      column.levels.map { [bins] in Self.names(of: bins, levels: $0) }
      ?? Self.names(of: bins, numbers: real)
  }

  /// The bin of every row.
  func codes(of values: ComparedValues) -> [UInt16] { bins.codes(of: values) }

  /// The level that is alone in its bin, or "others".
  private static func names(of bins: ColumnBins, levels: [String]) -> [String] {
    var names = Array(repeating: "others", count: bins.count)
    var levelCounts = Array(repeating: 0, count: bins.count)
    let codes = bins.codes(of: .codes(levels.indices.map { Int32(truncatingIfNeeded: $0) }))
    for (level, bin) in zip(levels, codes) {
      levelCounts[Int(bin)] += 1
      names[Int(bin)] = levelCounts[Int(bin)] > 1 ? "others" : level.isEmpty ? "(empty)" : level
    }
    return names.dropLast() + ["missing"]
  }

  /// The smallest and the largest real value in each bin.
  private static func names(of bins: ColumnBins, numbers real: [ComparedValues]) -> [String] {
    var ranges = [ClosedRange<Double>?](repeating: nil, count: bins.count)
    for values in real {
      for (number, bin) in zip(values.numbers, bins.codes(of: values)) where !number.isNaN {
        let range = ranges[Int(bin)] ?? number...number
        ranges[Int(bin)] = min(range.lowerBound, number)...max(range.upperBound, number)
      }
    }
    let names = ranges.map { range in
      guard let range else { return "none" }
      let (low, high) = (
        NumberText.number(range.lowerBound), NumberText.number(range.upperBound)
      )
      return low == high ? low : "\(low) – \(high)"
    }
    return names.dropLast() + ["missing"]
  }
}
