/// Several synthetic tables side by side.
struct ComparisonSection {
  let subjects: [Subject]

  var markup: Markup {
    let rows = (KeyFigure.all + [.weakestRule]).compactMap(row)
    let columns =
      [FigureTable.Column("", isNumeric: false)]
      + subjects.map { .init(tableTag($0.synthetic.name, width: 28)) } + [.init("real rows")]
    return """
      <section id="comparison"><h2>The tables compared</h2><p>The best of each row is marked ★. Beside them is what \
      real rows get: the holdout, or what is expected of them where there is none, and for utility a model that was \
      trained on real rows.</p>\
      \(FigureTable("The tables compared", columns: columns, rows: rows).markup)</section>
      """
  }

  private func row(_ figure: KeyFigure) -> [FigureTable.Cell]? {
    let values = subjects.map { figure.value($0.figures) }
    guard values.contains(where: { $0 != nil }) else { return nil }
    let real = subjects.lazy.compactMap { figure.real($0.figures) }.first
    let best = values.compactMap { $0.map { figure.badness($0, real) } }.min()
    let cells = values.map { value -> FigureTable.Cell in
      let text = figure.text(value)
      guard let value, figure.badness(value, real) == best else { return .init("\(text)") }
      return .init("<b>★<span class=\"hidden\"> best</span> \(text)</b>")
    }
    return [.init(term(figure.definition))] + cells + [.init("\(figure.text(real))")]
  }
}
