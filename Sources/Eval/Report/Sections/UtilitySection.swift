/// How well a model trained on synthetic rows predicts real ones.
struct UtilitySection: ReportSection {
  static let id = "utility"
  static let title = "Utility"
  let subject: Subject

  var body: Markup {
    guard let figures = subject.figures.utility else {
      return absence("No target column was named, so nothing was predicted.")
    }
    return """
      <div class="charts"><div><p>\(task(figures)) \(term(.utility, "Both models")) are judged on real rows that \
      neither has seen.</p>\(verdictTag(.utility(figures)))\(table(figures))\(lost(figures))</div>\
      \(curves(figures))\(importance(figures))</div>
      """
  }

  private func task(_ figures: UtilityFigures) -> Markup {
    let target = nameTag(figures.target)
    switch figures.task {
    case .binary(let positive): return "Whether \(target) is \(valueTag(positive)) is predicted."
    case .multiclass(let levels):
      return "Which of \(levels.count) values \(target) has is predicted."
    case .regression: return "The number \(target) is predicted."
    }
  }

  private func table(_ figures: UtilityFigures) -> Markup {
    var rows: [[FigureTable.Cell]] = []
    func add(_ name: String, best: String, _ text: (PredictionScore) -> String?) {
      guard let synthetic = text(figures.synthetic), let real = text(figures.real) else { return }
      rows.append([
        .init("\(name)"), .init("<b>\(synthetic)</b>"), .init("\(real)"), .init("\(best)"),
      ])
    }
    add("AUC", best: "1") { $0.auc.map { NumberText.fixed($0, digits: 3) } }
    add("R²", best: "1") { $0.rSquared.map { NumberText.fixed($0, digits: 3) } }
    add("RMSE", best: "0") { $0.rmse.map { NumberText.number($0) } }
    return FigureTable(
      "Utility",
      columns: [
        .init("", isNumeric: false), .init("trained on synthetic"), .init("trained on real"),
        .init("best"),
      ], rows: rows
    ).markup
  }

  private func lost(_ figures: UtilityFigures) -> Markup {
    let fixed: (Double?) -> String = { NumberText.fixed($0, digits: 3) }
    return """
      <p class="note">Real less synthetic: \(fixed(figures.lost.value)), with a 95 % interval of \
      \(figures.lost.text(fixed)).</p>
      """
  }

  private func curves(_ figures: UtilityFigures) -> Markup {
    let curves: [(String, SeriesStyle, [Point])] = [
      ("trained on real", SeriesStyle(.holdout, dashes: .dashed), figures.real.curve),
      ("trained on synthetic", .synthetic, figures.synthetic.curve),
    ].filter { !$0.2.isEmpty }
    guard !curves.isEmpty else { return .empty }
    return figureTag(
      "<span>Predicting \(nameTag(figures.target, width: 24))</span>",
      ROCChart(title: "ROC curves of the two models", curves: curves).element())
  }

  private func importance(_ figures: UtilityFigures) -> Markup {
    let features = figures.importance.prefix(16)
    guard !features.isEmpty else { return .empty }
    let left = figures.importance.count - features.count
    return figureTag(
      term(.importance, "Importance of columns"),
      BarChart(
        title: "Importance of columns", description: "Shares of the gain of both models.",
        groups: features.map { .init($0.column) },
        series: [
          .init("trained on real", .training, .wide, features.map(\.real)),
          .init("trained on synthetic", .synthetic, .narrow, features.map(\.synthetic)),
        ]
      ).element(),
      note: left > 0 ? "\(NumberText.count(left)) less important columns are left out." : .empty
    )
  }
}

/// ROC curves and the diagonal of guessing.
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
