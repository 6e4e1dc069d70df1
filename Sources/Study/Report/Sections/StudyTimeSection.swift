import Eval

/// How long training takes, and what accuracy is to be had for it.
struct StudyTimeSection: StudySection {
  static let id = "time"
  static let title = "Time"
  let subject: StudySubject

  var body: Markup {
    """
    <p>The wall time of training against the rows, on logarithmic axes: the exponent is the slope of the line of least \
    squares.</p>\(grid([subject.timeChart?.figure].compactMap { $0 } + front))\(longerTraining)
    """
  }

  /// Nothing for a study of one number of epochs.
  private var longerTraining: Markup {
    let charts = subject.longerTrainingCharts
    guard !charts.isEmpty else { return .empty }
    return """
      <h4>What more training brings</h4><p>Figures against the time of training on the most rows: a line for each model size, a point \
      for each number of epochs.</p>\(grid(charts))
      """
  }

  private var front: [Markup] {
    let figures = [StudyFigure.trainingSeconds, .accuracy].filter(subject.results.figures.contains)
    let rows = subject.frontier.map { cell -> [FigureTable.Cell] in
      [
        .init("\(NumberText.count(cell.key.rowCount)) rows"),
        .init("\(cell.key.modelSize.rawValue), \(cell.key.epochs.words)"),
        .init("\(cell.key.repetition)"),
      ] + figures.map { .init("\($0.text(cell.values[$0]))") }
    }
    guard !rows.isEmpty else { return [] }
    let table = FigureTable(
      "The front",
      columns: [
        .init("trained on", isNumeric: false), .init("model", isNumeric: false), .init("repeat"),
      ] + figures.map { .init("\($0.name)") }, rows: rows)
    return [
      """
      <div><h4>The front</h4><p class="note">The generators that no other one surpasses in accuracy without taking \
      longer: the dotted line of the chart above.</p>\(table.markup)</div>
      """
    ]
  }
}
