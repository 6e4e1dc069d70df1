import Foundation

/// A smooth picture of how values are distributed: a Gaussian kernel estimate on evenly spaced points.
package struct Density: Sendable, Equatable {
  /// Where it was estimated.
  package let range: ClosedRange<Double>
  /// The densities, at least two, evenly spaced from one end of the range to the other.
  package let heights: [Double]
  package let lowerQuartile: Double
  package let median: Double
  package let upperQuartile: Double
  /// The number of values.
  package let count: Int

  /// The estimate from values that are not missing; nil where there are none.
  ///
  /// The bandwidth is Silverman's rule of thumb ("Density estimation for statistics and data analysis", 1986, equation 3.31):
  /// 0.9 times the smaller of deviation and interquartile range / 1.34, divided by the fifth root of the count. Values beyond
  /// the range are not drawn, but count.
  package init?(of values: [Double], in range: ClosedRange<Double>, pointCount: Int = 64) {
    let values = values.filter { !$0.isNaN }.sorted()
    let span = range.upperBound - range.lowerBound
    guard !values.isEmpty, span > 0, span.isFinite, pointCount > 1 else { return nil }
    (lowerQuartile, median, upperQuartile) = (
      values.quantile(0.25), values.quantile(0.5), values.quantile(0.75)
    )
    count = values.count
    self.range = range

    let step = span / Double(pointCount - 1)
    var counts = [Double](repeating: 0, count: pointCount)
    var (sum, squares) = (0.0, 0.0)
    for value in values {
      // In steps from the lower end, so that the largest numbers do not overflow.
      let place = (value - range.lowerBound) / step
      let position = min(max(place, 0), Double(pointCount - 1))
      if abs(place - position) < 1 { counts[Int(position.rounded())] += 1 }
      sum += position
      squares += position * position
    }
    let mean = sum / Double(count)
    let deviation = max(0, squares / Double(count) - mean * mean).squareRoot()
    let quartiles = (upperQuartile - lowerQuartile) / step / 1.34
    let spread = quartiles > 0 && quartiles.isFinite ? min(deviation, quartiles) : deviation
    // A bandwidth below one step would be a comb.
    let bandwidth = max(1, 0.9 * spread / pow(Double(count), 0.2))
    heights = Density.smooth(counts, bandwidth: bandwidth).map { $0 / Double(values.count) / step }
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
