import Eval
import Foundation

/// A figure against the rows that were trained on: a line for each series, with bars from the lowest repeat to the highest.
struct SizeChart {
  let subject: StudySubject
  let figure: StudyFigure
  let title: String
  var axisTitle: String?
  var levels: [ReferenceLevel] = []
  /// That of the figure's axis.
  var kind = Axis.Kind.linear
  /// What a series is called.
  var name: (StudySeries) -> String = \.name

  /// nil where no cell has the figure.
  var chart: XYChart? {
    let lines = subject.series.map { series in (series, self.points(of: series)) }
      .filter { !$0.1.isEmpty }
    guard !lines.isEmpty else { return nil }
    let points = lines.flatMap(\.1)
    let values = points.flatMap { point in
      point.range.map { [$0.lowerBound, $0.upperBound] } ?? [point.point.y]
    }
    var x = Axis(
      .logarithmic, around: points.map(\.point.x), title: "rows trained on")
    x.marks = subject.results.plan.rowCounts.map(Double.init)
    return XYChart(
      title: title,
      description: """
        Points for each number of rows that were trained on, with bars from the lowest of the repeats to the highest.
        """,
      height: 280, x: x,
      y: Axis(
        kind, around: values + levels.values, title: axisTitle ?? figure.name,
        labels: figure.isShare ? .percent : .number),
      series: levels.lines(across: x)
        + lines.enumerated().map { index, line in
          let shift = 2.5 * (Double(index) - Double(lines.count - 1) / 2)
          return .init(name(line.0), line.0.style, .points(line.1, joined: true), shift: shift)
        })
  }

  private func points(of series: StudySeries) -> [XYChart.ErrorPoint] {
    series.summaries.compactMap { summary in
      guard let spread = summary.values[figure], kind == .linear || spread.minimum > 0 else {
        return nil
      }
      return .init(
        Double(summary.rowCount), spread.mean,
        range: spread.count > 1 ? spread.minimum...spread.maximum : nil)
    }
  }
}

extension Axis {
  /// An axis that holds all values and leaves some room at both ends.
  init(
    _ kind: Kind, around values: [Double], title: String, labels: Labels = .number
  ) {
    let (low, high) = (values.min() ?? 0, values.max() ?? 1)
    switch kind {
    case .linear:
      let least = max(abs(low), abs(high)) > 0 ? 0.002 * max(abs(low), abs(high)) : 0.001
      let margin = max(0.06 * (high - low), least)
      // Room beyond 100 % would look like a possibility.
      let limit = labels == .percent && high <= 1 ? 1 : Double.infinity
      let floor = labels == .percent && low >= 0 ? 0 : -Double.infinity
      self.init(
        kind, from: max(low - margin, floor), to: min(high + margin, limit), title: title,
        labels: labels)
    case .logarithmic:
      let factor = max(pow(high / low, 0.04), 1.05)
      self.init(kind, from: low / factor, to: high * factor, title: title, labels: labels)
    }
  }
}
