import NN

/// What shapes, trends and associations of all synthetic tables are.
package struct Similarities: Sendable {
  /// By synthetic table and column.
  package let shapes: [[ColumnShape]]
  /// By synthetic table and pair.
  package let trends: [[PairTrend]]
  /// By synthetic table.
  package let associations: [Associations]

  /// - Parameters:
  ///   - seed: Chooses columns where there are too many for all pairs.
  ///   - pool: The result does not depend on its threads.
  package init(_ tables: ComparedTables, seed: UInt64, pool: WorkerPool) {
    let pairs = ColumnSets(columnCount: tables.columns.count, seed: seed).pairs
    shapes = ColumnShape.shapes(of: tables, pool: pool)
    trends = PairTrends(tables, pool: pool).trends(of: pairs, pool: pool)
    let matrices = AssociationMatrices(tables, pairs: pairs, pool: pool).tables
    associations = matrices.dropFirst().map {
      Associations(training: matrices[0], synthetic: $0)
    }
  }
}

/// The cosine of the angle between the centre of synthetic rows and that of training rows, beside that of the holdout's centre.
///
/// The centres lie in the ``FeatureSpace``: a mean quantile for each number, √½ times the share of each level for each
/// category. As in mostlyai-qa, which takes the means of sentence embeddings of whole rows, the angle is seen from the origin and
/// not from a common mean, from which the centres of good tables would lie in random directions. So it is near 1 for every
/// table that is any good, and only the distance from 1, beside the holdout's, says how good.
package func centroidCosine(ofSynthetic index: Int, in space: FeatureSpace) -> Measured {
  let training = Centroid(ofFirst: space.training.rowCount, of: space.training)
  let cosine = { (rows: MixedRows) in
    training.cosine(with: Centroid(ofFirst: rows.rowCount, of: rows))
  }
  return Measured(value: cosine(space.synthetic[index]), holdout: space.holdout.map(cosine))
}
