/// The densities of a number in the groups of another column, training rows above and synthetic rows below.
struct GroupedDensities {
  /// The number of groups that are shown.
  static let groupLimit = 8

  let chart: ViolinChart
  /// A sentence on groups that are not shown; nil when all are.
  let omission: String?

  /// - Parameters:
  ///   - number: The position of a column of numbers.
  ///   - group: The position of any other column.
  init?(_ subject: Subject, number: Int, group: Int) {
    let tables = subject.tables
    let bins = NamedBins(tables.columns[group], real: tables.real.map { $0.values[group] })
    let axis = Self.axis(
      over: tables.real.flatMap { $0.values[number].numbers }, title: subject.name(number))
    func densities(_ table: ComparedTable) -> [Density?] {
      var values = [[Double]](repeating: [], count: bins.names.count)
      for (bin, value) in zip(bins.codes(of: table.values[group]), table.values[number].numbers) {
        values[Int(bin)].append(value)
      }
      return values.map { Density(of: $0, along: axis) }
    }
    let training = densities(tables.training)
    let synthetic = densities(subject.synthetic)
    let filled = bins.names.indices.filter { training[$0] != nil || synthetic[$0] != nil }
    guard !filled.isEmpty else { return nil }
    let shown = filled.prefix(Self.groupLimit)
    let (numberName, groupName) = (subject.name(number), subject.name(group))
    omission =
      shown.count < filled.count
      ? "\(shown.count) of \(filled.count) groups are shown." : nil
    chart = ViolinChart(
      title: "\(numberName) by \(groupName)",
      description: """
        For each group the density of \(numberName) in the training rows above a line and in the synthetic rows below it.
        """,
      axis: axis, upper: .init("training", .training), lower: .init("synthetic", .synthetic),
      groups: shown.map { .init(bins.names[$0], upper: training[$0], lower: synthetic[$0]) })
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
