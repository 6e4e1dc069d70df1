import NN

/// Measures how close synthetic rows are to single real ones; what depends on the real rows alone is found out once.
package struct PrivacyEvaluator {
  private let tables: ComparedTables
  private let space: FeatureSpace
  private let pool: WorkerPool
  private let trainingRows: Set<UInt64>
  /// As many training rows as the holdout has; of at most 10,000 where there is none.
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
