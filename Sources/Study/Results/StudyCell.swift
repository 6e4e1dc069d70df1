import Eval
import Synth

/// One generator of a study: its settings and results.
public struct StudyCell: Codable, Sendable, Equatable {
  /// The settings that identify a generator of the study.
  public struct Key: Codable, Sendable, Hashable {
    /// The rows that were trained on.
    public var rowCount: Int
    public var modelSize: ModelSize
    public var epochs: StudyEpochs
    /// Counted from 1. Each repeat has samples and a seed of its own.
    public var repetition: Int

    public init(rowCount: Int, modelSize: ModelSize, epochs: StudyEpochs, repetition: Int) {
      self.rowCount = rowCount
      self.modelSize = modelSize
      self.epochs = epochs
      self.repetition = repetition
    }

    /// Such as `1600-medium-auto-1`: the name of the synthetic table, and its `split` in the combined one.
    public var id: String { "\(rowCount)-\(modelSize.rawValue)-\(epochs)-\(repetition)" }
  }

  public var key: Key
  /// The seed of training and drawing.
  public var seed: UInt64
  /// One for each of ``StudyResults/figures`` that this cell has; all are finite.
  public var values: [StudyFigure: Double]
  /// Expected values of an independent sample of as many real rows as were drawn.
  public var expected: [StudyFigure: Double]
  /// For each rule the combinations of values that no real row has, the most frequent first; at most 100.
  public var violations: [[RuleViolation]]
  /// In the order of ``StudyReference/statistics``.
  public var statistics: [StatisticOutcome]
  /// By chart and group, in the order of ``StudyReference/violins``; nil for a group without rows.
  public var violins: [[StudyDensity?]]
  /// Three random rows of the synthetic table, or all if there are fewer, as they are written in it.
  public var samples: [[String]]

  package init(
    key: Key, seed: UInt64, values: [StudyFigure: Double], expected: [StudyFigure: Double],
    violations: [[RuleViolation]], statistics: [StatisticOutcome], violins: [[StudyDensity?]],
    samples: [[String]]
  ) {
    self.key = key
    self.seed = seed
    self.values = values
    self.expected = expected
    self.violations = violations
    self.statistics = statistics
    self.violins = violins
    self.samples = samples
  }
}

/// A statistic by groups, computed from one synthetic table.
public struct StatisticOutcome: Codable, Sendable, Equatable {
  /// By group; nil where the table has no such rows.
  public var values: [Double?]
  /// Whether each lies within the interval of its group; nil if there is no value or no interval.
  public var areWithin: [Bool?]
  /// The mean absolute deviation from the training rows, weighted by these.
  public var deviation: Double
  /// Whether the deviation is at most ``StatisticReference/deviationLimit``.
  public var isWithin: Bool
}
