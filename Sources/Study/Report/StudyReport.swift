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
