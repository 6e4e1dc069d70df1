/// ROC curves on the diagonal that stands for guessing.
struct ROCChart {
  var title: String
  var curves: [(name: String, style: SeriesStyle, points: [Point])]

  func element() -> Markup {
    let diagonal = XYChart.Series(
      "guessing", SeriesStyle(.training, dashes: .dotted),
      .line([Point(x: 0, y: 0), Point(x: 1, y: 1)]))
    return XYChart(
      title: title,
      description: "True positive rate against false positive rate; the diagonal is guessing.",
      height: 330, x: Axis(from: 0, to: 1, title: "false positive rate"),
      y: Axis(from: 0, to: 1, title: "true positive rate"),
      series: [diagonal] + curves.map { .init($0.name, $0.style, .line($0.points)) }
    ).element()
  }
}
