/// A part of the report on one synthetic table.
protocol ReportSection {
  /// The end of its anchor.
  static var id: String { get }
  static var title: String { get }
  var subject: Subject { get }
  var body: Markup { get }
}

extension ReportSection {
  /// The section with its heading.
  var markup: Markup {
    """
    <section id="\(subject.anchor(Self.id))"><h3>\(Self.title)</h3>\(body)</section>
    """
  }

  /// The link of the table of contents.
  var link: Markup {
    "<a href=\"#\(subject.anchor(Self.id))\">\(Self.title)</a>"
  }
}
