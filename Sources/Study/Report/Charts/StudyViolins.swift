import Eval

/// How a number is distributed by groups in the synthetic tables of a series, beside the real rows.
struct StudyViolins {
  let results: StudyResults
  /// Its position in the plan.
  let index: Int

  private var reference: ViolinReference { results.reference.violins[index] }

  struct Chart {
    /// Without `.svg`.
    let fileName: String
    let heading: Markup
    let chart: ViolinChart
  }

  /// Two groups are the halves of a violin for each table; of more there is a chart for each size, with the training rows
  /// in the upper halves.
  func charts(of series: StudySeries) -> [Chart] {
    let cells = series.cells.filter { $0.key.repetition == 1 && index < $0.violins.count }
    guard !cells.isEmpty else { return [] }
    if reference.groups.count == 2 { return [pairChart(cells, series: series)] }
    return cells.map(comparison)
  }

  private func pairChart(_ cells: [StudyCell], series: StudySeries) -> Chart {
    let tables =
      [("training", reference.training), ("holdout", reference.holdout)]
      + cells.map { ("\(NumberText.count($0.key.rowCount)) rows", $0.violins[index]) }
    return Chart(
      fileName: "violin-\(index + 1)", heading: heading(series.name),
      chart: ViolinChart(
        title: title(series.name),
        description: "For the real rows and each synthetic table the densities of two groups.",
        axis: axis, upper: .init(label(0), .series(0)), lower: .init(label(1), .series(1)),
        groups: tables.map { name, densities in
          .init(name, upper: Density(densities, 0), lower: Density(densities, 1))
        }))
  }

  private func comparison(_ cell: StudyCell) -> Chart {
    let rows = "\(NumberText.count(cell.key.rowCount)) rows"
    return Chart(
      fileName: "violin-\(index + 1)-\(cell.key.rowCount)", heading: heading(rows),
      chart: ViolinChart(
        title: title(rows),
        description: "For each group the densities of the training rows and of the synthetic ones.",
        axis: axis, upper: .init("training", .training), lower: .init("synthetic", .synthetic),
        groups: reference.groups.indices.map { group in
          .init(
            label(group), upper: Density(reference.training, group),
            lower: Density(cell.violins[index], group))
        }))
  }

  private var axis: Axis {
    Axis(
      reference.isLogarithmic ? .logarithmic : .linear, from: reference.domain.lowerBound,
      to: reference.domain.upperBound, title: reference.number)
  }

  private func label(_ group: Int) -> String {
    reference.groups[group].isEmpty ? "(empty)" : reference.groups[group]
  }

  private func title(_ what: String) -> String {
    "\(reference.number) by \(reference.group), \(what)"
  }

  private func heading(_ what: String) -> Markup {
    """
    <span>\(nameTag(reference.number, width: 24)) by \(nameTag(reference.group, width: 24))</span>\
    <span class="quiet">\(what)</span>
    """
  }
}

extension StudySubject {
  var violins: [StudyViolins] {
    results.reference.violins.indices.map { StudyViolins(results: results, index: $0) }
  }
}

extension Density {
  /// That of a group, as results hold it; nil where it has no rows.
  fileprivate init?(_ densities: [StudyDensity?], _ group: Int) {
    guard group < densities.count, let density = densities[group] else { return nil }
    self.init(
      heights: density.heights, lowerQuartile: density.lowerQuartile, median: density.median,
      upperQuartile: density.upperQuartile, count: density.count)
  }
}
