import NN

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
