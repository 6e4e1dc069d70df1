import Eval

/// User-defined statistics by groups, each synthetic table beside the real rows.
struct StudyStatisticsSection: StudySection {
  static let id = "statistics"
  static let title = "Statistics"
  /// Groups of one statistic that are shown.
  static let groupLimit = 24
  let subject: StudySubject

  var body: Markup {
    """
    <p>What \(term(.statistic, "a user would compute")) from the tables. ✓ marks what lies where 95 % of samples of real \
    rows lie that are as large as the holdout, ▾ what does not.</p>\(grid(subject.statisticCharts))\
    \(subject.results.reference.statistics.indices.map(statistic))
    """
  }

  private func statistic(_ index: Int) -> Markup {
    let reference = subject.results.reference.statistics[index]
    let left = reference.groups.count - Self.groupLimit
    let note: Markup =
      left > 0 ? "<p class=\"note\">Not all groups are shown.</p>" : .empty
    return """
      <h4>\(nameTag(reference.definition, width: 80))</h4>\(bySeries { table(index, reference, $0) })\(note)
      """
  }

  private func table(
    _ index: Int, _ reference: StatisticReference, _ series: StudySeries
  ) -> Markup {
    let groups = reference.groups.prefix(Self.groupLimit)
    func number(_ value: Double?) -> Markup {
      value == nil ? "<span class=\"quiet\">no rows</span>" : "\(NumberText.number(value))"
    }
    let real: [[FigureTable.Cell]] = [
      [.init("<b>training part</b>"), .init("")] + groups.map { .init(number($0.training)) },
      [.init("<b>holdout</b>"), .init(number(reference.holdoutDeviation))]
        + groups.map { .init(number($0.holdout)) },
      [
        .init("95 % of samples"), .init("up to \(number(reference.deviationLimit))"),
      ] + groups.map { .init(interval($0.interval)) },
    ]
    let synthetic = series.cells.compactMap { cell -> [FigureTable.Cell]? in
      guard index < cell.statistics.count else { return nil }
      let outcome = cell.statistics[index]
      return [
        .init(name(of: cell)), .init(marked(outcome.deviation, outcome.isWithin)),
      ]
        + zip(outcome.values, outcome.areWithin).prefix(groups.count).map {
          $0 == nil ? .init(number(nil)) : .init(marked($0, $1))
        }
    }
    return FigureTable(
      reference.definition,
      columns: [.init("table", isNumeric: false), .init("mean deviation")]
        + groups.map { .init(groupName($0.values)) }, rows: real + synthetic
    ).markup
  }

  private func groupName(_ values: [String]) -> Markup {
    let names = values.map { valueTag($0, width: 20) }
    return names.dropFirst().reduce(names.first ?? "all rows") { $0 + ", " + $1 }
  }

  private func interval(_ interval: ClosedRange<Double>?) -> Markup {
    guard let interval else { return "\(NumberText.none)" }
    return """
      <span class="quiet">\(NumberText.number(interval.lowerBound)) to \(NumberText.number(interval.upperBound))</span>
      """
  }

  /// A number with a sign that says whether it is within what samples of real rows have.
  private func marked(_ value: Double?, _ isWithin: Bool?) -> Markup {
    let text = NumberText.number(value)
    return switch isWithin {
    case true: "\(text) <span title=\"within\">✓</span>"
    case false: "<span class=\"fair\" title=\"outside\">\(text) ▾</span>"
    case nil: "\(text)"
    }
  }
}

/// Numbers by groups, as violins.
struct StudyGroupsSection: StudySection {
  static let id = "groups"
  static let title = "Groups"
  let subject: StudySubject

  var body: Markup {
    """
    <p>How numbers are distributed in groups, with the median and the middle half of the rows. Of repeats the first is \
    shown.</p>\(bySeries(charts))
    """
  }

  private func charts(_ series: StudySeries) -> Markup {
    let figures = subject.violins.flatMap { $0.charts(of: series) }.map {
      figureTag($0.heading, $0.chart.element())
    }
    return grid(figures)
  }
}
