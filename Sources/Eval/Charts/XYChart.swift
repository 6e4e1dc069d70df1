/// A chart with two axes: lines, areas, steps and points with error bars.
package struct XYChart: Sendable {
  package var title: String
  package var description: String
  package var width: Double
  package var height: Double
  package var x: Axis
  package var y: Axis
  package var series: [Series]
  /// Whether the series are named below the chart.
  package var showsLegend: Bool

  package init(
    title: String, description: String, width: Double = 400, height: Double = 260, x: Axis, y: Axis,
    series: [Series], showsLegend: Bool = true
  ) {
    self.title = title
    self.description = description
    self.width = width
    self.height = height
    self.x = x
    self.y = y
    self.series = series
    self.showsLegend = showsLegend
  }

  /// A drawn series and its name.
  package struct Series: Sendable {
    package var name: String
    package var style: SeriesStyle
    package var mark: Mark
    /// Pixels by which points are moved to the right, so that series do not hide each other.
    package var shift: Double

    package init(_ name: String, _ style: SeriesStyle, _ mark: Mark, shift: Double = 0) {
      self.name = name
      self.style = style
      self.mark = mark
      self.shift = shift
    }
  }

  package enum Mark: Sendable {
    case line([Point])
    /// Points with error bars, joined by a line or not.
    case points([ErrorPoint], joined: Bool)
    /// One height between two borders each: an outline, or filled down to the axis.
    case steps(borders: [Double], heights: [Double], filled: Bool)
    /// Between a line and the lower end of the axis.
    case area([Point])
  }

  /// A point with an error bar between two ends.
  package struct ErrorPoint: Sendable, Equatable {
    package var point: Point
    package var range: ClosedRange<Double>?
    /// The tooltip, after the series' name.
    package var name: String?

    package init(
      _ x: Double, _ y: Double, range: ClosedRange<Double>? = nil, name: String? = nil
    ) {
      point = Point(x: x, y: y)
      self.range = range
      self.name = name
    }
  }

  /// The chart as an SVG element.
  package func element() -> Markup { picture.element() }

  /// The chart as a file of its own.
  package func file() -> String { picture.file() }

  private var picture: Picture {
    let frame = Frame(self)
    var picture = Picture(
      width: width, height: frame.height, title: title, description: description)
    frame.draw(into: &picture)
    for series in series { picture.draw(frame.drawing(of: series)) }
    if showsLegend {
      picture.draw(
        Legend(series).drawing(x: frame.left, y: frame.legendTop, width: frame.innerWidth))
    }
    return picture
  }
}
