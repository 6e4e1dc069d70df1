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
    let grouping = NumberGrouping(of: tables, number: number, group: group)
    let training = grouping.densities(tables.training)
    let synthetic = grouping.densities(subject.synthetic)
    let filled = training.indices.filter { training[$0] != nil || synthetic[$0] != nil }
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
      axis: grouping.axis, upper: .init("training", .training),
      lower: .init("synthetic", .synthetic),
      groups: shown.map { .init(grouping.names[$0], upper: training[$0], lower: synthetic[$0]) })
  }
}
