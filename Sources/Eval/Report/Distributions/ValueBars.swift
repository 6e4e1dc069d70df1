/// The numbers of a column that has few of them, ascending, one by one.
package struct ValueBars {
  /// The number of distinct values that get a bar of their own.
  static let limit = 12

  /// The distinct real values.
  package let values: [Double]

  /// nil where there are too many.
  package init?(real: [Double]) {
    var distinct: Set<Double> = []
    for number in real where !number.isNaN && distinct.insert(number).inserted {
      if distinct.count > Self.limit { return nil }
    }
    values = distinct.sorted()
  }

  /// What the parts of ``shares(of:)`` are called.
  package var labels: [String] {
    values.map { NumberText.number($0, significant: 6) } + ["other", "missing"]
  }

  /// The shares of the values, then that of all others, then that of missing values.
  package func shares(of numbers: [Double]) -> [Double] {
    var counts = [Int](repeating: 0, count: values.count + 2)
    for number in numbers {
      let place = number.isNaN ? values.count + 1 : values.firstIndex(of: number) ?? values.count
      counts[place] += 1
    }
    return counts.map { Double($0) / Double(max(numbers.count, 1)) }
  }
}
