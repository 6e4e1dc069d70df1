/// The main results in a few words and numbers.
struct SummarySection: ReportSection {
  static let id = "summary"
  static let title = "Summary"
  let subject: Subject

  var body: Markup {
    let cards = SummaryCard.all(subject)
    let figures = subject.figures
    let missing = [
      figures.similarity == nil ? "similarity" : nil, figures.privacy == nil ? "privacy" : nil,
      figures.utility == nil ? "utility" : nil, figures.rules.isEmpty ? "rules" : nil,
      figures.statistics.isEmpty ? "statistics" : nil,
    ].compactMap { $0 }
    let note: Markup =
      missing.isEmpty
      ? .empty
      : "<p class=\"note\">Not judged, because it was not asked for: \(missing.joined(separator: ", ")).</p>"
    return """
      <p class="lead">\(conclusion(cards.map(\.verdict)))</p>\
      <div class="cards\(cards.count == 4 ? " four" : "")">\(cards.map(\.markup))</div>\(note)\(unreadable)
      """
  }

  /// Fields that are taken for missing because they are no numbers.
  private var unreadable: Markup {
    let shown = subject.tables.unreadableFields.filter {
      $0.table == subject.synthetic.name || subject.index == 0 && isReal($0.table)
    }
    guard !shown.isEmpty else { return .empty }
    let items = shown.prefix(8).map { fields -> Markup in
      """
      <li>\(tableTag(fields.table)), column \(nameTag(fields.column)): \(NumberText.count(fields.count)) \
      \(fields.count == 1 ? "field" : "fields"), such as “\(shortened(fields.example, to: 24))”</li>
      """
    }
    return """
      <div class="note"><p>Taken for missing because no number stands where the training table has one:</p>\
      <ul>\(items)</ul></div>
      """
  }

  private func isReal(_ table: String) -> Bool {
    subject.tables.real.contains { $0.name == table }
  }

  /// How many verdicts are good, and which are not.
  private func conclusion(_ verdicts: [Verdict]) -> Markup {
    let judged = verdicts.filter { $0.level != .unknown }
    let bad = judged.filter { $0.level > .good }
    if judged.isEmpty { return "Nothing could be judged." }
    if bad.isEmpty {
      return judged.count == 1 ? "The verdict is good." : "All \(judged.count) verdicts are good."
    }
    let sentences = bad.sorted { $0.level > $1.level }.map { " \($0.words)." as Markup }
    return "\(judged.count - bad.count) of \(judged.count) verdicts are good.\(sentences)"
  }
}

/// A part of the report on one synthetic table.
protocol ReportSection: PageSection {
  /// The end of its anchor.
  static var id: String { get }
  var subject: Subject { get }
}

extension ReportSection {
  package var anchor: String { subject.anchor(Self.id) }
}
