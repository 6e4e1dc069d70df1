import Foundation

/// Everything that was found out about synthetic tables: what `metrics.json` holds.
public struct Evaluation: Codable, Sendable, Equatable {
  /// The columns' names.
  public var columns: [String]
  /// The real rows that the synthetic ones were made from.
  public var training: TableSize
  /// Real rows that the synthetic ones were not made from; nil if there are none.
  public var holdout: TableSize?
  /// One for each synthetic table.
  public var synthetic: [SyntheticEvaluation]
  /// The seed of all samples that were taken.
  public var seed: UInt64
}

/// The name of a table and its number of rows.
public struct TableSize: Codable, Sendable, Equatable {
  public var name: String
  public var rowCount: Int
}

/// The figures of one synthetic table; a part that was not requested or cannot be computed is nil or empty.
public struct SyntheticEvaluation: Codable, Sendable, Equatable {
  public var table: TableSize
  public var accuracy: AccuracyFigures
  public var similarity: SimilarityFigures?
  public var privacy: PrivacyFigures?
  public var utility: UtilityFigures?
  public var relations: RelationsFigures?
  public var statistics: [StatisticFigures]
  public var rules: [RuleFigures]
}

/// A figure of a synthetic table beside the same figure of the holdout, as if that were synthetic.
public struct Measured: Codable, Sendable, Equatable {
  public var value: Double
  /// nil without a holdout.
  public var holdout: Double?
}

/// A point of a curve.
public struct Point: Codable, Sendable, Equatable {
  public var x: Double
  public var y: Double

  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}

extension Evaluation {
  /// Everything as JSON, keys in alphabetical order: the same figures give the same bytes.
  /// - Throws: `EncodingError` for a figure that is not finite.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }
}

/// The measurements to make besides accuracy.
public struct EvaluationOptions: Sendable, Equatable {
  /// A part that takes its time and can be left out.
  public enum Part: Sendable, CaseIterable {
    /// How hard synthetic rows are to distinguish from real ones.
    case similarity
    /// How close they are to single real ones.
    case privacy
    /// Relations between columns that are found in the training rows.
    case relations
  }

  /// The parts that are wanted; without any, and without a target, accuracy takes a tenth of a second where all takes seconds.
  public var parts = Set(Part.allCases)
  /// The column that models predict to find out what synthetic rows are worth; nil: none does.
  public var target: Target?
  /// Rules that synthetic rows should keep.
  public var rules: [Rule] = []
  /// Statistics by groups.
  public var statistics: [Statistic] = []
  /// Decides which rows represent large tables, and which rows train and test models.
  public var seed: UInt64 = 1
  /// Threads to compute with, at least 1; they do not change the result.
  public var threadCount = ProcessInfo.processInfo.activeProcessorCount

  /// All parts but what needs a target, rules and statistics.
  public init() {}
}
