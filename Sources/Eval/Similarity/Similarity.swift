import NN

/// How hard synthetic rows are to distinguish from real ones.
public struct SimilarityFigures: Codable, Sendable, Equatable {
  /// A classifier that distinguishes synthetic rows from real ones: 0.5 is best.
  public var discriminator: Discriminator
  /// The cosine between the centres of synthetic and training rows.
  public var centroidCosine: Measured
  /// Column by column: KS complement of numbers, TV complement of categories.
  public var shapes: [ColumnShape]
  /// The mean of ``shapes``; nil where no column has values to compare.
  public var shape: Measured?
  /// Pair by pair: correlation or contingency similarity.
  public var trends: [PairTrend]
  /// The mean of ``trends``; nil if there is no pair to compare.
  public var trend: Measured?
  /// How strongly columns are associated, for heat maps.
  public var associations: Associations
}

extension SimilarityFigures {
  /// The figures of every synthetic table.
  ///
  /// - Parameters:
  ///   - space: The feature space of the same tables.
  ///   - discriminators: One for each synthetic table.
  ///   - seed: Chooses columns where there are too many for all pairs.
  ///   - pool: The result does not depend on its threads.
  static func figures(
    of tables: ComparedTables, in space: FeatureSpace, discriminators: [Discriminator],
    seed: UInt64,
    pool: WorkerPool
  ) -> [SimilarityFigures] {
    let parts = Similarities(tables, seed: seed, pool: pool)
    return tables.synthetic.indices.map { index in
      SimilarityFigures(
        discriminator: discriminators[index],
        centroidCosine: Eval.centroidCosine(ofSynthetic: index, in: space),
        shapes: parts.shapes[index], shape: mean(parts.shapes[index].map(\.similarity)),
        trends: parts.trends[index], trend: mean(parts.trends[index].map(\.similarity)),
        associations: parts.associations[index])
    }
  }

  /// The mean of the similarities; nil if there are none.
  private static func mean(_ similarities: [Measured]) -> Measured? {
    if similarities.isEmpty { return nil }
    let holdout = similarities.compactMap(\.holdout)
    return Measured(
      value: similarities.map(\.value).mean, holdout: holdout.isEmpty ? nil : holdout.mean)
  }
}

/// Shapes, trends and associations of all synthetic tables.
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
