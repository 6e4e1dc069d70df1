/// What a classifier makes of synthetic and real rows.
public struct Discriminator: Codable, Sendable, Equatable {
  /// The area under the ROC curve; the holdout's is for distinguishing holdout from training rows.
  public var auc: Measured
  /// The ROC curve of ``auc``: at most 101 points, false positive rate against true positive rate.
  public var curve: [Point]
  /// The columns that reveal synthetic rows, with their shares of the gain, the largest first.
  public var columnShares: [ColumnShare]
}

/// A column's share of a whole.
public struct ColumnShare: Codable, Sendable, Equatable {
  public var column: String
  public var share: Double
}

/// A classifier that is taught to distinguish the rows of a table from real ones, and tested on others.
///
/// Where it cannot distinguish them, its AUC is 0.5: the classifier two-sample test (Lopez-Paz and Oquab, "Revisiting classifier
/// two-sample tests", 2017) with gradient-boosted trees on the columns as they are. Equally many rows of both sides are
/// drawn, 70 % of them to learn from. A level that one side alone has is a level like any other.
package struct DiscriminatorTest: Sendable {
  /// Rows of each side: of more, as many are drawn.
  static let rowLimit = 50_000

  private let tables: ComparedTables
  private let suspects: ComparedTable
  private let references: ComparedTable
  private let seed: UInt64

  /// Distinguishes the rows of a synthetic table from those of the holdout, or of the training table if there is none.
  package init(ofSynthetic index: Int, in tables: ComparedTables, seed: UInt64) {
    self.tables = tables
    suspects = tables.synthetic[index]
    references = tables.holdout ?? tables.training
    self.seed = seed
  }

  /// Distinguishes the rows of the holdout from those of the training table; nil without a holdout.
  package init?(ofHoldoutIn tables: ComparedTables, seed: UInt64) {
    guard let holdout = tables.holdout else { return nil }
    self.tables = tables
    suspects = holdout
    references = tables.training
    self.seed = seed
  }

  /// What the classifier has found.
  package struct Outcome: Sendable, Equatable {
    package let roc: ROC
    /// The columns that it goes by, the largest share of the gain first.
    package let columnShares: [ColumnShare]
  }

  /// Fits the classifier and tests it.
  package func run() throws(EvalError) -> Outcome {
    let count = min(suspects.rowCount, references.rowCount, Self.rowLimit)
    let sides = [
      RowDraw.suspects.sample(of: suspects, most: count, seed: seed),
      RowDraw.references.sample(of: references, most: count, seed: seed),
    ]
    let learntCount = count * 7 / 10
    let learnt = sides.map { RowSample(table: $0.table, rows: Array($0.rows.prefix(learntCount))) }
    let tested = sides.map {
      RowSample(table: $0.table, rows: Array($0.rows.dropFirst(learntCount)))
    }
    let columns = Array(tables.columns.indices)
    let encoder = FeatureEncoder(columns: columns, of: tables, learningFrom: learnt)
    let model = try GradientBoosting(
      fitting: encoder.matrix(of: learnt),
      labels: (0..<2 * learntCount).map { $0 < learntCount ? 1 : 0 },
      to: .binary, seed: seed)
    let testedCount = count - learntCount
    let roc = ROC(
      scores: try model.margins(of: encoder.matrix(of: tested)),
      isPositive: (0..<2 * testedCount).map { $0 < testedCount })
    let columnShares = zip(tables.columns, try model.gainShares())
      .filter { $1 > 0 }
      .map { ColumnShare(column: $0.name, share: $1) }
    return Outcome(roc: roc, columnShares: columnShares.sorted { $0.share > $1.share })
  }
}

extension Discriminator {
  /// The outcome of a synthetic table beside that of the holdout.
  package init(_ outcome: DiscriminatorTest.Outcome, holdout: DiscriminatorTest.Outcome?) {
    auc = Measured(value: outcome.roc.auc, holdout: holdout?.roc.auc)
    curve = outcome.roc.curve
    columnShares = outcome.columnShares
  }
}
