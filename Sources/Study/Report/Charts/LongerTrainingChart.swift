import Eval
import Synth

/// A figure against the time of training on the most rows: a line for each model size, with a point for each number of epochs.
struct LongerTrainingChart {
  let subject: StudySubject
  let figure: StudyFigure
  let axisTitle: String
  var levels: [ReferenceLevel] = []

  /// nil where no model size has two numbers of epochs.
  var chart: XYChart? {
    guard let rowCount = subject.results.summaries.map(\.rowCount).max() else { return nil }
    let lines = subject.results.plan.modelSizes.compactMap {
      size -> (StudySeries, [XYChart.ErrorPoint])? in
      let series = subject.series.filter { $0.modelSize == size }
      let points = series.compactMap { point(of: $0, rowCount: rowCount) }
      guard points.count > 1 else { return nil }
      return (series[0], points.sorted { $0.point.x < $1.point.x })
    }
    guard !lines.isEmpty else { return nil }
    let points = lines.flatMap(\.1)
    let x = Axis(
      .logarithmic, around: points.map(\.point.x), title: "training time in seconds")
    let values = points.flatMap { point in
      point.range.map { [$0.lowerBound, $0.upperBound] } ?? [point.point.y]
    }
    return XYChart(
      title: "\(figure.name) against training time, \(NumberText.count(rowCount)) rows",
      description: """
        A line for each model size and a point for each number of epochs, with bars from the lowest of the repeats to the \
        highest.
        """,
      height: 280, x: x,
      y: Axis(
        .linear, around: values + levels.values, title: axisTitle,
        labels: figure.isShare ? .percent : .number),
      series: levels.lines(across: x)
        + lines.map { .init($0.modelSize.rawValue, $0.style, .points($1, joined: true)) })
  }

  private func point(of series: StudySeries, rowCount: Int) -> XYChart.ErrorPoint? {
    guard let summary = series.summaries.first(where: { $0.rowCount == rowCount }),
      let seconds = summary.values[.trainingSeconds]?.mean, seconds > 0,
      let spread = summary.values[figure]
    else { return nil }
    return .init(
      seconds, spread.mean, range: spread.count > 1 ? spread.minimum...spread.maximum : nil,
      name: series.epochs.words)
  }
}
