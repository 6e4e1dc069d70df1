/// What was found out, in a few words and numbers.
struct SummarySection: ReportSection {
  static let id = "summary"
  static let title = "Summary"
  let subject: Subject

  var body: Markup {
    let cards = SummaryCard.all(subject)
    let sentences = cards.map { "\($0.verdict.words)." as Markup }
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
      <p class="lead">\(joined(sentences))</p><div class="cards">\(cards.map(\.markup))</div>\(note)
      """
  }

  private func joined(_ sentences: [Markup]) -> Markup {
    sentences.dropFirst().reduce(sentences.first ?? .empty) { $0 + " " + $1 }
  }
}
