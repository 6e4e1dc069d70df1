/// The report of a study: one HTML page that needs no other file and no network, and its charts.
///
/// The same results give the same bytes.
public struct StudyReport: Sendable {
  private let results: StudyResults

  public init(_ results: StudyResults) { self.results = results }

  /// The page.
  public var html: String { "" }

  /// The charts as SVG documents, by the name of their file without `.svg`.
  public var charts: [(name: String, svg: String)] { [] }
}
