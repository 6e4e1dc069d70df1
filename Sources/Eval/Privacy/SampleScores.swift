import NN

/// α-precision, β-recall and authenticity of Alaa, van Breugel, Saveliev and van der Schaar, "How faithful is your synthetic
/// data? Sample-level metrics for evaluating and auditing generative models" (2022), in a ``FeatureSpace``, without the network
/// that the paper embeds rows by: the variant that its authors' package synthcity calls naive.
///
/// It compares as many training rows as candidates. Integrals are sums over 30 steps of α, as in synthcity.
struct SampleScores: Sendable, Equatable {
  /// How closely P(α) follows α, 1 - 2 ∫ |P(α) - α| dα, where P(α) is the share of the candidates inside the ball around the
  /// training rows' centre that holds a share α of those. 1 is best.
  let alphaPrecision: Double
  /// How closely R(β) follows β, where R(β) is the share of the training rows that a candidate is as close to as another training
  /// row is, while that candidate lies inside the ball around the candidates' centre that holds a share β of those that are
  /// closest to a training row. About 0.5 for other real rows.
  let betaRecall: Double
  /// The share of the candidates that are farther from their closest training row than that is from its own closest one.
  /// This is the paper's definition; synthcity looks the training row up at the candidate's index, which mixes up rows.
  let authenticity: Double

  private static let steps = (0..<30).map { Double($0) / 29 }

  /// - Parameters:
  ///   - candidates: At least as many rows as the reference has; only the first ones count.
  ///   - nearest: The training rows of the reference that are closest to these.
  init(
    of candidates: MixedRows, nearest: [NearestTwo], to reference: TrainingReference,
    pool: WorkerPool
  ) {
    let count = reference.count
    let inside = (0..<count).map { reference.centroid.distance(to: candidates, $0) }.sorted()
    alphaPrecision = SampleScores.agreement { step in
      let radius = reference.sortedRadii.quantile(step)
      return Double(inside.count { $0 <= radius }) / Double(count)
    }

    let toCandidates = candidates.nearestTwo(
      toFirst: count, of: reference.rows, among: 0..<count, pool: pool)
    let centroid = Centroid(ofFirst: count, of: candidates)
    let depths = toCandidates.map { centroid.distance(to: candidates, $0.first.row) }
    let isCovered = toCandidates.indices.map {
      toCandidates[$0].first.squaredDistance <= reference.squaredDistances[$0]
    }
    let sortedDepths = depths.sorted()
    betaRecall = SampleScores.agreement { step in
      let radius = sortedDepths.quantile(step)
      return Double(depths.indices.count { isCovered[$0] && depths[$0] <= radius }) / Double(count)
    }

    let authenticCount = nearest.count {
      $0.first.squaredDistance > reference.squaredDistances[$0.first.row]
    }
    authenticity = Double(authenticCount) / Double(count)
  }

  private static func agreement(_ share: (Double) -> Double) -> Double {
    1 - 2 * steps.reduce(0) { $0 + abs($1 - share($1)) } / Double(steps.count - 1)
  }
}

/// What ``SampleScores`` needs from the training rows.
struct TrainingReference: Sendable {
  /// All training rows of the feature space.
  let rows: MixedRows
  /// The number of rows that count, from the first on.
  let count: Int
  let centroid: Centroid
  /// The distances of the rows from ``centroid``, in ascending order.
  let sortedRadii: [Double]
  /// From each row to the closest of the others; infinite for a single row.
  let squaredDistances: [Double]

  init(first count: Int, of rows: MixedRows, pool: WorkerPool) {
    self.rows = rows
    self.count = count
    let centroid = Centroid(ofFirst: count, of: rows)
    self.centroid = centroid
    sortedRadii = (0..<count).map { centroid.distance(to: rows, $0) }.sorted()
    // The closest is the row itself or a copy of it.
    squaredDistances =
      rows.nearestTwo(toFirst: count, of: rows, among: 0..<count, pool: pool)
      .map(\.second.squaredDistance)
  }
}
