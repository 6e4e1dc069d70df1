/// Relations between columns that were found in the training rows.
struct RelationsSection: ReportSection {
  static let id = "relations"
  static let title = "Relations"
  let subject: Subject

  var body: Markup {
    guard let figures = subject.figures.relations else {
      return absence("Relations were not asked for.")
    }
    guard !figures.relations.isEmpty else {
      return "\(absence("No relation holds in 95 % of the training rows."))\(bound(figures))"
    }
    let percent: (Double?) -> String = { NumberText.percent($0, digits: 1) }
    let rows = figures.relations.map { relation -> [FigureTable.Cell] in
      [
        .init(nameTag(relation.relation.text, width: 80)),
        .init("<b>\(percent(relation.synthetic?.value))</b>", order: relation.synthetic?.value),
        .init("\(percent(relation.holdout?.value))", order: relation.holdout?.value),
        .init("\(percent(relation.training))", order: relation.training),
        .init("\(percent(relation.chance))", order: relation.chance),
        .init("\(relation.lost?.text(percent) ?? "")", order: relation.lost?.value),
        .init("\(Verdict.relation(relation).words)"),
      ]
    }
    let table = FigureTable(
      "Relations",
      columns: [
        .init("relation", isNumeric: false), .init("kept by synthetic"),
        .init("kept by holdout", isShown: subject.hasHoldout), .init("kept by training"),
        .init("by chance"), .init("real less synthetic, 95 %"), .init("", isNumeric: false),
      ], rows: rows, isSortable: rows.count > 1)
    return """
      <p>The share of rows that keep \(term(.relation, "relations found in the training rows")), of those that have all \
      values.</p>\(verdictTag(.relations(figures)))\(table.markup)\(bound(figures))
      """
  }

  private func bound(_ figures: RelationsFigures) -> Markup {
    guard figures.combinedCount < figures.quantityCount else { return .empty }
    return """
      <p class="note">Only the first \(NumberText.count(figures.combinedCount)) of \
      \(NumberText.count(figures.quantityCount)) columns of numbers, dates and times were combined.</p>
      """
  }
}
