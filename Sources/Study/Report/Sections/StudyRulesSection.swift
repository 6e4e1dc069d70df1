import Eval

/// Rules between columns: how often they are kept, which combinations they allow and which rows break them.
struct StudyRulesSection: StudySection {
  static let id = "rules"
  static let title = "Rules"
  /// Combinations of one rule that are shown.
  static let combinationLimit = 200
  let subject: StudySubject

  var body: Markup {
    """
    <p>The share of rows whose combination of values \(term(.rule, "occurs in the real rows")).</p>\
    \(subject.results.reference.rules.indices.map(rule))
    """
  }

  private func rule(_ index: Int) -> Markup {
    let rule = subject.results.reference.rules[index]
    return grid(subject.ruleChart(index), rule.figure) + allowed(rule) + violations(index, rule)
  }

  private func allowed(_ rule: RuleReference) -> Markup {
    let shown = rule.allowed.prefix(Self.combinationLimit)
    let table = FigureTable(
      "Combinations that real rows have",
      columns: rule.columns.map { .init(nameTag($0), isNumeric: false) } + [.init("real rows")],
      rows: shown.map { combination in
        combination.values.map { .init(valueTag($0)) } + [
          .init("\(NumberText.count(combination.count))", order: Double(combination.count))
        ]
      }, isSortable: true)
    let note: Markup =
      shown.count < rule.allowedCount
      ? "<p class=\"note\">The most frequent of \(NumberText.count(rule.allowedCount)).</p>"
      : .empty
    return """
      <details><summary>\(NumberText.count(rule.allowedCount)) combinations of \(columnsTag(rule.columns)) \
      are allowed</summary>\(table.markup)\(note)</details>
      """
  }

  /// For each synthetic table what breaks the rule most often.
  private func violations(_ index: Int, _ rule: RuleReference) -> Markup {
    let rows = subject.series.flatMap { series in
      series.cells.compactMap { cell -> [FigureTable.Cell]? in
        guard index < cell.violations.count, let worst = cell.violations[index].first else {
          return nil
        }
        return [
          .init(name(of: cell), order: Double(cell.key.rowCount)), .init("\(series.name)"),
        ] + worst.values.map { .init(valueTag($0)) } + [
          .init("\(NumberText.count(worst.count))", order: Double(worst.count))
        ]
      }
    }
    guard !rows.isEmpty else { return .empty }
    let table = FigureTable(
      "The most frequent combinations that no real row has",
      columns: [.init("trained on", isNumeric: false), .init("model", isNumeric: false)]
        + rule.columns.map { .init(nameTag($0), isNumeric: false) } + [.init("rows")],
      rows: rows, isSortable: true)
    return """
      <details><summary>What breaks it most often, table by table</summary>\(table.markup)</details>
      """
  }
}
