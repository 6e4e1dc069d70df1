/// Several synthetic tables side by side.
struct ComparisonSection {
  let subjects: [Subject]

  /// A figure that all tables may have.
  private struct Line: Sendable {
    var definition: Definition
    var digits: @Sendable (Double?) -> String
    var value: @Sendable (SyntheticEvaluation) -> Double?
    var holdout: @Sendable (SyntheticEvaluation) -> Double?
    /// How far a value is from the best; the smallest wins.
    var badness: @Sendable (Double) -> Double
  }

  var markup: Markup {
    let rows = Self.lines.compactMap(row)
    let columns =
      [FigureTable.Column("", isNumeric: false)]
      + subjects.map { .init(tableTag($0.synthetic.name, width: 28)) } + [.init("real rows")]
    return """
      <section id="comparison"><h2>The tables compared</h2><p>The best of each row is marked ★. Beside them is what \
      real rows get: the holdout, or for utility a model that was trained on real rows.</p>\
      \(FigureTable("The tables compared", columns: columns, rows: rows).markup)</section>
      """
  }

  private func row(_ line: Line) -> [FigureTable.Cell]? {
    let values = subjects.map { line.value($0.figures) }
    guard values.contains(where: { $0 != nil }) else { return nil }
    let best = values.compactMap { $0.map(line.badness) }.min()
    let cells = values.map { value -> FigureTable.Cell in
      let text = line.digits(value)
      guard let value, line.badness(value) == best else { return .init("\(text)") }
      return .init("<b>★<span class=\"hidden\"> best</span> \(text)</b>")
    }
    let holdout = subjects.lazy.compactMap { line.holdout($0.figures) }.first
    return [.init(term(line.definition))] + cells + [.init("\(line.digits(holdout))")]
  }

  private static let lines: [Line] = {
    let percent: @Sendable (Double?) -> String = { NumberText.percent($0, digits: 2) }
    let fixed: @Sendable (Double?) -> String = { NumberText.fixed($0, digits: 3) }
    return [
      Line(
        definition: .accuracy, digits: percent, value: { $0.accuracy.overall.value },
        holdout: { $0.accuracy.overall.holdout }, badness: { -$0 }),
      Line(
        definition: .univariate, digits: percent, value: { $0.accuracy.univariate.value },
        holdout: { $0.accuracy.univariate.holdout }, badness: { -$0 }),
      Line(
        definition: .bivariate, digits: percent, value: { $0.accuracy.bivariate?.value },
        holdout: { $0.accuracy.bivariate?.holdout }, badness: { -$0 }),
      Line(
        definition: .trivariate, digits: percent, value: { $0.accuracy.trivariate?.value },
        holdout: { $0.accuracy.trivariate?.holdout }, badness: { -$0 }),
      Line(
        definition: .discriminator, digits: fixed,
        value: { $0.similarity?.discriminator.auc.value },
        holdout: { $0.similarity?.discriminator.auc.holdout }, badness: { abs($0 - 0.5) }),
      Line(
        definition: .shape, digits: percent, value: { $0.similarity?.shape?.value },
        holdout: { $0.similarity?.shape?.holdout }, badness: { -$0 }),
      Line(
        definition: .trend, digits: percent, value: { $0.similarity?.trend?.value },
        holdout: { $0.similarity?.trend?.holdout }, badness: { -$0 }),
      Line(
        definition: .utility, digits: fixed,
        value: { $0.utility.flatMap { $0.synthetic.auc ?? $0.synthetic.rSquared } },
        holdout: { $0.utility.flatMap { $0.real.auc ?? $0.real.rSquared } }, badness: { -$0 }),
      Line(
        definition: .closerToTraining, digits: percent,
        value: { $0.privacy?.closerToTraining?.value },
        holdout: { _ in nil }, badness: { max(0, $0 - 0.5) }),
      Line(
        definition: .identicalShare, digits: percent, value: { $0.privacy?.identicalShare.value },
        holdout: { $0.privacy?.identicalShare.holdout }, badness: { $0 }),
      Line(
        definition: .rule, digits: percent, value: { $0.rules.map(\.share.value).min() },
        holdout: { $0.rules.compactMap(\.share.holdout).min() }, badness: { -$0 }),
    ]
  }()
}
