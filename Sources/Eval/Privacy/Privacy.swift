import NN

/// How close synthetic rows are to single real ones.
///
/// Distances are those of a feature space: a number counts by its quantile among the real rows, from 0 to 1, and two different
/// categories are 1 apart. A table's first 10,000 rows in an order drawn by the seed represent it; of the training table
/// the first 100,000, or fewer if it has more than 100 columns. ``identicalShare`` uses all rows. There is no second
/// holdout: a holdout's figure compares its rows, which were not trained on, with the same training rows.
public struct PrivacyFigures: Codable, Sendable, Equatable {
  /// From synthetic rows to the closest training row.
  public var toTraining: Distances
  /// From synthetic rows to the closest holdout row; nil without a holdout. The fewer the rows, the farther the closest:
  /// compare with ``toTraining`` only if both tables have the same size.
  public var toHoldout: Distances?
  /// From holdout rows to the closest training row: what real rows get that were not trained on.
  public var holdoutToTraining: Distances?
  /// The share of synthetic rows that are closer to a training row than to a holdout row, of as many, a tie counting half: 0.5
  /// for rows that do not depend on single training rows, and for new real ones. The DCR share of mostlyai-qa; the interval is
  /// Wilson's, of as many trials as count where several synthetic rows are closest to the same real one. nil without a holdout.
  public var closerToTraining: ConfidenceInterval?
  /// Distance to the closest training row divided by that to the second closest (Zhao, Kunar, Birke and Chen, "CTAB-GAN:
  /// effective table data synthesizing", 2021): mean over rows, 1 for a row with two copies.
  public var neighbourRatio: Measured
  /// The share of rows that occur in the training table, identical in every value.
  public var identicalShare: Measured
  /// How evenly synthetic rows fill the balls of typical training rows: 1 is best. This and the next two are of Alaa, van
  /// Breugel, Saveliev and van der Schaar, "How faithful is your synthetic data?" (2022), as their package synthcity sums
  /// them up, taken of equal samples.
  public var alphaPrecision: Measured
  /// How evenly synthetic rows cover training rows, within the distance of their closest neighbours: about 0.5 for real rows.
  public var betaRecall: Measured
  /// The share of synthetic rows that are farther from their closest training row than that is from its own neighbour.
  public var authenticity: Measured
}

/// How distances are distributed.
public struct Distances: Codable, Sendable, Equatable {
  public var mean: Double
  public var median: Double
  /// The distance below which one row in twenty lies.
  public var lowest5Percent: Double
  /// 101 quantiles, from the smallest distance to the largest.
  public var quantiles: [Double]
}

extension Distances {
  /// - Parameter distances: At least one.
  init(_ distances: [Double]) {
    let sorted = distances.sorted()
    mean = sorted.reduce(0, +) / Double(sorted.count)
    median = sorted.quantile(0.5)
    lowest5Percent = sorted.quantile(0.05)
    quantiles = (0...100).map { sorted.quantile(Double($0) / 100) }
  }
}

/// Measures how close synthetic rows are to single real ones; figures of the real rows alone are computed once.
package struct PrivacyEvaluator {
  private let tables: ComparedTables
  private let space: FeatureSpace
  private let pool: WorkerPool
  private let trainingRows: Set<UInt64>
  /// As many training rows as the holdout has; of at most 10,000 if there is none.
  private let equal: TrainingReference
  private let holdout: Holdout?

  private struct Holdout {
    let rows: MixedRows
    let closeness: TrainingCloseness
    let identicalShare: Double
  }

  /// - Parameter space: The feature space of the same tables.
  package init(of tables: ComparedTables, in space: FeatureSpace, pool: WorkerPool) {
    self.tables = tables
    self.space = space
    self.pool = pool
    let trainingRows = RowHashes(of: tables.training).distinct
    self.trainingRows = trainingRows
    let equal = TrainingReference(
      first: min(FeatureSpace.mostRows, space.training.rowCount, space.holdout?.rowCount ?? .max),
      of: space.training, pool: pool)
    self.equal = equal
    if let rows = space.holdout, let table = tables.holdout {
      holdout = Holdout(
        rows: rows, closeness: TrainingCloseness(of: rows, to: equal, pool: pool),
        identicalShare: RowHashes(of: table).share(among: trainingRows))
    } else {
      holdout = nil
    }
  }

  /// The figures of the synthetic table at an index.
  package func figures(ofSynthetic index: Int) -> PrivacyFigures {
    let rows = space.synthetic[index]
    let closeness = TrainingCloseness(of: rows, to: equal, pool: pool)
    let toHoldout = holdout.map { nearest(to: rows, in: $0.rows) }
    let measured = { (figure: (TrainingCloseness) -> Double) in
      Measured(value: figure(closeness), holdout: holdout.map { figure($0.closeness) })
    }
    return PrivacyFigures(
      toTraining: Distances(closeness.distances),
      toHoldout: toHoldout.map { Distances($0.all.map { $0.first.squaredDistance.squareRoot() }) },
      holdoutToTraining: holdout.map { Distances($0.closeness.distances) },
      closerToTraining: toHoldout.map {
        ConfidenceInterval(shareCloserTo: closeness.equalNearest, thanTo: $0.equal)
      },
      neighbourRatio: measured(\.neighbourRatio),
      identicalShare: Measured(
        value: RowHashes(of: tables.synthetic[index]).share(among: trainingRows),
        holdout: holdout?.identicalShare),
      alphaPrecision: measured(\.scores.alphaPrecision),
      betaRecall: measured(\.scores.betaRecall), authenticity: measured(\.scores.authenticity))
  }

  /// The holdout rows closest to candidates: of as many as the equal sample of training rows has, and of all.
  private func nearest(
    to candidates: MixedRows, in holdout: MixedRows
  ) -> (equal: [NearestTwo], all: [NearestTwo]) {
    let few = holdout.nearestTwo(
      toFirst: candidates.rowCount, of: candidates, among: 0..<equal.count, pool: pool)
    let all = holdout.nearestTwo(
      toFirst: candidates.rowCount, of: candidates, among: equal.count..<holdout.rowCount,
      after: few, pool: pool)
    return (few, all)
  }
}
