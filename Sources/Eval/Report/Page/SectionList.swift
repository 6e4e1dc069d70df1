/// A part of a page.
package protocol PageSection {
  static var title: String { get }
  /// Its place in the page.
  var anchor: String { get }
  var body: Markup { get }
}

/// Sections below one heading, with links to them.
package struct SectionList {
  let anchor: String
  let heading: Markup
  /// Whether the page shows only one of several at a time.
  let isTab: Bool
  let sections: [any PageSection]
  /// Further links.
  let links: Markup

  package init(
    anchor: String, heading: Markup, isTab: Bool = false, sections: [any PageSection],
    links: Markup = .empty
  ) {
    self.anchor = anchor
    self.heading = heading
    self.isTab = isTab
    self.sections = sections
    self.links = links
  }

  package var markup: Markup {
    let panel: Markup = isTab ? " role=\"tabpanel\"" : .empty
    // One of its kind needs no heading to the eye, but headings must not skip a level.
    let hidden: Markup = isTab ? .empty : " class=\"hidden\""
    let index = sections.map { section -> Markup in
      "<a href=\"#\(section.anchor)\">\(type(of: section).title)</a>"
    }
    let parts = sections.map { section -> Markup in
      "<section id=\"\(section.anchor)\"><h3>\(type(of: section).title)</h3>\(section.body)</section>"
    }
    return """
      <div class="report" id="\(anchor)"\(panel)><nav aria-label="Sections">\(index)\(links)</nav>\
      <div class="sections"><h2\(hidden)>\(heading)</h2>\(parts)</div></div>
      """
  }
}
