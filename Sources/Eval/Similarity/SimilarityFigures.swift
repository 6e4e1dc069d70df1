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
  /// The mean of ``trends``; nil where there is no pair to compare.
  public var trend: Measured?
  /// How strongly columns go together, for heat maps.
  public var associations: Associations
}

/// What a classifier makes of synthetic and real rows.
public struct Discriminator: Codable, Sendable, Equatable {
  /// The area under the ROC curve; the holdout's is that of telling holdout from training rows.
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

/// How alike a column's distributions are.
public struct ColumnShape: Codable, Sendable, Equatable {
  public enum Metric: String, Codable, Sendable { case ks, tv }
  public var column: String
  public var metric: Metric
  public var similarity: Measured
}

/// How alike the relations of two columns are.
public struct PairTrend: Codable, Sendable, Equatable {
  public enum Metric: String, Codable, Sendable { case correlation, contingency }
  public var first: String
  public var second: String
  public var metric: Metric
  public var similarity: Measured
}

/// A symmetric matrix for the training rows and one for the synthetic ones, in the order of the columns.
public struct Associations: Codable, Sendable, Equatable {
  public var training: [[Double]]
  public var synthetic: [[Double]]
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

  /// The mean of what is there; nil of nothing.
  private static func mean(_ similarities: [Measured]) -> Measured? {
    if similarities.isEmpty { return nil }
    let holdout = similarities.compactMap(\.holdout)
    return Measured(
      value: similarities.map(\.value).mean, holdout: holdout.isEmpty ? nil : holdout.mean)
  }
}
