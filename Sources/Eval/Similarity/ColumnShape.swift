import NN

/// How alike a column's distributions are.
public struct ColumnShape: Codable, Sendable, Equatable {
  public enum Metric: String, Codable, Sendable { case ks, tv }
  public var column: String
  public var metric: Metric
  public var similarity: Measured
}

extension ColumnShape {
  /// How alike each column is to the training rows', by synthetic table and column.
  ///
  /// These are KSComplement and TVComplement of SDMetrics: one minus the statistic of Kolmogorov and Smirnov, the largest
  /// difference between two cumulative distributions, and one minus half the sum of the differences between the shares of
  /// levels. Missing values are left out; a column without values in training or synthetic rows is not judged.
  package static func shapes(of tables: ComparedTables, pool: WorkerPool) -> [[ColumnShape]] {
    let count = tables.columns.count
    let parts = PartResults<[ColumnShape?]>(repeating: [], count: count)
    pool.run(count) { column in
      let distribution = Distribution(
        tables.training.values[column], levelCount: tables.columns[column].levels?.count)
      let holdout = tables.holdout.flatMap { distribution.similarity(to: $0.values[column]) }
      parts[column] = tables.synthetic.map { table in
        distribution.similarity(to: table.values[column]).map {
          ColumnShape(
            column: tables.columns[column].name,
            metric: tables.columns[column].isNumeric ? .ks : .tv,
            similarity: Measured(value: $0, holdout: holdout))
        }
      }
    }
    return tables.synthetic.indices.map { table in
      (0..<count).compactMap { parts[$0][table] }
    }
  }
}

/// The values of a column, ready to be compared with others.
private enum Distribution {
  /// Ascending.
  case numbers([Double])
  /// The share of each level.
  case levels([Double])

  init(_ values: ComparedValues, levelCount: Int?) {
    guard let levelCount else {
      self = .numbers(values.numbers.filter { !$0.isNaN }.sorted())
      return
    }
    var counts = Array(repeating: 0.0, count: levelCount)
    for code in values.codes where code >= 0 { counts[Int(code)] += 1 }
    let total = counts.reduce(0, +)
    self = .levels(total > 0 ? counts.map { $0 / total } : [])
  }

  /// nil where either has no values.
  func similarity(to values: ComparedValues) -> Double? {
    switch self {
    case .numbers(let numbers):
      guard case .numbers(let others) = Distribution(values, levelCount: nil), !numbers.isEmpty,
        !others.isEmpty
      else { return nil }
      return 1 - largestDifference(numbers, others)
    case .levels(let shares):
      guard !shares.isEmpty,
        case .levels(let others) = Distribution(values, levelCount: shares.count), !others.isEmpty
      else { return nil }
      return 1 - zip(shares, others).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
    }
  }
}

/// The statistic of Kolmogorov and Smirnov for two ascending samples.
private func largestDifference(_ first: [Double], _ second: [Double]) -> Double {
  var (i, j) = (0, 0)
  var largest = 0.0
  while i < first.count, j < second.count {
    let number = min(first[i], second[j])
    while i < first.count, first[i] == number { i += 1 }
    while j < second.count, second[j] == number { j += 1 }
    largest = max(
      largest, abs(Double(i) / Double(first.count) - Double(j) / Double(second.count)))
  }
  return largest
}
