/// The names of series with their symbols, in as many lines as needed.
struct Legend {
  private let series: [XYChart.Series]
  private static let lineHeight = 18.0

  /// Series without a name are left out.
  init(_ series: [XYChart.Series]) { self.series = series.filter { !$0.name.isEmpty } }

  func height(width: Double) -> Double {
    Double(positions(width: width).last.map { $0.line + 1 } ?? 0) * Legend.lineHeight + 4
  }

  func drawing(x: Double, y: Double, width: Double) -> Markup {
    var drawing = Markup.empty
    for (series, position) in zip(series, positions(width: width)) {
      let left = x + position.x
      let middle = y + Double(position.line) * Legend.lineHeight + 8
      drawing += key(of: series, x: left, y: middle)
      drawing += "<text x=\"\(left + 24)\" y=\"\(middle + 4)\">\(name(of: series))</text>"
    }
    return drawing
  }

  private func name(of series: XYChart.Series) -> String { shortened(series.name, to: 40) }

  private func positions(width: Double) -> [(x: Double, line: Int)] {
    var positions: [(x: Double, line: Int)] = []
    var (x, line) = (0.0, 0)
    for series in series {
      let needed = 24 + pixelWidth(name(of: series)) + 12
      if x > 0 && x + needed > width { (x, line) = (0, line + 1) }
      positions.append((x, line))
      x += needed
    }
    return positions
  }

  private func key(of series: XYChart.Series, x: Double, y: Double) -> Markup {
    let colour = series.style.colour.css
    let line: Markup = """
      <path d="M\(x) \(y)H\(x + 18)" fill="none" stroke="\(colour)" stroke-width="1.75"\
      \(series.style.dashes.attribute)/>
      """
    switch series.mark {
    case .line, .steps(_, _, filled: false):
      return line
    case .points(_, let joined):
      let marker: Markup = """
        <path d="\(series.style.marker.path(x: x + 9, y: y).text)" fill="\(colour)"/>
        """
      return joined ? line + marker : marker
    case .area, .steps(_, _, filled: true):
      return """
        <path d="M\(x) \(y - 5)h18v10h-18Z" fill="\(colour)" fill-opacity=".35"/>
        """
    }
  }
}
