/// User-defined statistics by groups.
struct StatisticsSection: ReportSection {
  static let id = "statistics"
  static let title = "Statistics"
  /// Groups of one statistic that are shown.
  static let groupLimit = 50
  let subject: Subject

  var body: Markup {
    let statistics = subject.figures.statistics
    guard !statistics.isEmpty else { return absence("No statistic was asked for.") }
    return """
      <p>What \(term(.statistic, "a user would compute")) from the tables. A change is marked where the synthetic group \
      is farther from the training one than twice the holdout.</p>\(statistics.map(table))
      """
  }

  private func table(_ statistic: StatisticFigures) -> Markup {
    let shown = statistic.groups.prefix(Self.groupLimit)
    let rows = shown.map { group -> [FigureTable.Cell] in
      [
        .init(groupName(group.values)),
        cell(group.training), cell(group.holdout), cell(group.synthetic), difference(group),
      ]
    }
    let left = statistic.groups.count - shown.count
    let note: Markup =
      left > 0
      ? "<p class=\"note\">\(NumberText.count(left)) more groups are left out.</p>" : .empty
    let holdout = statistic.deviation.holdout.map {
      ", of the holdout \(NumberText.number($0, significant: 3))"
    }
    return """
      <h4>\(shortened(statistic.definition, to: 80))</h4>\
      <p class="note">Mean deviation: <b>\(NumberText.number(statistic.deviation.value, significant: 3))</b>\
      \(holdout ?? "").</p>\
      \(FigureTable(
        statistic.definition,
        columns: [
          .init("group", isNumeric: false), .init("training"),
          .init("holdout", isShown: subject.hasHoldout), .init("synthetic"), .init("difference"),
        ], rows: Array(rows), isSortable: true).markup)\(note)
      """
  }

  private func groupName(_ values: [String]) -> Markup {
    guard let first = values.first else { return "all rows" }
    return values.dropFirst().reduce(valueTag(first)) { $0 + ", " + valueTag($1) }
  }

  private func cell(_ value: Double?) -> FigureTable.Cell {
    guard let value else { return .init("<span class=\"quiet\">no rows</span>") }
    return .init("\(NumberText.number(value))", order: value)
  }

  private func difference(_ group: StatisticGroup) -> FigureTable.Cell {
    guard let training = group.training, let synthetic = group.synthetic else {
      return .init("\(NumberText.none)")
    }
    let difference = synthetic - training
    let text = (difference > 0 ? "+" : "") + NumberText.number(difference, significant: 3)
    if let holdout = group.holdout, abs(difference) > 2 * abs(holdout - training) {
      return .init("<span class=\"fair\">▾ \(text)</span>", order: difference)
    }
    return .init("\(text)", order: difference)
  }
}
