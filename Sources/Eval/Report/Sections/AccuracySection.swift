/// How closely distributions agree, as a whole and column by column.
struct AccuracySection: ReportSection {
  static let id = "accuracy"
  static let title = "Accuracy"
  let subject: Subject

  var body: Markup {
    """
    <p>How closely the distributions of one, two and three columns agree with those of the real rows. \
    The \(term(.holdout, "holdout")) beside it is judged in the same way: real rows fall short of 100 % too.</p>\
    \(overview)<h4>Column by column</h4>\(columns)
    """
  }

  private var overview: Markup {
    let accuracy = subject.figures.accuracy
    let scores: [(Definition, AccuracyScore?)] = [
      (.accuracy, accuracy.overall), (.univariate, accuracy.univariate),
      (.bivariate, accuracy.bivariate), (.trivariate, accuracy.trivariate),
    ]
    let rows = scores.map { definition, score -> [FigureTable.Cell] in
      guard let score else {
        return [.init(term(definition))] + Array(repeating: .init("too few columns"), count: 4)
      }
      return [
        .init(term(definition)), .init("<b>\(NumberText.percent(score.value, digits: 2))</b>"),
        .init("\(NumberText.percent(score.holdout, digits: 2))"),
        .init("\(NumberText.percent(score.expected, digits: 2))"),
        .init(strip(score)),
      ]
    }
    return FigureTable(
      "Accuracy",
      columns: [
        .init("", isNumeric: false), .init("synthetic"),
        .init("holdout", isShown: subject.hasHoldout),
        .init(term(.expected, "expected")), .init(key, isNumeric: false),
      ], rows: rows
    ).markup
  }

  /// The meaning of the marks of ``strip(_:)``.
  private var key: Markup {
    let holdout: Markup = subject.hasHoldout ? "<span class=\"holdout\">◆</span> holdout " : .empty
    return """
      <span class="synthetic">●</span> synthetic \(holdout)<span class="training">■</span> expected
      """
  }

  /// The three figures on one line.
  private func strip(_ score: AccuracyScore) -> Markup {
    let accuracy = subject.figures.accuracy
    let all = [accuracy.overall, accuracy.univariate, accuracy.bivariate, accuracy.trivariate]
      .compactMap { $0 }
    let lowest = all.flatMap { [$0.value, $0.expected, $0.holdout ?? 1] }.min() ?? 0
    var marks = [
      DotStrip.Mark("expected", SeriesStyle(.training, marker: .square), score.expected),
      DotStrip.Mark("synthetic", .synthetic, score.value),
    ]
    if let holdout = score.holdout { marks.insert(.init("holdout", .holdout, holdout), at: 1) }
    return DotStrip(
      axis: Axis(from: min(lowest, 0.99), to: 1, labels: .percent), marks: marks
    ).element()
  }

  private var columns: Markup {
    let accuracy = subject.figures.accuracy
    let shapes = subject.figures.similarity?.shapes ?? []
    let rows = accuracy.columns.enumerated().map { index, column -> [FigureTable.Cell] in
      let shape = index < shapes.count ? shapes[index] : nil
      return [
        .init(nameTag(column.column)),
        .init("\(subject.tables.columns[index].isNumeric ? "number" : "category")"),
      ] + cells(column.univariate) + cells(column.bivariate) + cells(column.trivariate)
        + (shapes.isEmpty ? [] : cells(shape?.similarity))
    }
    var headings: [FigureTable.Column] = [
      .init("column", isNumeric: false), .init("kind", isNumeric: false),
    ]
    for name in ["univariate", "bivariate", "trivariate"] + (shapes.isEmpty ? [] : ["shape"]) {
      headings.append(.init("\(name)"))
      if subject.hasHoldout { headings.append(.init("<span class=\"quiet\">holdout</span>")) }
    }
    return FigureTable(
      "Accuracy column by column", columns: headings, rows: rows, isSortable: true
    ).markup
  }

  /// A figure, and the holdout's where there is one.
  private func cells(_ measured: Measured?) -> [FigureTable.Cell] {
    let value = FigureTable.Cell(
      meter(measured), order: measured?.value)
    guard subject.hasHoldout else { return [value] }
    return [
      value,
      .init(
        "<span class=\"quiet\">\(NumberText.percent(measured?.holdout))</span>",
        order: measured?.holdout),
    ]
  }

  /// A percentage, with a mark where it is far below the holdout's.
  private func meter(_ measured: Measured?) -> Markup {
    guard let measured else { return "\(NumberText.none)" }
    let text: Markup = "\(NumberText.percent(measured.value))"
    guard let holdout = measured.holdout, holdout - measured.value > 0.05 else { return text }
    return "<span class=\"poor\" title=\"far below the holdout\">▾ \(text)</span>"
  }
}
