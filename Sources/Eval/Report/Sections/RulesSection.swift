/// Rules between columns, and what breaks them.
struct RulesSection: ReportSection {
  static let id = "rules"
  static let title = "Rules"
  /// Violations of one rule that are shown.
  static let violationLimit = 20
  let subject: Subject

  var body: Markup {
    let rules = subject.figures.rules
    guard !rules.isEmpty else { return absence("No rule was given.") }
    let rows = rules.map { rule -> [FigureTable.Cell] in
      [
        .init(names(rule.columns)),
        .init("<b>\(NumberText.percent(rule.share.value, digits: 2))</b>", order: rule.share.value),
        .init("\(NumberText.percent(rule.share.holdout, digits: 2))", order: rule.share.holdout),
        .init("\(NumberText.count(rule.allowedCount))", order: Double(rule.allowedCount)),
      ]
    }
    let table = FigureTable(
      "Rules",
      columns: [
        .init("columns", isNumeric: false), .init("kept by synthetic"),
        .init("kept by holdout", isShown: subject.hasHoldout),
        .init("combinations in real rows"),
      ], rows: rows, isSortable: rules.count > 1)
    return """
      <p>The share of rows whose combination of values \(term(.rule, "occurs in the real rows")).</p>\
      \(table.markup)\(rules.map(violations))
      """
  }

  private func names(_ columns: [String]) -> Markup {
    guard let first = columns.first else { return .empty }
    return columns.dropFirst().reduce(nameTag(first)) { $0 + ", " + nameTag($1) }
  }

  private func violations(_ rule: RuleFigures) -> Markup {
    guard !rule.violations.isEmpty else { return .empty }
    let shown = rule.violations.prefix(Self.violationLimit)
    let left = rule.violations.count - shown.count
    let table = FigureTable(
      "Combinations that no real row has",
      columns: rule.columns.map { .init(nameTag($0), isNumeric: false) } + [.init("rows")],
      rows: shown.map { violation in
        violation.values.map { .init(valueTag($0)) } + [
          .init("\(NumberText.count(violation.count))")
        ]
      })
    let note: Markup =
      left > 0 ? "<p class=\"note\">\(NumberText.count(left)) rarer ones are left out.</p>" : .empty
    return
      "<h4>Combinations of \(names(rule.columns)) that no real row has</h4>\(table.markup)\(note)"
  }
}
