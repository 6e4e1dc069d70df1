import Foundation

/// The page on synthetic tables: a report for each, and the definitions of the figures.
struct QualityPage {
  let title: String
  /// At least one.
  let subjects: [Subject]

  var html: String {
    let several = subjects.count > 1
    let comparison: Markup = several ? ComparisonSection(subjects: subjects).markup : .empty
    let evaluation = subjects[0].evaluation
    return Page(
      title: title, introduction: introduction,
      content: """
        \(comparison)\(several ? tabs : .empty)\(subjects.map(report))
        \(MethodSection(evaluation: evaluation).markup)
        <script type="application/json" id="joint">\(Markup(trusted: escapedForScript(pairs)))</script>
        """,
      scripts: [.tabs, .sorting, .pairs]
    ).html
  }

  private var introduction: Markup {
    let evaluation = subjects[0].evaluation
    let holdout: Markup =
      evaluation.holdout.map { size("holdout", $0) }
      ?? "<li><i class=\"key holdout\"></i><span>No holdout was given: figures that need one are missing.</span></li>"
    return """
      <ul class="tables">\(size("training", evaluation.training))\(holdout)\
      \(evaluation.synthetic.map { size("synthetic", $0.table) })</ul>\
      <p class="quiet">\(columns(evaluation.columns.count))</p>
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
      PrivacySection(subject: subject), RelationsSection(subject: subject),
      StatisticsSection(subject: subject),
      RulesSection(subject: subject), SamplesSection(subject: subject),
    ]
    return SectionList(
      anchor: "t\(subject.index + 1)", heading: tableTag(subject.synthetic.name, width: 60),
      isTab: subjects.count > 1, sections: sections, links: "<a href=\"#method\">Method</a>"
    ).markup
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
