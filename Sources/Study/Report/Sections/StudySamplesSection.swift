import Eval

/// A few rows of each synthetic table.
struct StudySamplesSection: StudySection {
  static let id = "samples"
  static let title = "Sample rows"
  /// Columns that are shown.
  static let columnLimit = 60
  let subject: StudySubject

  var body: Markup {
    let columns = subject.results.columns
    let omission =
      columns.count > Self.columnLimit
      ? " Only the first \(Self.columnLimit) columns are shown." : ""
    return """
      <p>Rows of each synthetic table, drawn at random; the same seed draws the same.\(omission)</p>\(bySeries(table))
      """
  }

  private func table(_ series: StudySeries) -> Markup {
    let columns = subject.results.columns.prefix(Self.columnLimit)
    return FigureTable(
      "Sample rows",
      columns: [.init("trained on", isNumeric: false)]
        + columns.map { .init(nameTag($0, width: 20), isNumeric: false) },
      rows: series.cells.flatMap { cell in
        cell.samples.map { sample in
          [.init(name(of: cell))]
            + sample.prefix(columns.count).map { .init(valueTag($0, width: 20)) }
        }
      }
    ).markup
  }
}
