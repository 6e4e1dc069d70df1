import Foundation
import Synth

/// The repeats of one size, model size and number of epochs together.
public struct StudySummary: Codable, Sendable, Equatable {
  public var rowCount: Int
  public var modelSize: ModelSize
  public var epochs: StudyEpochs
  public var values: [StudyFigure: Spread]
}

/// How a figure differs between repeats.
public struct Spread: Codable, Sendable, Equatable {
  /// The repeats that have the figure.
  public var count: Int
  public var mean: Double
  /// Standard deviation, with count - 1 for the divisor; nil for a single repeat.
  public var deviation: Double?
  public var minimum: Double
  public var maximum: Double
}

/// How the time of training grows with the rows: seconds = factor · rows^exponent, by least squares in logarithms.
public struct RuntimeFit: Codable, Sendable, Equatable {
  public var modelSize: ModelSize
  public var epochs: StudyEpochs
  public var exponent: Double
  public var factor: Double
}

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
