/// How hard synthetic rows are to distinguish from real ones.
struct SimilaritySection: ReportSection {
  static let id = "similarity"
  static let title = "Similarity"
  let subject: Subject

  var body: Markup {
    guard let figures = subject.figures.similarity else {
      return absence("Similarity was not asked for.")
    }
    return """
      <div class="charts"><div>\(verdictTag(.discriminator(figures.discriminator)))\(table(figures))</div>\
      \(curve(figures.discriminator))\(columnShares(figures.discriminator))</div>
      """
  }

  private func table(_ figures: SimilarityFigures) -> Markup {
    func row(
      _ definition: Definition, _ measured: Measured?, best: String, _ text: (Double?) -> String
    )
      -> [FigureTable.Cell]
    {
      [
        .init(term(definition)), .init("<b>\(text(measured?.value))</b>"),
        .init("\(text(measured?.holdout))"), .init("\(best)"),
      ]
    }
    let percent: (Double?) -> String = { NumberText.percent($0) }
    let fixed: (Double?) -> String = { NumberText.fixed($0, digits: 3) }
    let discriminator = figures.discriminator
    return FigureTable(
      "Similarity",
      columns: [
        .init("", isNumeric: false), .init("synthetic"),
        .init("holdout", isShown: subject.hasHoldout), .init("best"),
      ],
      rows: [
        [
          .init(term(.discriminator)), .init("<b>\(fixed(discriminator.auc.value))</b>"),
          .init("\(fixed(discriminator.holdoutAUC?.value))"), .init("0.500"),
        ],
        [
          .init("95 % interval"), .init("\(discriminator.auc.text(fixed))"),
          .init("\(discriminator.holdoutAUC?.text(fixed) ?? "")"), .init(""),
        ],
        row(.centroidCosine, figures.centroidCosine, best: "1") { NumberText.fixed($0, digits: 4) },
        row(.shape, figures.shape, best: "100 %", percent),
        row(.trend, figures.trend, best: "100 %", percent),
      ]
    ).markup
  }

  private func curve(_ discriminator: Discriminator) -> Markup {
    guard !discriminator.curve.isEmpty else { return .empty }
    return figureTag(
      "Distinguishing synthetic from real rows",
      ROCChart(
        title: "ROC curve of the discriminator",
        curves: [("discriminator", .synthetic, discriminator.curve)]
      ).element())
  }

  private func columnShares(_ discriminator: Discriminator) -> Markup {
    let columnShares = discriminator.columnShares.prefix(12)
    guard !columnShares.isEmpty else { return .empty }
    return figureTag(
      "Columns that reveal synthetic rows",
      BarChart(
        title: "Columns that reveal synthetic rows", description: "Shares of the gain.",
        groups: columnShares.map { .init($0.column) },
        series: [.init("share of the gain", .synthetic, .narrow, columnShares.map(\.share))]
      ).element(),
      note: "If the discriminator only guesses, this list is noise.")
  }
}
