import Eval

/// The groups that a violin chart shows: the first of those that real rows are in.
struct ViolinGroups {
  private static let groupLimit = 8

  private let grouping: NumberGrouping
  private let shown: [Int]
  private let chart: GroupedNumber

  /// - Throws: `EvalError` when the tables have no such columns.
  init(_ chart: GroupedNumber, of tables: ComparedTables) throws(EvalError) {
    self.chart = chart
    let (number, group) = try chart.indices(in: tables)
    grouping = NumberGrouping(of: tables, number: number, group: group)
    let densities = tables.real.map(grouping.densities)
    let filled = grouping.names.indices.filter { group in
      densities.contains { $0[group] != nil }
    }
    shown = Array(filled.prefix(Self.groupLimit))
  }

  /// By group that is shown.
  func densities(_ table: ComparedTable) -> [StudyDensity?] {
    let densities = grouping.densities(table)
    return shown.map { densities[$0].map(StudyDensity.init) }
  }

  /// What real rows show.
  func reference(of tables: ComparedTables) -> ViolinReference {
    ViolinReference(
      number: chart.number, group: chart.group, groups: shown.map { grouping.names[$0] },
      domain: grouping.axis.domain, isLogarithmic: grouping.axis.kind == .logarithmic,
      training: densities(tables.training),
      holdout: tables.holdout.map(densities) ?? [])
  }
}

extension StudyDensity {
  fileprivate init(_ density: Density) {
    self.init(
      heights: density.heights, lowerQuartile: density.lowerQuartile, median: density.median,
      upperQuartile: density.upperQuartile, count: density.count)
  }
}
