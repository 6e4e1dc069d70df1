import Eval

/// A part of the report of a study.
protocol StudySection: PageSection {
  static var id: String { get }
  var subject: StudySubject { get }
}

extension StudySection {
  package var anchor: String { Self.id }

  /// Charts side by side.
  func grid(_ charts: [StudyChart]) -> Markup {
    grid(charts.map(\.figure))
  }

  /// Charts and the text beside them.
  func grid(_ parts: [Markup]) -> Markup {
    parts.isEmpty
      ? absence("No generator is finished.") : "<div class=\"charts large\">\(parts)</div>"
  }

  /// A chart with its figures beside it.
  func grid(_ chart: StudyChart?, _ figure: StudyFigure) -> Markup {
    grid(chart.map { [$0.figure, table(figure)] } ?? [])
  }

  /// A figure by size and series.
  private func table(_ figure: StudyFigure) -> Markup {
    let rows = subject.results.plan.rowCounts.map { rowCount -> [FigureTable.Cell] in
      [.init("\(NumberText.count(rowCount)) rows")]
        + subject.series.map { series in
          let summary = series.summaries.first { $0.rowCount == rowCount }
          return .init("\(figure.text(summary?.values[figure]))")
        }
    }
    let table = FigureTable(
      figure.name,
      columns: [.init("trained on", isNumeric: false)] + subject.series.map { .init("\($0.name)") },
      rows: rows)
    return "<div>\(table.markup)</div>"
  }

  /// The same for each series, one below the other; only the main one is open at first.
  func bySeries(_ content: (StudySeries) -> Markup) -> Markup {
    if subject.series.isEmpty { return absence("No generator is finished.") }
    if subject.series.count == 1 { return content(subject.series[0]) }
    let parts = subject.series.map { series -> Markup in
      let open: Markup = series.name == subject.main?.name ? " open" : .empty
      return "<details\(open)><summary>\(series.name)</summary>\(content(series))</details>"
    }
    return "\(parts)"
  }

  /// What a cell is called among those of its series.
  func name(of cell: StudyCell) -> Markup {
    let rows = "\(NumberText.count(cell.key.rowCount)) rows"
    return subject.results.plan.repetitions > 1
      ? "\(rows), repeat \(cell.key.repetition)" : "\(rows)"
  }
}
