import Foundation

/// A smooth picture of how values are distributed along an axis: a Gaussian kernel estimate on evenly spaced points.
package struct Density: Sendable, Equatable {
  /// The share of the values around each point, from the start of the axis to its end.
  package let heights: [Double]
  package let lowerQuartile: Double
  package let median: Double
  package let upperQuartile: Double
  /// The number of values.
  package let count: Int

  /// An estimate from known heights.
  ///
  /// - Parameter heights: At least two.
  package init(
    heights: [Double], lowerQuartile: Double, median: Double, upperQuartile: Double, count: Int
  ) {
    self.heights = heights
    self.lowerQuartile = lowerQuartile
    self.median = median
    self.upperQuartile = upperQuartile
    self.count = count
  }

  /// The estimate from values that are not missing; nil if there are none.
  ///
  /// The bandwidth is Silverman's rule of thumb ("Density estimation for statistics and data analysis", 1986, equation
  /// 3.31): 0.9 times the smaller of deviation and interquartile range / 1.34, divided by the fifth root of the count.
  /// Values beyond the axis are not drawn, but count.
  package init?(of values: [Double], along axis: Axis, pointCount: Int = 64) {
    precondition(pointCount > 1, "A density of \(pointCount) points cannot be drawn.")
    let values = values.filter { !$0.isNaN }.sorted()
    if values.isEmpty { return nil }
    (lowerQuartile, median, upperQuartile) = (
      values.quantile(0.25), values.quantile(0.5), values.quantile(0.75)
    )
    count = values.count

    let last = Double(pointCount - 1)
    var counts = [Double](repeating: 0, count: pointCount)
    var places: [Double] = []
    for value in values {
      let place = axis.share(of: value) * last
      let bounded = place > 0 ? min(place, last) : 0
      places.append(bounded)
      if abs(place - bounded) < 1 { counts[Int(bounded.rounded())] += 1 }
    }
    let bandwidth = Density.bandwidth(places)
    heights = Density.smooth(counts, bandwidth: bandwidth).map { $0 / Double(values.count) }
  }

  /// - Parameter places: Ascending, in points.
  private static func bandwidth(_ places: [Double]) -> Double {
    let mean = places.mean
    let variance = places.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(places.count)
    let deviation = variance.squareRoot()
    let quartiles = (places.quantile(0.75) - places.quantile(0.25)) / 1.34
    let spread = quartiles > 0 ? min(deviation, quartiles) : deviation
    // Below the distance of two points the estimate would be a comb.
    return max(1, 0.9 * spread / pow(Double(places.count), 0.2))
  }

  /// The counts, spread over their neighbours. What would fall beyond an end is folded back.
  private static func smooth(_ counts: [Double], bandwidth: Double) -> [Double] {
    let reach = min(Int(4 * bandwidth) + 1, counts.count - 1)
    let kernel = (0...reach).map { exp(-0.5 * (Double($0) / bandwidth) * (Double($0) / bandwidth)) }
    let total = kernel[0] + 2 * kernel.dropFirst().reduce(0, +)
    var heights = [Double](repeating: 0, count: counts.count)
    for (center, count) in counts.enumerated() where count > 0 {
      for offset in -reach...reach {
        var index = abs(center + offset)
        if index >= counts.count { index = 2 * (counts.count - 1) - index }
        heights[max(0, index)] += count * kernel[abs(offset)] / total
      }
    }
    return heights
  }
}
