/// How a number is distributed in groups: for each group one density above a line and one below it.
package struct ViolinChart: Sendable {
  package var title: String
  package var description: String
  package var width: Double
  /// The axis along which the densities were estimated.
  package var axis: Axis
  package var upper: Side
  package var lower: Side
  package var groups: [Group]

  package init(
    title: String, description: String, width: Double = 400, axis: Axis, upper: Side, lower: Side,
    groups: [Group]
  ) {
    self.title = title
    self.description = description
    self.width = width
    self.axis = axis
    self.upper = upper
    self.lower = lower
    self.groups = groups
  }

  /// The meaning of all densities above, or below, the lines.
  package struct Side: Sendable {
    package var name: String
    package var colour: ChartColour

    package init(_ name: String, _ colour: ChartColour) {
      self.name = name
      self.colour = colour
    }
  }

  /// A violin; a density is nil where no rows are in the group.
  package struct Group: Sendable {
    package var label: String
    package var upper: Density?
    package var lower: Density?

    package init(_ label: String, upper: Density?, lower: Density?) {
      self.label = label
      self.upper = upper
      self.lower = lower
    }
  }

  private static let rowHeight = 62.0
  private static let halfHeight = 27.0

  /// The chart as an SVG element.
  package func element() -> Markup { picture.element() }

  /// The chart as a file of its own.
  package func file() -> String { picture.file() }

  private var picture: Picture {
    let letters = Int(width * 0.32 / 6.8)
    let left = 14 + (groups.map { pixelWidth(shortened($0.label, to: letters)) }.max() ?? 0)
    let bottom = 6 + Self.rowHeight * Double(groups.count)
    let axisHeight = axis.title == nil ? 22.0 : 38
    let scale = Scale(axis, from: left, to: width - 14)
    var picture = Picture(
      width: width, height: bottom + axisHeight + 22, title: title, description: description)
    picture.drawAxis(scale, from: 4, to: bottom)
    if let title = axis.title {
      picture.label(title, (left + width - 14) / 2, bottom + 31, anchor: .middle, width: 40)
    }
    for (index, group) in groups.enumerated() {
      let middle = 6 + Self.rowHeight * (Double(index) + 0.5)
      draw(group, middle: middle, scale: scale, into: &picture)
      picture.label(group.label, left - 8, middle + 4, anchor: .end, width: letters)
    }
    drawLegend(left: left, top: bottom + axisHeight, into: &picture)
    return picture
  }

  private func draw(_ group: Group, middle: Double, scale: Scale, into picture: inout Picture) {
    // Both halves on one scale, so that equal areas are equal shares.
    let peak = max(group.upper?.heights.max() ?? 0, group.lower?.heights.max() ?? 0)
    for (side, density, sign) in [(upper, group.upper, -1.0), (lower, group.lower, 1)] {
      guard let density, peak > 0 else { continue }
      let outline = outline(density, middle: middle, height: sign * Self.halfHeight / peak, scale)
      let (low, high) = (
        scale.position(density.lowerQuartile), scale.position(density.upperQuartile)
      )
      let median = scale.position(density.median)
      let label = """
        \(group.label), \(side.name): median \(axis.description(of: density.median)), middle half \
        \(axis.description(of: density.lowerQuartile)) to \(axis.description(of: density.upperQuartile)), \
        \(NumberText.count(density.count)) rows
        """
      picture.draw(
        """
        <g fill="\(side.colour.css)"><title>\(label)</title>\
        <path d="\(outline.text)" fill-opacity=".45" stroke="\(side.colour.css)"/>\
        <path d="M\(low) \(middle + sign * 3)H\(high)" stroke="currentColor" stroke-width="2"/>\
        <path d="M\(median) \(middle)v\(sign * 14)" stroke="currentColor" stroke-width="2"/></g>
        """)
    }
    picture.rule(scale.start, middle, scale.end, middle, faint: false)
  }

  private func outline(
    _ density: Density, middle: Double, height: Double, _ scale: Scale
  ) -> PathData {
    let step = (scale.end - scale.start) / Double(density.heights.count - 1)
    var path = PathData()
    path.move(to: scale.start, middle)
    for (index, value) in density.heights.enumerated() {
      path.line(to: scale.start + Double(index) * step, middle + height * value)
    }
    path.vertical(to: middle)
    path.close()
    return path
  }

  private func drawLegend(left: Double, top: Double, into picture: inout Picture) {
    var x = 8.0
    for (side, place) in [(upper, "above"), (lower, "below")] {
      let name = shortened("\(side.name) (\(place))", to: 28)
      picture.draw(
        """
        <path d="M\(x) \(top + 4)h14v10h-14Z" fill="\(side.colour.css)" fill-opacity=".45" \
        stroke="\(side.colour.css)"/>
        """)
      picture.label(name, x + 20, top + 13)
      x += 20 + pixelWidth(name) + 12
    }
  }
}
