/// A heat map: a matrix of values as shades, with the names of its rows and columns.
package struct HeatMap: Sendable {
  package var title: String
  package var description: String
  package var labels: [String]
  /// One for each two labels; nil is drawn as nothing.
  package var values: [[Double?]]
  package var shades: Shades
  /// The side of a cell.
  package var cellSize: Double
  /// The tooltip of a cell.
  package var cellText: @Sendable (_ row: Int, _ column: Int, _ value: Double) -> String
  /// Whether cells carry `data-r` and `data-c`, for a script.
  package var isInteractive: Bool

  package init(
    title: String, description: String, labels: [String], values: [[Double?]], shades: Shades,
    cellSize: Double = 20, isInteractive: Bool = false,
    cellText: @escaping @Sendable (_ row: Int, _ column: Int, _ value: Double) -> String
  ) {
    self.title = title
    self.description = description
    self.labels = labels
    self.values = values
    self.shades = shades
    self.cellSize = cellSize
    self.isInteractive = isInteractive
    self.cellText = cellText
  }

  /// How a value becomes a shade.
  package enum Shades: Sendable {
    /// From none at the one value to full at the other.
    case sequential(none: Double, full: Double)
    /// Two colours, for values below and above 0, full at this distance from it.
    case diverging(full: Double)

    /// The colour of a value and its strength, from 0 to 1.
    package func shade(of value: Double) -> (colour: String, strength: Double) {
      switch self {
      case .sequential(let none, let full):
        let strength = full == none ? 0 : (value - none) / (full - none)
        return ("var(--shade,#0072b2)", bounded(strength))
      case .diverging(let full):
        let colour = value < 0 ? "var(--less,#d55e00)" : "var(--more,#0072b2)"
        return (colour, bounded(full > 0 ? abs(value) / full : 0))
      }
    }

    private func bounded(_ strength: Double) -> Double { strength > 0 ? min(strength, 1) : 0 }
  }

  private static let letters = 16

  /// The chart as an SVG element, and its preferred width.
  package func element() -> (markup: Markup, width: Double) {
    let fontSize = min(11, 0.88 * cellSize)
    let widest = labels.map { pixelWidth(shortened($0, to: Self.letters)) }.max() ?? 0
    let margin = widest * fontSize / 11 + 10
    let side = cellSize * Double(labels.count)
    let width = margin + side + 4
    var picture = Picture(
      width: width, height: margin + side + 4, fontSize: fontSize, title: title,
      description: description)
    for (index, label) in labels.enumerated() {
      let middle = cellSize * (Double(index) + 0.5)
      picture.label(label, margin - 5, margin + middle + 4, anchor: .end, width: Self.letters)
      picture.label(label, margin + middle + 4, margin - 5, turned: -90, width: Self.letters)
    }
    picture.draw(
      "<path d=\"M\(margin - 1) \(margin - 1)h\(side + 1)v\(side + 1)H\(margin - 1)Z\" fill-opacity=\".06\"/>"
    )
    picture.draw("<g\(isInteractive ? " class=\"cells\"" as Markup : .empty)>")
    for row in values.indices {
      for column in values[row].indices {
        guard let value = values[row][column], value.isFinite else { continue }
        picture.draw(cell(row, column, value, margin: margin))
      }
    }
    picture.draw("</g>")
    return (picture.element(growing: 1), width)
  }

  private func cell(_ row: Int, _ column: Int, _ value: Double, margin: Double) -> Markup {
    let (colour, strength) = shades.shade(of: value)
    let place: Markup = isInteractive ? " data-r=\"\(row)\" data-c=\"\(column)\"" : .empty
    return """
      <rect x="\(margin + cellSize * Double(column))" y="\(margin + cellSize * Double(row))" \
      width="\(cellSize - 1)" height="\(cellSize - 1)" fill="\(colour)" fill-opacity="\(strength)"\
      \(place)><title>\(cellText(row, column, value))</title></rect>
      """
  }
}
