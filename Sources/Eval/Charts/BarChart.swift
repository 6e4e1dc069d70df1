/// Horizontal bars, one row for each group, the series of a row over one another: a wide pale bar, a narrow strong one and a
/// tick can be compared at a glance and are distinguished without colours.
package struct BarChart: Sendable {
  package var title: String
  package var description: String
  package var width: Double
  package var groups: [Group]
  package var series: [Series]
  package var axis: Axis
  package var showsLegend: Bool

  package init(
    title: String, description: String, width: Double = 400, groups: [Group], series: [Series],
    axis: Axis? = nil, showsLegend: Bool = true
  ) {
    self.title = title
    self.description = description
    self.width = width
    self.groups = groups
    self.series = series
    let largest = series.flatMap(\.values).compactMap { $0 }.filter(\.isFinite).max() ?? 1
    self.axis = axis ?? Axis(from: 0, to: largest > 0 ? largest : 1, labels: .percent)
    self.showsLegend = showsLegend
  }

  /// A row of bars.
  package struct Group: Sendable {
    package var label: String
    /// Whether it is not a value of the column, such as missing values: shown in italics.
    package var isSpecial: Bool

    package init(_ label: String, isSpecial: Bool = false) {
      self.label = label
      self.isSpecial = isSpecial
    }
  }

  /// One value for each group; nil if there is none.
  package struct Series: Sendable {
    package var name: String
    package var colour: ChartColour
    package var shape: Shape
    package var values: [Double?]

    package init(_ name: String, _ colour: ChartColour, _ shape: Shape, _ values: [Double?]) {
      self.name = name
      self.colour = colour
      self.shape = shape
      self.values = values
    }
  }

  package enum Shape: Sendable { case wide, narrow, tick }

  private static let rowHeight = 20.0
  private static let axisHeight = 24.0
  private static let legendHeight = 22.0

  /// The chart as an SVG element.
  package func element() -> Markup {
    let letters = Int(width * 0.38 / 6.8)
    let widest = groups.map { pixelWidth(shortened($0.label, to: letters)) }.max() ?? 0
    let left = widest + 14
    let bottom = 4 + Self.rowHeight * Double(groups.count)
    let height = bottom + Self.axisHeight + (showsLegend ? Self.legendHeight : 0)
    let scale = Scale(axis, from: left, to: width - 14)
    var picture = Picture(width: width, height: height, title: title, description: description)
    picture.drawAxis(scale, from: 4, to: bottom)
    for (index, group) in groups.enumerated() {
      let top = 4 + Self.rowHeight * Double(index)
      picture.draw(bars(of: index, top: top, scale: scale))
      if group.isSpecial { picture.draw("<g font-style=\"italic\">") }
      picture.label(group.label, left - 6, top + 14, anchor: .end, width: letters)
      if group.isSpecial { picture.draw("</g>") }
    }
    picture.rule(left, 4, left, bottom, faint: false)
    if showsLegend { drawLegend(top: bottom + Self.axisHeight, into: &picture) }
    return picture.element()
  }

  private func bars(of group: Int, top: Double, scale: Scale) -> Markup {
    var marks = Markup.empty
    var descriptions: [String] = []
    for series in series {
      guard let value = series.values[group], value.isFinite else { continue }
      descriptions.append("\(series.name) \(axis.description(of: value))")
      marks += series.shape.drawing(
        from: scale.start, to: scale.position(value), top: top, colour: series.colour)
    }
    let text = "\(groups[group].label): \(descriptions.joined(separator: ", "))"
    return """
      <g><title>\(text)</title>\
      <path d="M0 \(top)H\(width)v\(Self.rowHeight)H0Z" fill-opacity="0"/>\(marks)</g>
      """
  }

  private func drawLegend(top: Double, into picture: inout Picture) {
    var x = 8.0
    for series in series where !series.name.isEmpty {
      let name = shortened(series.name, to: 24)
      picture.draw(series.shape.drawing(from: x, to: x + 18, top: top, colour: series.colour))
      picture.label(name, x + 24, top + 14)
      x += 24 + pixelWidth(name) + 12
    }
  }
}

extension BarChart.Shape {
  fileprivate func drawing(
    from start: Double, to end: Double, top: Double, colour: ChartColour
  ) -> Markup {
    switch self {
    case .wide:
      "<path d=\"M\(start) \(top + 2)H\(end)v16H\(start)Z\" fill=\"\(colour.css)\" fill-opacity=\".4\"/>"
    case .narrow:
      "<path d=\"M\(start) \(top + 6.5)H\(end)v7H\(start)Z\" fill=\"\(colour.css)\"/>"
    case .tick:
      "<path d=\"M\(end) \(top + 1)v18\" stroke=\"\(colour.css)\" stroke-width=\"2\"/>"
    }
  }
}
