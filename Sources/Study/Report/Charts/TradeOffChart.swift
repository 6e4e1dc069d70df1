import Eval

/// Accuracy against the time of training, a point for each cell, and the front of those that none surpasses.
struct TradeOffChart {
  let subject: StudySubject

  /// nil if there are no cells.
  var chart: XYChart? {
    let lines = subject.series.map { ($0, $0.cells.compactMap(point)) }.filter { !$0.1.isEmpty }
    guard !lines.isEmpty else { return nil }
    let points = lines.flatMap(\.1).map(\.point)
    let x = Axis(
      .logarithmic, around: points.map(\.x), title: "training time in seconds")
    let levels = [ReferenceLevel.holdout(subject.results.reference.values[.accuracy])]
    let y = Axis(
      .linear, around: points.map(\.y) + levels.values, title: StudyFigure.accuracy.name,
      labels: .percent)
    return XYChart(
      title: "Accuracy against training time",
      description: """
        A point for each generator; the line is the front of those that no other surpasses without taking longer.
        """,
      height: 280, x: x, y: y,
      series: levels.lines(across: x) + [
        .init(
          "front", SeriesStyle(.text, dashes: .dotted), .line(front(until: x.domain.upperBound)))
      ] + lines.map { .init($0.name, $0.style, .points($1, joined: false)) })
  }

  private func point(_ cell: StudyCell) -> XYChart.ErrorPoint? {
    guard let seconds = cell.values[.trainingSeconds], seconds > 0,
      let accuracy = cell.values[.accuracy]
    else { return nil }
    return .init(
      seconds, accuracy, name: "\(NumberText.count(cell.key.rowCount)) rows")
  }

  /// Level until the next point that is better.
  private func front(until end: Double) -> [Point] {
    var points: [Point] = []
    for cell in subject.frontier {
      guard let next = point(cell)?.point else { continue }
      if let last = points.last { points.append(Point(x: next.x, y: last.y)) }
      points.append(next)
    }
    return points + (points.last.map { [Point(x: end, y: $0.y)] } ?? [])
  }
}

extension StudySubject {
  /// The cells that no other cell beats in both accuracy and training time, the fastest first.
  var frontier: [StudyCell] {
    results.frontier.compactMap { key in results.cells.first { $0.key == key } }
  }
}
