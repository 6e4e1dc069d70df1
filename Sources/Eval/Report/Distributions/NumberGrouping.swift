/// A column of numbers by the groups that another column makes of the rows.
package struct NumberGrouping: Sendable {
  /// That along which densities are estimated.
  package let axis: Axis
  private let bins: NamedBins
  private let number: Int
  private let group: Int

  /// - Parameters:
  ///   - number: The position of a column of numbers.
  ///   - group: The position of any other column.
  package init(of tables: ComparedTables, number: Int, group: Int) {
    bins = NamedBins(tables.columns[group], real: tables.real.map { $0.values[group] })
    axis = Self.axis(
      over: tables.real.flatMap { $0.values[number].numbers }, title: tables.columns[number].name)
    self.number = number
    self.group = group
  }

  /// What people call the groups.
  package var names: [String] { bins.names }

  /// The density of every group; nil for one without rows.
  package func densities(_ table: ComparedTable) -> [Density?] {
    var values = [[Double]](repeating: [], count: names.count)
    for (bin, value) in zip(bins.codes(of: table.values[group]), table.values[number].numbers) {
      values[Int(bin)].append(value)
    }
    return values.map { Density(of: $0, along: axis) }
  }

  /// From the smallest to the largest value, without tails that are longer than half of all the rest; logarithmic where the
  /// histogram is.
  private static func axis(over values: [Double], title: String) -> Axis {
    let bins = HistogramBins(real: values)
    if bins.isLogarithmic {
      return Axis(
        .logarithmic, from: bins.borders[0], to: bins.borders[bins.binCount], title: title)
    }
    let sorted = values.filter(\.isFinite).sorted()
    guard let smallest = sorted.first, let largest = sorted.last else {
      return Axis(from: 0, to: 1, title: title)
    }
    let (low, high) = (sorted.quantile(0.01), sorted.quantile(0.985))
    let margin = 0.5 * (high - low)
    return Axis(
      from: smallest >= low - margin ? smallest : low,
      to: largest <= high + margin ? largest : high, title: title)
  }
}
