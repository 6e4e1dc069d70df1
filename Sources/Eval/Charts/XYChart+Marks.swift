extension XYChart.Frame {
  /// The drawing of a series.
  func drawing(of series: XYChart.Series) -> Markup {
    switch series.mark {
    case .line(let points):
      stroke(path(points), series.style)
    case .area(let points):
      fill(area(points), series.style)
    case .steps(let borders, let heights, let filled):
      if filled {
        fill(steps(borders, heights), series.style)
      } else {
        stroke(steps(borders, heights), series.style)
      }
    case .points(let points, let joined):
      drawing(of: points, joined: joined, series: series)
    }
  }

  private func path(_ points: [Point], shift: Double = 0) -> PathData {
    PathData(
      through: points.lazy.filter { $0.x.isFinite && $0.y.isFinite }
        .map { (x.position($0.x) + shift, y.position($0.y)) })
  }

  private func area(_ points: [Point]) -> PathData {
    var path = path(points)
    guard let first = points.first, let last = points.last else { return path }
    path.line(to: x.position(last.x), bottom)
    path.horizontal(to: x.position(first.x))
    path.close()
    return path
  }

  private func steps(_ borders: [Double], _ heights: [Double]) -> PathData {
    var path = PathData()
    guard let first = borders.first, borders.count == heights.count + 1 else { return path }
    path.move(to: x.position(first), bottom)
    for (height, border) in zip(heights, borders.dropFirst()) {
      path.vertical(to: y.position(height))
      path.horizontal(to: x.position(border))
    }
    path.vertical(to: bottom)
    return path
  }

  private func drawing(
    of points: [XYChart.ErrorPoint], joined: Bool, series: XYChart.Series
  ) -> Markup {
    var drawing =
      joined ? stroke(path(points.map(\.point), shift: series.shift), series.style) : .empty
    for point in points where point.point.x.isFinite && point.point.y.isFinite {
      let (px, py) = (x.position(point.point.x) + series.shift, y.position(point.point.y))
      if let range = point.range {
        var bar = PathData()
        bar.move(to: px, y.position(range.lowerBound))
        bar.vertical(to: y.position(range.upperBound))
        for end in [range.lowerBound, range.upperBound] {
          bar.move(to: px - 3, y.position(end))
          bar.horizontal(to: px + 3)
        }
        drawing += """
          <path d="\(bar.text)" fill="none" stroke="\(series.style.colour.css)"/>
          """
      }
      let label = [series.name, point.name].compactMap { $0 }.joined(separator: ", ")
      drawing += """
        <path d="\(series.style.marker.path(x: px, y: py).text)" fill="\(series.style.colour.css)">\
        <title>\(label): \(description(of: point))</title></path>
        """
    }
    return drawing
  }

  private func description(of point: XYChart.ErrorPoint) -> String {
    let text =
      "\(chart.x.description(of: point.point.x)), \(chart.y.description(of: point.point.y))"
    guard let range = point.range else { return text }
    let ends = [range.lowerBound, range.upperBound].map(chart.y.description)
    return "\(text) (\(ends[0]) to \(ends[1]))"
  }

  private func stroke(_ path: PathData, _ style: SeriesStyle) -> Markup {
    """
    <path d="\(path.text)" fill="none" stroke="\(style.colour.css)" stroke-width="1.75" \
    stroke-linejoin="round"\(style.dashes.attribute)/>
    """
  }

  private func fill(_ path: PathData, _ style: SeriesStyle) -> Markup {
    """
    <path d="\(path.text)" fill="\(style.colour.css)" fill-opacity=".35"/>
    """
  }
}

extension SeriesStyle.Dashes {
  /// The attribute of a path; nothing for a solid one.
  var attribute: Markup {
    self == .solid ? .empty : " stroke-dasharray=\"\(rawValue)\""
  }
}

extension SeriesStyle.Marker {
  /// The outline of a marker around a point.
  func path(x: Double, y: Double) -> PathData {
    var path = PathData()
    switch self {
    case .circle:
      // An octagon, which looks round at this size.
      let (far, near) = (3.5, 1.45)
      path = PathData(through: [
        (x + far, y - near), (x + far, y + near), (x + near, y + far), (x - near, y + far),
        (x - far, y + near), (x - far, y - near), (x - near, y - far), (x + near, y - far),
      ])
    case .square:
      path = PathData(through: [(x - 3, y - 3), (x + 3, y - 3), (x + 3, y + 3), (x - 3, y + 3)])
    case .triangle:
      path = PathData(through: [(x, y - 4), (x + 4, y + 3), (x - 4, y + 3)])
    case .diamond:
      path = PathData(through: [(x, y - 4.5), (x + 4.5, y), (x, y + 4.5), (x - 4.5, y)])
    }
    path.close()
    return path
  }
}
