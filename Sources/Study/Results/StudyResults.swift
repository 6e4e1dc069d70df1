import Foundation
import NN

/// The results of a study: the contents of `results.json` and of the report.
public struct StudyResults: Codable, Sendable, Equatable {
  /// The table's name.
  public var table: String
  /// The holdout's name if it is a separate table; nil if it was split off.
  public var holdoutTable: String?
  public var columns: [String]
  public var trainingRowCount: Int
  public var holdoutRowCount: Int
  public var machine: Machine
  public var seed: UInt64
  public var plan: StudyPlan
  /// The column, or column and value, that models predict; nil without a target.
  public var target: String?
  /// The figures that cells have, in the order of the columns of `results.csv`.
  public var figures: [StudyFigure]
  public var reference: StudyReference
  /// The cells that are finished, in the order of ``StudyPlan/keys``.
  public var cells: [StudyCell]
  public var summaries: [StudySummary]
  /// By model size and number of epochs, where there are two sizes or more.
  public var runtimes: [RuntimeFit]
  /// The cells that no other cell beats in both accuracy and training time, the fastest first.
  public var frontier: [StudyCell.Key]

  /// Whether all cells of the plan are finished.
  public var isComplete: Bool { cells.count == plan.keys.count }

  /// As JSON, keys in alphabetical order: the same results give the same bytes.
  public func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self) + Data("\n".utf8)
  }
}
