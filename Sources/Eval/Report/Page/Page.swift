import Foundation

/// The whole page: skeleton, style, script and the data that the script draws.
struct Page {
  let title: String
  /// At least one.
  let subjects: [Subject]

  var html: String {
    let evaluation = subjects[0].evaluation
    let several = subjects.count > 1
    let comparison: Markup = several ? ComparisonSection(subjects: subjects).markup : .empty
    let page: Markup = """
      <!DOCTYPE html>
      <html lang="en"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(title)</title>
      <style>\(Markup(trusted: PageStyle.css))</style>
      <script>document.documentElement.classList.add("scripted")</script>
      </head><body>
      \(header)
      <main>\(comparison)\(several ? tabs : .empty)\(subjects.map(report))
      \(MethodSection(evaluation: evaluation).markup)</main>
      <footer><p>Made by Likeness. This page needs no network and sends nothing anywhere.</p></footer>
      <script type="application/json" id="joint">\(Markup(trusted: escapedForScript(pairs)))</script>
      <script>\(Markup(trusted: PageScript.javaScript))</script>
      </body></html>

      """
    return page.text
  }

  private var header: Markup {
    let evaluation = subjects[0].evaluation
    let holdout: Markup =
      evaluation.holdout.map { size("holdout", $0) }
      ?? "<li><i class=\"key holdout\"></i><span>No holdout was given: figures that need one are missing.</span></li>"
    return """
      <header><h1>\(title)</h1><ul class="tables">\(size("training", evaluation.training))\(holdout)\
      \(evaluation.synthetic.map { size("synthetic", $0.table) })</ul>\
      <p class="quiet">\(columns(evaluation.columns.count))</p></header>
      """
  }

  private func size(_ role: String, _ table: TableSize) -> Markup {
    """
    <li><i class="key \(role)"></i><span><b>\(role)</b> \(tableTag(table.name, width: 60))</span> \
    <span class="quiet">\(NumberText.count(table.rowCount)) \(table.rowCount == 1 ? "row" : "rows")</span></li>
    """
  }

  private func columns(_ count: Int) -> String {
    count == 1 ? "1 column" : "\(NumberText.count(count)) columns"
  }

  private var tabs: Markup {
    let buttons = subjects.map { subject -> Markup in
      """
      <button type="button" role="tab" aria-selected="\(subject.index == 0 ? "true" : "false")" \
      aria-controls="t\(subject.index + 1)">\(tableTag(subject.synthetic.name, width: 28))</button>
      """
    }
    return
      "<div class=\"tabs script\" role=\"tablist\" aria-label=\"Synthetic tables\">\(buttons)</div>"
  }

  private func report(_ subject: Subject) -> Markup {
    let sections: [any ReportSection] = [
      SummarySection(subject: subject), AccuracySection(subject: subject),
      ColumnsSection(subject: subject), PairsSection(subject: subject),
      AssociationsSection(subject: subject), GroupsSection(subject: subject),
      SimilaritySection(subject: subject), UtilitySection(subject: subject),
      PrivacySection(subject: subject), StatisticsSection(subject: subject),
      RulesSection(subject: subject), SamplesSection(subject: subject),
    ]
    let panel: Markup = subjects.count > 1 ? " role=\"tabpanel\"" : .empty
    // One table needs no heading to the eye, but headings must not skip a level.
    let hidden: Markup = subjects.count > 1 ? .empty : " class=\"hidden\""
    return """
      <div class="report" id="t\(subject.index + 1)"\(panel)><nav aria-label="Sections">\
      \(sections.map { $0.link })<a href="#method">Method</a></nav>\
      <div class="sections"><h2\(hidden)>\(tableTag(subject.synthetic.name, width: 60))</h2>\
      \(sections.map { $0.markup })</div></div>
      """
  }

  /// What the script shows when a pair of columns is chosen, as JSON.
  private var pairs: String {
    struct Payload: Encodable {
      var names: [String]
      var bins: [[String]]
      var training: String
      var synthetic: [String]
    }
    let tables = subjects[0].tables
    let shares = PairShares(tables, columns: subjects[0].selection.matrix)
    let payload = Payload(
      names: shares.names.map { shortened($0, to: 40) },
      bins: shares.bins.map { $0.names.map { shortened($0, to: 24) } },
      training: shares.encoded(tables.training),
      synthetic: tables.synthetic.map(shares.encoded))
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    // Strings alone cannot fail to be encoded.
    return String(decoding: try! encoder.encode(payload), as: UTF8.self)
  }
}
