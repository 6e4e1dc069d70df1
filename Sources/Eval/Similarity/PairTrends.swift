import NN

/// How alike the relations of two columns are.
public struct PairTrend: Codable, Sendable, Equatable {
  public enum Metric: String, Codable, Sendable { case correlation, contingency }
  public var first: String
  public var second: String
  public var metric: Metric
  public var similarity: Measured
}

/// Compares how pairs of columns are related in synthetic and training rows.
///
/// Two columns of numbers: one minus half the difference of their correlations (Pearson), of rows that have both. Other
/// pairs: one minus the total variation distance of their joint distributions, where a missing value is a value, and
/// numbers beside a category are cut into ten intervals of equal width. These are CorrelationSimilarity and
/// ContingencySimilarity as the column pair trends of SDMetrics 0.32 take them: every table is cut by its own extremes, and
/// missing values share a code with the largest number. A pair whose correlation is not defined is not judged.
struct PairTrends {
  private let tables: ComparedTables
  /// For each column, codes for joint distributions.
  private let codes: PartResults<RowCodes>

  init(_ tables: ComparedTables, pool: WorkerPool) {
    let codes = PartResults(
      repeating: RowCodes(tables: [], count: 0), count: tables.columns.count)
    pool.run(tables.columns.count) { column in
      codes[column] = Self.codes(
        tables.columns[column], values: tables.all.map { $0.values[column] })
    }
    self.tables = tables
    self.codes = codes
  }

  /// The trends of every synthetic table, by table and pair.
  func trends(of pairs: [[Int]], pool: WorkerPool) -> [[PairTrend]] {
    let parts = PartResults<[PairTrend?]>(repeating: [], count: pairs.count)
    pool.run(pairs.count) { [self] index in
      parts[index] = trends(pairs[index][0], pairs[index][1])
    }
    return tables.synthetic.indices.map { table in
      pairs.indices.compactMap { parts[$0][table] }
    }
  }

  /// The trend of a pair in every synthetic table; nil where it is not defined.
  private func trends(_ first: Int, _ second: Int) -> [PairTrend?] {
    let columns = tables.columns
    let areNumeric = columns[first].isNumeric && columns[second].isNumeric
    let similarities = areNumeric ? correlations(first, second) : contingencies(first, second)
    let holdout = tables.holdout == nil ? nil : similarities[0]
    return similarities.suffix(tables.synthetic.count).map { similarity in
      similarity.map {
        PairTrend(
          first: columns[first].name, second: columns[second].name,
          metric: areNumeric ? .correlation : .contingency,
          similarity: Measured(value: $0, holdout: holdout))
      }
    }
  }

  /// The similarity of each table after the training table.
  private func correlations(_ first: Int, _ second: Int) -> [Double?] {
    let correlations = tables.all.map {
      correlation($0.values[first].numbers, $0.values[second].numbers)
    }
    return correlations.dropFirst().map { other in
      guard let other, let training = correlations[0] else { return nil }
      return 1 - abs(training - other) / 2
    }
  }

  /// The similarity of each table after the training table.
  private func contingencies(_ first: Int, _ second: Int) -> [Double?] {
    let counts = ContingencyTable(codes[first], codes[second])
    let shares = tables.all.map { 1 / Double($0.rowCount) }
    return tables.all.indices.dropFirst().map { table in
      var distance = 0.0
      for (count, other) in zip(counts.tables[0], counts.tables[table]) {
        distance += abs(Double(count) * shares[0] - Double(other) * shares[table])
      }
      return 1 - distance / 2
    }
  }

  private static func codes(_ column: ComparedColumn, values: [ComparedValues]) -> RowCodes {
    guard column.isNumeric else { return DistinctValues(column, values: values).rows }
    return RowCodes(tables: values.map { intervals(of: $0.numbers) }, count: intervalCount + 2)
  }

  private static let intervalCount = 10

  /// The interval of every number, counted from 1; the largest number and a missing one are in an interval of their own.
  private static func intervals(of numbers: [Double]) -> [Int32] {
    let present = numbers.lazy.filter { !$0.isNaN }
    var (low, high) = (present.min() ?? 0, present.max() ?? 1)
    if low == high { (low, high) = (low - 0.5, high + 0.5) }
    let step = (high - low) / Double(intervalCount)
    let borders = (0..<intervalCount).map { Double($0) * step + low } + [high]
    return numbers.map { number in
      number.isNaN ? Int32(borders.count) : Int32(borders.count { $0 <= number })
    }
  }
}
