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
