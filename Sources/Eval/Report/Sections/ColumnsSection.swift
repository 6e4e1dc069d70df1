/// The distribution of each column in all tables.
struct ColumnsSection: ReportSection {
  static let id = "columns"
  static let title = "Columns"
  let subject: Subject

  var body: Markup {
    let shown = subject.selection.charts
    let omission = subject.selection.omission(shown, of: "charts").map { " \($0)" } ?? ""
    return """
      <p>How often each value, or range of values, occurs in the tables.\(omission)</p>\
      \(TableKey(subject).markup)<div class="columns">\(shown.map(chart))</div>
      """
  }

  private func chart(_ column: Int) -> Markup {
    let distribution = ColumnDistribution(
      column, of: subject.tables, synthetic: subject.synthetic)
    let name = subject.name(column)
    var charts = Markup.empty
    if let histogram = distribution.histogram {
      charts += self.histogram(name, histogram, distribution.bins)
    }
    if !distribution.bars.isEmpty {
      charts += bars(name, distribution.bars, isAside: distribution.histogram != nil)
    }
    let accuracy = subject.figures.accuracy.columns[column].univariate
    return figureTag(
      """
      \(nameTag(name, width: 28))<span class="quiet" title="univariate accuracy">\
      \(NumberText.percent(accuracy.value))</span>
      """, charts)
  }

  private func histogram(
    _ name: String, _ histogram: HistogramBins, _ parts: [ColumnDistribution.Part]
  ) -> Markup {
    let borders = histogram.borders
    func series(_ name: String, _ style: SeriesStyle, _ heights: [Double], filled: Bool = false)
      -> XYChart.Series
    {
      .init(name, style, .steps(borders: borders, heights: heights, filled: filled))
    }
    var all = [series("training", .training, parts.map(\.training), filled: true)]
    let holdout = parts.compactMap(\.holdout)
    if holdout.count == parts.count { all.append(series("holdout", .holdout, holdout)) }
    all.append(series("synthetic", .synthetic, parts.map(\.synthetic)))
    let highest = parts.map { max($0.training, $0.holdout ?? 0, $0.synthetic) }.max() ?? 1
    return XYChart(
      title: "Distribution of \(name)",
      description: "A histogram of the training rows with outlines of the other tables' over it.",
      height: 190,
      x: Axis(
        histogram.isLogarithmic ? .logarithmic : .linear, from: borders[0],
        to: borders[borders.count - 1]),
      y: Axis(from: 0, to: highest > 0 ? highest : 1, labels: .percent),
      series: all, showsLegend: false
    ).element()
  }

  /// - Parameter isAside: Whether a histogram stands above; few rows then have short bars.
  private func bars(
    _ name: String, _ parts: [ColumnDistribution.Part], isAside: Bool
  ) -> Markup {
    let holdout = parts.map(\.holdout)
    let highest = parts.map { max($0.training, $0.holdout ?? 0, $0.synthetic) }.max() ?? 0
    var series = [BarChart.Series("training", .training, .wide, parts.map(\.training))]
    series.append(.init("synthetic", .synthetic, .narrow, parts.map(\.synthetic)))
    if subject.hasHoldout { series.append(.init("holdout", .holdout, .tick, holdout)) }
    return BarChart(
      title: "Shares of \(name)",
      description:
        "Wide bars for training rows, narrow ones for synthetic rows, ticks for the holdout.",
      groups: parts.map { .init($0.label, isSpecial: $0.isSpecial) }, series: series,
      axis: Axis(from: 0, to: max(highest, isAside ? 0.1 : 0.001), labels: .percent),
      showsLegend: false
    ).element()
  }
}

/// Numbers by groups, as violins.
struct GroupsSection: ReportSection {
  static let id = "groups"
  static let title = "Groups"
  let subject: Subject

  var body: Markup {
    let figures = GroupedNumberChoice(subject).pairs.compactMap { number, group -> Markup? in
      guard let densities = GroupedDensities(subject, number: number, group: group) else {
        return nil
      }
      return figureTag(
        "<span>\(nameTag(subject.name(number), width: 24)) by \(nameTag(subject.name(group), width: 24))</span>",
        densities.chart.element(), note: densities.omission.map { "\($0)" } ?? .empty)
    }
    guard !figures.isEmpty else {
      return absence(
        "There is no column of numbers that could be shown by a category of few values.")
    }
    return """
      <p>How numbers are distributed in groups: training rows above each line, synthetic rows below it, with the \
      median and the middle half of the rows.</p><div class="charts">\(figures)</div>
      """
  }
}
