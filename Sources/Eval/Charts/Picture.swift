/// An SVG picture with a title and a description for readers that cannot see it.
package struct Picture {
  package let width: Double
  package let height: Double
  private let fontSize: Double
  private let title: String
  private let description: String
  private var body = Markup.empty

  package init(
    width: Double, height: Double, fontSize: Double = 11, title: String, description: String
  ) {
    self.width = width
    self.height = height
    self.fontSize = fontSize
    self.title = title
    self.description = description
  }

  package mutating func draw(_ markup: Markup) { body += markup }

  /// A straight line in the colour of the text.
  package mutating func rule(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, faint: Bool) {
    let opacity = faint ? 0.12 : 0.45
    body += """
      <path d="M\(x1) \(y1)L\(x2) \(y2)" stroke="currentColor" stroke-opacity="\(opacity)"/>
      """
  }

  /// Text at a point.
  package mutating func label(
    _ text: String, _ x: Double, _ y: Double, anchor: Anchor = .start, turned: Double? = nil,
    width: Int? = nil
  ) {
    let shown = width.map { shortened(text, to: $0) } ?? text
    let turn: Markup =
      turned.map { "transform=\"rotate(\($0) \(x) \(y))\"" as Markup } ?? .empty
    let full: Markup = shown == text ? .empty : "<title>\(text)</title>"
    body += """
      <text x="\(x)" y="\(y)" text-anchor="\(anchor.rawValue)"\(turn.isEmpty ? .empty : " ")\(turn)>\
      \(shown)\(full)</text>
      """
  }

  /// A horizontal axis below rows: a faint rule through all of them at every mark, and its label.
  package mutating func drawAxis(_ scale: Scale, from top: Double, to bottom: Double) {
    for tick in scale.axis.ticks(atMost: max(2, Int((scale.end - scale.start) / 54))) {
      let position = scale.position(tick)
      let text = scale.axis.label(tick)
      rule(position, top, position, bottom, faint: true)
      // A label at the edge would be cut.
      label(text, min(position, width - pixelWidth(text) / 2), bottom + 15, anchor: .middle)
    }
  }

  package enum Anchor: String { case start, middle, end }

  /// The picture as an element, as wide as its container but at most a multiple of its own width.
  package func element(growing: Double = 1.15) -> Markup {
    """
    <svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 \(width) \(height)" style="width:100%;max-width:\(width * growing)px" \
    font-family="system-ui,sans-serif" font-size="\(fontSize)" fill="currentColor" stroke="none">\
    <title>\(title)</title><desc>\(description)</desc>\(body)</svg>
    """
  }

  /// The picture as a separate file: on white, with its title above.
  package func file() -> String {
    let head = 30.0
    // Not every image viewer knows CSS variables.
    let drawing = body.text.replacing(/="var\(--[\w-]+,(#\w+)\)"/) { "=\"\($0.1)\"" }
    let letters = Int(width / 7.6)
    let file: Markup = """
      <svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 \(-head) \(width) \(height + head)" \
      width="\(width)" height="\(height + head)" font-family="system-ui,sans-serif" font-size="\(fontSize)" \
      fill="\(Self.ink)" color="\(Self.ink)" stroke="none">\
      <title>\(title)</title><desc>\(description)</desc>\
      <path d="M0 \(-head)h\(width)V\(height)H0Z" fill="#fff"/>\
      <text x="\(width / 2)" y="-11" text-anchor="middle" font-size="13" font-weight="600">\(shortened(title, to: letters))</text>\
      \(Markup(trusted: drawing))</svg>

      """
    return file.text
  }

  /// The colour of text on white.
  private static let ink = "#1c2228"
}
