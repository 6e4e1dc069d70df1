import Foundation

/// What is found out about synthetic tables beside their accuracy.
public struct EvaluationOptions: Sendable, Equatable {
  /// A part that takes its time and can be left out.
  public enum Part: Sendable, CaseIterable {
    /// How hard synthetic rows are to distinguish from real ones.
    case similarity
    /// How close they are to single real ones.
    case privacy
  }

  /// The parts that are wanted; without any, and without a target, accuracy takes a tenth of a second where all takes seconds.
  public var parts = Set(Part.allCases)
  /// The column that models predict to find out what synthetic rows are worth; nil: none does.
  public var target: Target?
  /// Rules that synthetic rows should keep.
  public var rules: [Rule] = []
  /// Statistics by groups.
  public var statistics: [Statistic] = []
  /// Decides which rows stand for large tables, and which rows train and test models.
  public var seed: UInt64 = 1
  /// Threads to compute with, at least 1; they do not change the result.
  public var threadCount = ProcessInfo.processInfo.activeProcessorCount

  /// All parts but what needs a target, rules and statistics.
  public init() {}
}
