import NN

/// A symmetric matrix for the training rows and one for the synthetic ones, in the order of the columns.
public struct Associations: Codable, Sendable, Equatable {
  public var training: [[Double]]
  public var synthetic: [[Double]]
}

/// How strongly columns are associated: one matrix for each table.
///
/// Two columns of numbers: the correlation of Pearson, with its sign. Two categories: Cramér's V, corrected for chance. A
/// number and a category: the correlation ratio, corrected for chance. The corrections keep columns of many levels from
/// looking related when they are not. A missing value of a category is a level; rows without a number are left out.
struct AssociationMatrices {
  /// The training table, then the synthetic ones; 1 beside a column itself, 0 for pairs that were not measured.
  private(set) var tables: [[[Double]]]

  /// - Parameter pairs: The pairs of columns to measure.
  init(_ compared: ComparedTables, pairs: [[Int]], pool: WorkerPool) {
    let columns = compared.columns
    let all = [compared.training] + compared.synthetic
    let codes = PartResults<RowCodes?>(repeating: nil, count: columns.count)
    pool.run(columns.count) { column in
      if columns[column].isNumeric { return }
      codes[column] =
        DistinctValues(columns[column], values: all.map { $0.values[column] }).rows
    }
    let measured = PartResults<[Double]>(repeating: [], count: pairs.count)
    pool.run(pairs.count) { index in
      let (first, second) = (pairs[index][0], pairs[index][1])
      measured[index] = Self.associations(
        all.map { ($0.values[first].numbers, $0.values[second].numbers) },
        codes[first], codes[second])
    }
    let identity = columns.indices.map { row in columns.indices.map { $0 == row ? 1.0 : 0 } }
    tables = Array(repeating: identity, count: all.count)
    for (index, pair) in pairs.enumerated() {
      for (table, association) in measured[index].enumerated() {
        tables[table][pair[0]][pair[1]] = association
        tables[table][pair[1]][pair[0]] = association
      }
    }
  }

  /// The association of two columns in each table; codes are nil for numbers.
  private static func associations(
    _ numbers: [(first: [Double], second: [Double])], _ first: RowCodes?, _ second: RowCodes?
  ) -> [Double] {
    switch (first, second) {
    case (nil, nil):
      return numbers.map { correlation($0.first, $0.second) ?? 0 }
    case (let codes?, nil):
      return numbers.indices.map {
        correlationRatio(
          ofNumbers: numbers[$0].second, byCodes: codes.tables[$0], count: codes.count)
      }
    case (nil, let codes?):
      return numbers.indices.map {
        correlationRatio(
          ofNumbers: numbers[$0].first, byCodes: codes.tables[$0], count: codes.count)
      }
    case (let first?, let second?):
      let counts = ContingencyTable(first, second)
      return numbers.indices.map {
        cramersV(counts, table: $0, firstCount: first.count, secondCount: second.count)
      }
    }
  }
}
