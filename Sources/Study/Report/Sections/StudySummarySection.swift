import Eval

/// What the study says, in sentences of figures, with its main charts.
struct StudySummarySection: StudySection {
  static let id = "summary"
  static let title = "Summary"
  let subject: StudySubject

  /// What the table of means shows; that of all generators has the others.
  private static let shown: [StudyFigure] = [
    .accuracy, .discriminatorAUC, .targetAUC, .targetRSquared, .closerToTraining,
    .trainingSeconds, .peakMemoryBytes,
  ]

  var body: Markup {
    guard let headline = Headline(subject) else {
      return absence("No generator is finished, so there is nothing to show yet.")
    }
    let charts = [subject.accuracyCharts.first, subject.tradeOffChart].compactMap { $0 }
    return """
      <p class="lead">\(headline.text)</p>\(grid(charts))\(means)
      """
  }

  private var means: Markup {
    let figures = subject.results.figures.filter(Self.shown.contains)
    let real = subject.results.reference.values
    let holdout: [FigureTable.Cell] =
      [.init("<b>holdout</b>"), .init("")]
      + figures.map { .init("\($0.text(real[$0]))", order: real[$0]) }
    let rows = subject.series.flatMap { series in
      series.summaries.map { summary -> [FigureTable.Cell] in
        [
          .init("\(NumberText.count(summary.rowCount)) rows", order: Double(summary.rowCount)),
          .init("\(series.name)"),
        ]
          + figures.map {
            .init("\($0.text(summary.values[$0]))", order: summary.values[$0]?.mean)
          }
      }
    }
    let table = FigureTable(
      "Figures by size",
      columns: [.init("trained on", isNumeric: false), .init("model", isNumeric: false)]
        + figures.map { .init("\($0.name)") }, rows: [holdout] + rows,
      isSortable: true)
    let note: Markup =
      subject.results.plan.repetitions > 1
      ? "<p class=\"note\">Means of the repeats with their standard deviation.</p>" : .empty
    return "<h4>Figures by size</h4>\(note)<div class=\"whole\">\(table.markup)</div>"
  }
}

/// Every figure of every generator.
struct CellsSection: StudySection {
  static let id = "cells"
  static let title = "All generators"
  let subject: StudySubject

  var body: Markup {
    let figures = subject.results.figures
    let rows = subject.results.cells.map { cell -> [FigureTable.Cell] in
      let key = cell.key
      return [
        .init("\(NumberText.count(key.rowCount)) rows", order: Double(key.rowCount)),
        .init("\(key.modelSize.rawValue)"), .init("\(key.epochs.description)"),
        .init("\(key.repetition)", order: Double(key.repetition)),
      ] + figures.map { .init("\($0.text(cell.values[$0]))", order: cell.values[$0]) }
    }
    guard !rows.isEmpty else { return absence("No generator is finished.") }
    let table = FigureTable(
      "All generators",
      columns: [
        .init("trained on", isNumeric: false), .init("model", isNumeric: false),
        .init("epochs", isNumeric: false), .init("repeat"),
      ] + figures.map { .init("\(shortened($0.name, to: 48))") }, rows: rows, isSortable: true)
    return table.markup
  }
}
