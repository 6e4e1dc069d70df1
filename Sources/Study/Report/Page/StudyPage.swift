import Eval

/// The page of a study.
struct StudyPage {
  let subject: StudySubject

  var html: String {
    Page(
      title: "Size against accuracy", introduction: introduction,
      content: SectionList(
        anchor: "study", heading: "The study", sections: sections
      ).markup, scripts: [.sorting, .printing]
    ).html
  }

  private var introduction: Markup {
    let results = subject.results
    return """
      <p>\(tableTag(results.table, width: 60)) <span class="quiet">\(columns)</span></p><ul class="tables">\
      \(size("training", results.trainingRowCount))\
      \(size("holdout", results.holdoutRowCount, of: results.holdoutTable))\
      \(size("synthetic", results.plan.drawnRowCount, note: "from each generator"))</ul>\(partial)
      """
  }

  private var columns: String {
    let count = subject.results.columns.count
    return count == 1 ? "1 column" : "\(NumberText.count(count)) columns"
  }

  private func size(_ role: String, _ rowCount: Int, of table: String? = nil, note: String = "")
    -> Markup
  {
    """
    <li><i class="key \(role)"></i><span><b>\(role)</b> \(table.map { tableTag($0, width: 60) } ?? .empty)</span> \
    <span class="quiet">\(NumberText.count(rowCount)) \(rowCount == 1 ? "row" : "rows") \(note)</span></li>
    """
  }

  /// The missing cells of a study that was stopped.
  private var partial: Markup {
    guard !subject.results.isComplete else { return .empty }
    let sizes = subject.unfinishedRowCounts.map(NumberText.count).joined(separator: ", ")
    return """
      <p class="verdict fair"><span class="sign" aria-hidden="true">≈</span>The study is not finished: \
      not all generators of \(sizes) rows are there. It goes on when it is started again with the same options.</p>
      """
  }

  private var sections: [any PageSection] {
    let reference = subject.results.reference
    let sections: [(any PageSection)?] = [
      StudySummarySection(subject: subject), StudyAccuracySection(subject: subject),
      StudyTimeSection(subject: subject),
      reference.rules.isEmpty ? nil : StudyRulesSection(subject: subject),
      subject.utility == nil ? nil : StudyUtilitySection(subject: subject),
      StudySimilaritySection(subject: subject), StudyPrivacySection(subject: subject),
      reference.statistics.isEmpty ? nil : StudyStatisticsSection(subject: subject),
      reference.violins.isEmpty ? nil : StudyGroupsSection(subject: subject),
      StudySamplesSection(subject: subject), CellsSection(subject: subject),
      StudyMethodSection(subject: subject),
    ]
    return sections.compactMap { $0 }
  }
}

/// The report of a study: one HTML page that needs no other file and no network, and its charts.
///
/// The same results give the same bytes.
public struct StudyReport: Sendable {
  private let subject: StudySubject

  public init(_ results: StudyResults) { subject = StudySubject(results) }

  /// The page.
  public var html: String { StudyPage(subject: subject).html }

  /// The charts as SVG documents, by the name of their file without `.svg`.
  public var charts: [(name: String, svg: String)] {
    subject.charts.map { ($0.fileName, $0.file) }
      + (subject.main.map { main in
        subject.violins.flatMap { $0.charts(of: main) }.map { ($0.fileName, $0.chart.file()) }
      } ?? [])
  }
}
