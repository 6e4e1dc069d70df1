import Foundation

/// seconds = factor · size^exponent, the line of least squares through the logarithms.
package struct PowerLaw: Sendable, Equatable {
  package let exponent: Double
  package let factor: Double

  /// nil unless there are two different sizes; points that have no logarithm are left out.
  package init?(through points: [(size: Double, seconds: Double)]) {
    let points = points.filter { $0.size > 0 && $0.seconds > 0 }
    let x = points.map { log($0.size) }
    let y = points.map { log($0.seconds) }
    let (meanX, meanY) = (x.reduce(0, +) / Double(x.count), y.reduce(0, +) / Double(y.count))
    let variance = x.reduce(0) { $0 + ($1 - meanX) * ($1 - meanX) }
    guard variance > 0 else { return nil }
    let covariance = zip(x, y).reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) }
    exponent = covariance / variance
    factor = exp(meanY - exponent * meanX)
  }
}
