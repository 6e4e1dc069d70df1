import NN

/// Finds the columns of a wide table that may predict a column, so that only few pairs are compared closely.
///
/// Codes are put into up to six coarse groups, and pairs of columns are compared by Pearson's chi-squared statistic of their
/// groups, standardised by its degrees of freedom. Groups of all pairs are counted in one matrix product. Candidate parents by a
/// cheap statistic are those of Friedman, Nachman and Pe'er, "Learning Bayesian network structure from massive datasets: the
/// sparse candidate algorithm" (UAI 1999).
struct ColumnScreen: Sendable {
  /// For each group of each column a row of ones and zeros: which rows of the table are in it.
  private let members: Buffer
  private let rowCount: Int
  /// Where the groups of each column begin, and the end of the last.
  private let starts: [Int]
  /// Rows in each group, none of which is empty.
  private let groupRows: [Float]

  /// Columns are compared in about this many rows, or up to twice as many.
  private static let minimumRows = 1_024
  /// The number of preceding columns that a column is compared with.
  private static let reach = 4_096
  /// Groups of about as many numbers, and the most frequent codes that are groups of their own.
  private static let (numberGroups, ownCategories, ownOthers) = (3, 5, 2)

  /// - Parameter codes: of some rows, for each column.
  init(_ columns: [ColumnEncoder], codes: [[UInt16]]) {
    let step = max(1, (codes.first?.count ?? 0) / ColumnScreen.minimumRows)
    let rows = Array(stride(from: 0, to: codes.first?.count ?? 0, by: step))
    var starts = [0]
    var groupRows: [Float] = []
    // Groups of each column's codes; those that no row has are left out.
    let groups = zip(columns, codes).map { column, codes in
      let groups = ColumnScreen.groups(column)
      var counts: [Int: Float] = [:]
      for row in rows { counts[groups[Int(codes[row])], default: 0] += 1 }
      let places = Dictionary(
        uniqueKeysWithValues: counts.keys.sorted().enumerated().map { ($1, $0) })
      groupRows += counts.sorted { $0.key < $1.key }.map(\.value)
      starts.append(groupRows.count)
      return groups.map { places[$0] ?? 0 }
    }
    let members = Buffer(count: max(1, groupRows.count * rows.count))
    let matrix = members.matrix(at: 0, rows: groupRows.count, columns: rows.count)
    for (column, codes) in codes.enumerated() {
      for (index, row) in rows.enumerated() {
        matrix[starts[column] + groups[column][Int(codes[row])], index] = 1
      }
    }
    self.members = members
    self.starts = starts
    self.groupRows = groupRows
    rowCount = rows.count
  }

  /// The coarse group of each code: numbers by rank, the most frequent of the other codes alone, and the rest.
  private static func groups(_ column: ColumnEncoder) -> [Int] {
    let ranks = column.midRanks
    let others = column.counts.indices.filter { ranks?[$0] == nil }
      .sorted { (column.counts[$1], $0) < (column.counts[$0], $1) }
    var groups = [Int](repeating: numberGroups, count: column.counts.count)
    for (index, code) in others.prefix(ranks == nil ? ownCategories : ownOthers).enumerated() {
      groups[code] = numberGroups + 1 + index
    }
    for (code, rank) in (ranks ?? []).enumerated() {
      if let rank { groups[code] = min(numberGroups - 1, Int(rank * Double(numberGroups))) }
    }
    return groups
  }

  /// For each of some neighbouring columns, the columns before it that depend on it most clearly, in ascending order.
  ///
  /// - Parameter count: how many to name at most.
  func candidates(of columns: Range<Int>, count: Int) -> [[Int]] {
    let others = max(0, columns.lowerBound - ColumnScreen.reach)..<columns.upperBound
    let (own, other) = (groups(of: columns), groups(of: others))
    let memory = Buffer(count: own.count * other.count)
    let together = memory.matrix(at: 0, rows: own.count, columns: other.count)
    let members = members.matrix(at: 0, rows: groupRows.count, columns: rowCount)
    Product.multiply(members.rows(own), members.rows(other), transposeB: true, into: together)
    return withExtendedLifetime(memory) {
      columns.map { column in
        let squares = squares(of: column, in: together, from: (own.lowerBound, other.lowerBound))
        return best(count, before: column, squares: squares, from: other.lowerBound)
      }
    }
  }

  private func best(_ count: Int, before column: Int, squares: [Float], from first: Int) -> [Int] {
    var best: [(column: Int, statistic: Double)] = []
    for earlier in max(0, column - ColumnScreen.reach)..<column {
      let statistic = statistic(
        sum: starts[earlier]..<starts[earlier + 1], of: squares, from: first,
        groupCount: starts[column + 1] - starts[column])
      guard best.count < count || statistic > best[best.count - 1].statistic else { continue }
      if best.count == count { best.removeLast() }
      best.insert(
        (earlier, statistic), at: best.firstIndex { $0.statistic < statistic } ?? best.count)
    }
    return best.map(\.column).sorted()
  }

  private func groups(of columns: Range<Int>) -> Range<Int> {
    starts[columns.lowerBound]..<starts[columns.upperBound]
  }

  /// For each group b of the other columns, the sum over the column's groups a of n_ab^2 / (n_a n_b).
  private func squares(
    of column: Int, in together: Matrix, from first: (own: Int, other: Int)
  ) -> [Float] {
    var squares = [Float](repeating: 0, count: together.columns)
    for group in starts[column]..<starts[column + 1] {
      let row = together.rows(group - first.own..<group - first.own + 1).start
      let share = 1 / groupRows[group]
      for index in squares.indices { squares[index] += row[index] * row[index] * share }
    }
    for index in squares.indices { squares[index] /= groupRows[first.other + index] }
    return squares
  }

  /// Chi-squared of two columns minus its expectation by chance, in standard deviations.
  private func statistic(
    sum groups: Range<Int>, of squares: [Float], from first: Int, groupCount: Int
  ) -> Double {
    let freedom = Double((groups.count - 1) * (groupCount - 1))
    guard freedom > 0 else { return -.infinity }
    let sum = groups.reduce(0.0) { $0 + Double(squares[$1 - first]) }
    return (Double(rowCount) * (sum - 1) - freedom) / (2 * freedom).squareRoot()
  }
}
