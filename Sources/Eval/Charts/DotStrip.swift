/// A few figures on one short line, for a cell of a table.
package struct DotStrip: Sendable {
  package struct Mark: Sendable {
    package var name: String
    package var style: SeriesStyle
    package var value: Double

    package init(_ name: String, _ style: SeriesStyle, _ value: Double) {
      self.name = name
      self.style = style
      self.value = value
    }
  }

  package var axis: Axis
  /// Drawn one over the other, the last on top.
  package var marks: [Mark]

  package init(axis: Axis, marks: [Mark]) {
    self.axis = axis
    self.marks = marks
  }

  /// The chart as an SVG element.
  package func element() -> Markup {
    let descriptions = marks.map { "\($0.name) \(axis.description(of: $0.value))" }
    let range =
      "from \(axis.label(axis.domain.lowerBound)) to \(axis.label(axis.domain.upperBound))"
    var picture = Picture(
      width: 160, height: 18, title: descriptions.joined(separator: ", "),
      description: "On a line \(range).")
    let scale = Scale(axis, from: 6, to: 154)
    picture.rule(scale.start, 9, scale.end, 9, faint: false)
    for end in [scale.start, scale.end] { picture.rule(end, 6, end, 12, faint: false) }
    for mark in marks where mark.value.isFinite {
      let marker = mark.style.marker.path(x: scale.position(mark.value), y: 9)
      picture.draw("<path d=\"\(marker.text)\" fill=\"\(mark.style.colour.css)\"/>")
    }
    return picture.element(growing: 1)
  }
}
