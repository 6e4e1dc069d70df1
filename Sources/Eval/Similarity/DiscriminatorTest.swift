import NN

/// What a classifier makes of synthetic and real rows.
public struct Discriminator: Codable, Sendable, Equatable {
  /// The area under the ROC curve, the mean over the folds, with its 95 % interval.
  public var auc: ConfidenceInterval
  /// The same for distinguishing the holdout's rows from training rows; nil without a holdout.
  public var holdoutAUC: ConfidenceInterval?
  /// The ROC curve of all folds: at most 101 points, false positive rate against true positive rate.
  public var curve: [Point]
  /// The columns that reveal synthetic rows, with their shares of the gain, the largest first.
  public var columnShares: [ColumnShare]
}

/// A column's share of a whole.
public struct ColumnShare: Codable, Sendable, Equatable {
  public var column: String
  public var share: Double
}

/// A classifier that learns to distinguish the rows of a table from real ones, and is tested on others.
///
/// Where it cannot distinguish them, its AUC is 0.5: the classifier two-sample test (Lopez-Paz and Oquab, "Revisiting classifier
/// two-sample tests", 2017) with gradient-boosted trees on the columns as they are. Equally many rows of both sides are drawn
/// and divided into five folds: each is tested by a model of the four others, and the AUC is their mean. Trees
/// grow as those of LightGBM do by default, so that the AUC agrees with its own cross-validation within about 0.02.
///
/// A level that one side alone has is a level like any other.
package struct DiscriminatorTest: Sendable {
  /// Rows of each side: of more, as many are drawn.
  static let rowLimit = 50_000
  /// The parts of the rows, each of which is tested by a model of the others.
  static let partCount = 5
  /// Cross-validation is repeated with other parts until this many rows of each side have been tested, so that the AUC of a small
  /// table does not depend on which rows come together, ...
  static let testedRows = 5_000
  /// ... but at most so often.
  static let repetitionLimit = 5
  /// A level of a category needs this many rows that the model learns from for a code of its own: of rarer ones chance would
  /// choose those that a split puts together.
  static let minimumLevelRows = 15

  private let tables: ComparedTables
  /// Equally many rows of the table that is judged and of a real one.
  private let sides: [RowSample]
  private let seed: UInt64

  /// Distinguishes the rows of a synthetic table from those of the holdout, or of the training table if there is none.
  package init(ofSynthetic index: Int, in tables: ComparedTables, seed: UInt64) {
    self.init(
      of: tables.synthetic[index], from: tables.holdout ?? tables.training, in: tables, seed: seed)
  }

  /// Distinguishes the rows of the holdout from those of the training table; nil without a holdout.
  package init?(ofHoldoutIn tables: ComparedTables, seed: UInt64) {
    guard let holdout = tables.holdout else { return nil }
    self.init(of: holdout, from: tables.training, in: tables, seed: seed)
  }

  private init(
    of suspects: ComparedTable, from references: ComparedTable, in tables: ComparedTables,
    seed: UInt64
  ) {
    self.tables = tables
    self.seed = seed
    let count = min(suspects.rowCount, references.rowCount, Self.rowLimit)
    sides = [
      RowDraw.suspects.sample(of: suspects, most: count, seed: seed),
      RowDraw.references.sample(of: references, most: count, seed: seed),
    ]
  }

  /// What the classifier of one fold has found.
  package struct Fold: Sendable, Equatable {
    /// The margins of the rows that it was tested on, the judged table's first.
    fileprivate let margins: [Float]
    /// By column.
    fileprivate let gainShares: [Double]
  }

  /// The number of folds of all repetitions.
  package var foldCount: Int {
    let repetitions = Self.testedRows / sides[0].rows.count
    return Self.partCount * min(max(repetitions, 1), Self.repetitionLimit)
  }

  /// Fits a classifier to four of five parts and tests it on the other one.
  package func run(fold: Int) throws(EvalError) -> Fold {
    let (repetition, part) = fold.quotientAndRemainder(dividingBy: Self.partCount)
    var places = Array(sides[0].rows.indices)
    if repetition > 0 {
      Philox(seed: seed, purpose: .split)
        .shuffle(&places, stream: RowDraw.folds.rawValue + UInt64(repetition))
    }
    let learnt = rows(places.indices.filter { $0 % Self.partCount != part }.map { places[$0] })
    let encoder = FeatureEncoder(
      columns: Array(tables.columns.indices), of: tables, learningFrom: learnt,
      minimumLevelRows: Self.minimumLevelRows)
    let learntCount = learnt[0].rows.count
    let model = try GradientBoosting(
      fitting: encoder.matrix(of: learnt),
      labels: (0..<2 * learntCount).map { $0 < learntCount ? 1 : 0 },
      to: .binary, growth: .full, seed: seed)
    let tested = rows(places.indices.filter { $0 % Self.partCount == part }.map { places[$0] })
    return Fold(
      margins: try model.margins(of: encoder.matrix(of: tested)),
      gainShares: try model.gainShares())
  }

  /// The rows of both sides at some places.
  private func rows(_ places: [Int]) -> [RowSample] {
    sides.map { side in RowSample(table: side.table, rows: places.map { side.rows[$0] }) }
  }

  /// What the classifiers of all folds have found.
  package struct Outcome: Sendable, Equatable {
    package let auc: ConfidenceInterval
    package let curve: [Point]
    /// The columns that they go by, the largest share of the gain first.
    package let columnShares: [ColumnShare]
  }

  /// Puts the results of all folds together.
  package func outcome(of folds: [Fold]) -> Outcome {
    // A side of fewer rows than folds leaves some without any.
    let tested = folds.filter { !$0.margins.isEmpty }
    let labels = tested.map { fold in
      fold.margins.indices.map { $0 < fold.margins.count / 2 }
    }
    let areas = zip(tested, labels).map { ROC(scores: $0.margins, isPositive: $1).auc }
    let pooled = ROC(scores: tested.flatMap(\.margins), isPositive: labels.flatMap { $0 })
    let count = sides[0].rows.count
    let shares = tables.columns.indices.map { column in
      folds.map { $0.gainShares[column] }.mean
    }
    return Outcome(
      auc: ConfidenceInterval(auc: areas.mean, positiveCount: count, otherCount: count),
      curve: pooled.curve,
      columnShares: zip(tables.columns, shares).filter { $1 > 0 }
        .map { ColumnShare(column: $0.name, share: $1) }
        .sorted { $0.share > $1.share })
  }
}

extension Discriminator {
  /// The outcome of a synthetic table beside that of the holdout.
  package init(_ outcome: DiscriminatorTest.Outcome, holdout: DiscriminatorTest.Outcome?) {
    auc = outcome.auc
    holdoutAUC = holdout?.auc
    curve = outcome.curve
    columnShares = outcome.columnShares
  }
}
