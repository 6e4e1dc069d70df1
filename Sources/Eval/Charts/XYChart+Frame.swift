extension XYChart {
  /// The axes and the area between them.
  struct Frame {
    let chart: XYChart
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double
    let legendTop: Double
    /// The width of the whole picture.
    let height: Double
    let x: Scale
    let y: Scale
    private let yTicks: [Double]

    var innerWidth: Double { right - left }

    init(_ chart: XYChart) {
      self.chart = chart
      yTicks = chart.y.ticks(atMost: max(2, Int(chart.height / 38)))
      let widest = yTicks.map { pixelWidth(chart.y.label($0)) }.max() ?? 0
      left = (chart.y.title == nil ? 8 : 24) + widest
      right = chart.width - 12
      top = 8
      legendTop = chart.height
      bottom = chart.height - (chart.x.title == nil ? 20 : 36)
      height =
        chart.height
        + (chart.showsLegend ? Legend(chart.series).height(width: right - left) : 0)
      x = Scale(chart.x, from: left, to: right)
      y = Scale(chart.y, from: bottom, to: top)
    }

    func draw(into picture: inout Picture) {
      for tick in yTicks {
        let position = y.position(tick)
        picture.rule(left, position, right, position, faint: true)
        picture.label(chart.y.label(tick), left - 5, position + 4, anchor: .end)
      }
      picture.rule(left, bottom, right, bottom, faint: false)
      var labelEnd = 0.0
      for tick in xTicks {
        let position = x.position(tick)
        let text = chart.x.label(tick)
        picture.rule(position, bottom, position, bottom + 4, faint: false)
        // A label at the edge would be cut.
        let half = pixelWidth(text) / 2
        let middle = min(max(position, half), chart.width - half)
        // Given marks may be too close together for their labels.
        guard middle - half >= labelEnd else { continue }
        labelEnd = middle + half + 4
        picture.label(text, middle, bottom + 16, anchor: .middle)
      }
      if let title = chart.x.title {
        picture.label(title, (left + right) / 2, bottom + 32, anchor: .middle, width: 60)
      }
      if let title = chart.y.title {
        picture.label(
          title, 11, (top + bottom) / 2, anchor: .middle, turned: -90,
          width: Int((bottom - top) / 6))
      }
    }

    /// As many marks as fit with their labels.
    private var xTicks: [Double] {
      for limit in stride(from: max(2, Int(innerWidth / 36)), to: 2, by: -1) {
        let ticks = chart.x.ticks(atMost: limit)
        let widths = ticks.map { pixelWidth(chart.x.label($0)) + 8 }
        let fits = ticks.indices.dropLast().allSatisfy {
          x.position(ticks[$0 + 1]) - x.position(ticks[$0]) >= (widths[$0] + widths[$0 + 1]) / 2
        }
        if fits { return ticks }
      }
      return chart.x.ticks(atMost: 2)
    }
  }
}
