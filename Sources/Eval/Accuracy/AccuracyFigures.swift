import NN

/// How closely distributions of one, two and three columns agree with the real ones.
public struct AccuracyFigures: Codable, Sendable, Equatable {
  /// The mean of the three below.
  public var overall: AccuracyScore
  public var univariate: AccuracyScore
  /// nil for a table of one column.
  public var bivariate: AccuracyScore?
  /// nil for a table of one or two columns.
  public var trivariate: AccuracyScore?
  public var columns: [ColumnAccuracy]
  public var pairs: [PairAccuracy]
}

/// An accuracy, from 0 to 1.
public struct AccuracyScore: Codable, Sendable, Equatable {
  public var value: Double
  /// What an independent sample of real rows is expected to score.
  public var expected: Double
  /// What the holdout scores against the training rows; nil without one.
  public var holdout: Double?
}

/// The accuracy of one column: alone, and the means over the pairs and triples that it is part of.
public struct ColumnAccuracy: Codable, Sendable, Equatable {
  public var column: String
  public var univariate: Measured
  public var bivariate: Measured?
  public var trivariate: Measured?
}

/// The accuracy of two columns together.
public struct PairAccuracy: Codable, Sendable, Equatable {
  public var first: String
  public var second: String
  public var accuracy: Measured
}

extension AccuracyFigures {
  /// The figures of every synthetic table.
  ///
  /// - Parameters:
  ///   - seed: Chooses triples where there are too many.
  ///   - pool: The result does not depend on its threads.
  package static func figures(
    of tables: ComparedTables, seed: UInt64, pool: WorkerPool
  ) -> [AccuracyFigures] {
    let accuracy = Accuracy(tables, seed: seed, pool: pool)
    let scores = accuracy.scores(pool: pool)
    return tables.synthetic.indices.map { table in
      AccuracyFigures(
        names: tables.columns.map(\.name), sets: accuracy.sets, scores: scores.map { $0[table] })
    }
  }

  private init(names: [String], sets: [[Int]], scores: [AccuracyScore]) {
    var bySize = Array(repeating: ScoreSum(), count: 3)
    var byColumn = Array(repeating: bySize, count: names.count)
    for (set, score) in zip(sets, scores) {
      bySize[set.count - 1].add(score)
      for column in set { byColumn[column][set.count - 1].add(score) }
    }
    let means = bySize.map(\.mean)
    var overall = ScoreSum()
    for mean in means { mean.map { overall.add($0) } }
    self.overall = overall.mean!
    univariate = means[0]!
    bivariate = means[1]
    trivariate = means[2]
    columns = zip(names, byColumn).map { name, sums in
      let means = sums.map { $0.mean.map { Measured(value: $0.value, holdout: $0.holdout) } }
      return ColumnAccuracy(
        column: name, univariate: means[0]!, bivariate: means[1], trivariate: means[2])
    }
    pairs = zip(sets, scores).filter { $0.0.count == 2 }.map { set, score in
      PairAccuracy(
        first: names[set[0]], second: names[set[1]],
        accuracy: Measured(value: score.value, holdout: score.holdout))
    }
  }
}

/// Scores added up.
private struct ScoreSum {
  private var sum = AccuracyScore(value: 0, expected: 0, holdout: nil)
  private var count = 0

  mutating func add(_ score: AccuracyScore) {
    sum.value += score.value
    sum.expected += score.expected
    if let holdout = score.holdout { sum.holdout = (sum.holdout ?? 0) + holdout }
    count += 1
  }

  /// nil of nothing.
  var mean: AccuracyScore? {
    if count == 0 { return nil }
    let share = 1 / Double(count)
    return AccuracyScore(
      value: sum.value * share, expected: sum.expected * share,
      holdout: sum.holdout.map { $0 * share })
  }
}
