/// A part of the report on one synthetic table.
protocol ReportSection: PageSection {
  /// The end of its anchor.
  static var id: String { get }
  var subject: Subject { get }
}

extension ReportSection {
  package var anchor: String { subject.anchor(Self.id) }
}
