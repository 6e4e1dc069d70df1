import NN

/// How far a statistic of a holdout is from that of the training rows by chance alone.
///
/// All real rows are repeatedly divided at random into as many training and holdout rows as there are: a
/// permutation test (Fisher, "The design of experiments", 1935). What the holdout happens to show is one draw of this.
package struct ChanceDeviation: Sendable, Equatable {
  /// For each group of ``StatisticFigures/groups``, between which values a holdout's lies in 95 % of the divisions: the
  /// training rows' value and what the holdout's differs from it. nil where one in twenty has no such rows.
  package let intervals: [ClosedRange<Double>?]
  /// What ``StatisticFigures/deviation`` of a holdout is at most in 95 % of the divisions.
  package let deviationLimit: Double

  private static let divisionCount = 200

  /// For each statistic.
  /// - Parameter tables: With a holdout.
  /// - Throws: `EvalError` when a statistic does not fit the tables.
  package static func deviations(
    of tables: ComparedTables, statistics: [Statistic], seed: UInt64, pool: WorkerPool
  ) throws(EvalError) -> [ChanceDeviation] {
    var deviations: [ChanceDeviation] = []
    for statistic in statistics {
      let grouped = try GroupedStatistic(statistic, of: tables)
      deviations.append(ChanceDeviation(of: grouped, in: tables, seed: seed, pool: pool))
    }
    return deviations
  }

  private init(
    of statistic: GroupedStatistic, in tables: ComparedTables, seed: UInt64, pool: WorkerPool
  ) {
    let rows = DividedRows(statistic, of: tables)
    let results = PartResults<Division?>(repeating: nil, count: Self.divisionCount)
    pool.run(results.count) { results[$0] = rows.division(number: $0, seed: seed) }
    let divisions = (0..<results.count).compactMap { results[$0] }
    deviationLimit = divisions.map(\.deviation).sorted().quantile(0.95)
    intervals = statistic.trainingValues.enumerated().map { index, value in
      let differences = divisions.compactMap { $0.differences[index] }.sorted()
      guard let value, 20 * differences.count >= 19 * divisions.count else { return nil }
      let (low, high) = (value + differences.quantile(0.025), value + differences.quantile(0.975))
      return low.isFinite && high.isFinite ? low...high : nil
    }
  }
}

/// What one division of the real rows shows.
private struct Division: Sendable {
  /// By group that is shown, the holdout's value less the training rows'; nil where either has no such rows.
  let differences: [Double?]
  let deviation: Double
}

/// All real rows, to be divided at random.
private struct DividedRows: Sendable {
  let statistic: GroupedStatistic
  let numbers: [Double]
  let groups: [Int32]
  let holdoutCount: Int

  init(_ statistic: GroupedStatistic, of tables: ComparedTables) {
    self.statistic = statistic
    numbers = tables.real.flatMap(statistic.measure.numbers)
    groups = tables.real.indices.flatMap { statistic.groups.rows.tables[$0] }
    holdoutCount = tables.holdout?.rowCount ?? 0
  }

  func division(number: Int, seed: UInt64) -> Division {
    let isHeldOut = heldOut(number: number, seed: seed)
    let training = part(isHeldOut, false)
    let holdout = part(isHeldOut, true)
    return Division(
      differences: statistic.shown.map { group in
        guard let left = holdout.values[group], let right = training.values[group] else {
          return nil
        }
        return left - right
      },
      deviation: statistic.deviation(
        of: holdout.values, from: training.values, weights: training.counts))
  }

  /// For each row, whether it is held out.
  private func heldOut(number: Int, seed: UInt64) -> [Bool] {
    let random = Philox(seed: seed, purpose: .resample)
    var rows = Array(0..<Int32(truncatingIfNeeded: numbers.count))
    var isHeldOut = Array(repeating: false, count: rows.count)
    for place in 0..<holdoutCount {
      let other = place + random.below(rows.count - place, UInt64(place), UInt64(number))
      rows.swapAt(place, other)
      isHeldOut[Int(rows[place])] = true
    }
    return isHeldOut
  }

  private func part(_ isHeldOut: [Bool], _ wanted: Bool) -> (values: [Double?], counts: [Int]) {
    let rows = isHeldOut.indices.filter { isHeldOut[$0] == wanted }
    let groups = rows.map { self.groups[$0] }
    var counts = Array(repeating: 0, count: statistic.groups.rows.count)
    for group in groups { counts[Int(group)] += 1 }
    let trainingCount = Double(numbers.count - holdoutCount)
    let values = statistic.measure.values(
      rows.map { numbers[$0] }, groups: groups, groupCount: counts.count,
      countScale: trainingCount / Double(max(1, rows.count)))
    return (values, counts)
  }
}
