/// How close synthetic rows are to single real ones.
struct PrivacySection: ReportSection {
  static let id = "privacy"
  static let title = "Privacy"
  let subject: Subject

  var body: Markup {
    guard let figures = subject.figures.privacy else {
      return absence("Privacy was not asked for.")
    }
    let verdict = Verdict.privacy(
      figures, rowCount: subject.synthetic.rowCount,
      holdoutCount: subject.evaluation.holdout?.rowCount)
    return """
      <p>How close synthetic rows come to single people’s rows. Some rows are always close: what counts is whether synthetic rows \
      are closer than the holdout’s rows, which were not trained on.</p>\(verdictTag(verdict))\
      \(closer(figures))<div class="charts">\(distances(figures))<div>\(distanceTable(figures))\
      \(table(figures))</div></div>
      """
  }

  private func closer(_ figures: PrivacyFigures) -> Markup {
    guard let share = figures.closerToTraining else {
      return absence(
        "No holdout was given, so it is unknown whether rows are closer to training rows than to others."
      )
    }
    return """
      <p>\(term(.closerToTraining, "Closer to a training row than to a holdout row")) are \
      <b>\(NumberText.percent(share.value))</b> of the synthetic rows; the 95 % confidence interval is \
      \(share.text { NumberText.percent($0) }); 50 % is expected by chance.</p>
      """
  }

  private func distances(_ figures: PrivacyFigures) -> Markup {
    let curves: [(String, SeriesStyle, Distances?)] = [
      ("synthetic to holdout", SeriesStyle(.synthetic, dashes: .dotted), figures.toHoldout),
      ("holdout to training", .holdout, figures.holdoutToTraining),
      ("synthetic to training", .synthetic, figures.toTraining),
    ]
    let series = curves.compactMap { name, style, distances -> XYChart.Series? in
      guard let distances, distances.quantiles.count > 1 else { return nil }
      let last = Double(distances.quantiles.count - 1)
      return .init(
        name, style,
        .line(
          distances.quantiles.enumerated().map {
            Point(x: $0.element, y: Double($0.offset) / last)
          }))
    }
    guard !series.isEmpty else { return .empty }
    let rows = subject.evaluation
    let isSmaller = rows.holdout.map { $0.rowCount < rows.training.rowCount } ?? false
    let note: Markup = """
      A curve that rises earlier has more rows close to others.\
      \(isSmaller ? " The holdout has fewer rows than the training table, so the closest of them is farther away." : "")
      """
    let largest = curves.compactMap { $0.2?.quantiles.dropLast().last }.max() ?? 1
    return figureTag(
      term(.distance, "Distances to the closest row"),
      XYChart(
        title: "Distances to the closest row",
        description: "The share of rows whose closest row is within a distance.", height: 280,
        x: Axis(from: 0, to: largest > 0 ? largest : 1, title: "distance"),
        y: Axis(from: 0, to: 1, title: "share of rows within", labels: .percent), series: series
      ).element(), note: note)
  }

  private func distanceTable(_ figures: PrivacyFigures) -> Markup {
    func row(_ name: String, _ distances: Distances?) -> [FigureTable.Cell] {
      guard let distances else {
        return [.init("\(name)")] + Array(repeating: .init("no holdout"), count: 3)
      }
      return [.init("\(name)")]
        + [distances.lowest5Percent, distances.median, distances.mean].map {
          .init("\(NumberText.fixed($0, digits: 3))")
        }
    }
    return FigureTable(
      "Distances",
      columns: [
        .init("distance", isNumeric: false), .init("lowest 5 %"), .init("median"), .init("mean"),
      ],
      rows: [
        row("synthetic to training", figures.toTraining),
        row("synthetic to holdout", figures.toHoldout),
        row("holdout to training", figures.holdoutToTraining),
      ]
    ).markup
  }

  private func table(_ figures: PrivacyFigures) -> Markup {
    func row(_ definition: Definition, _ measured: Measured, _ meaning: String) -> [FigureTable
      .Cell]
    {
      [
        .init(term(definition)), .init("<b>\(NumberText.percent(measured.value))</b>"),
        .init("\(NumberText.percent(measured.holdout))"), .init("\(meaning)"),
      ]
    }
    return FigureTable(
      "Privacy",
      columns: [
        .init("", isNumeric: false), .init("synthetic"),
        .init("holdout", isShown: subject.hasHoldout),
        .init("good value", isNumeric: false, isShown: subject.hasHoldout),
      ],
      rows: [
        row(.identicalShare, figures.identicalShare, "at most the holdout’s"),
        row(.neighbourRatio, figures.neighbourRatio, "at least the holdout’s"),
        row(.authenticity, figures.authenticity, "at least the holdout’s"),
        row(.alphaPrecision, figures.alphaPrecision, "near the holdout’s"),
        row(.betaRecall, figures.betaRecall, "near the holdout’s"),
      ]
    ).markup
  }
}
