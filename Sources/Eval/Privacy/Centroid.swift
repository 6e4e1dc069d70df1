import NN

/// The mean of some rows of a ``FeatureSpace``, as if categories were one-hot vectors scaled by √½.
struct Centroid: Sendable {
  /// The means of the number columns.
  private let means: [Double]
  /// How often each code occurs, for each code column.
  private let counts: [[Int32: Int]]
  /// The sum of the squares of ``counts``, for each code column.
  private let squares: [Int]
  private let rowCount: Int

  /// The mean of the first `rowCount` rows.
  init(ofFirst rowCount: Int, of rows: MixedRows) {
    self.rowCount = rowCount
    means = (0..<rows.numberCount).map { column in
      (0..<rowCount).reduce(0.0) { $0 + Double(rows.number($1, column)) } / Double(rowCount)
    }
    counts = (0..<rows.codeCount).map { column in
      var counts: [Int32: Int] = [:]
      for row in 0..<rowCount { counts[rows.code(row, column), default: 0] += 1 }
      return counts
    }
    // Sums of integers do not depend on the order of a dictionary.
    squares = counts.map { $0.values.reduce(0) { $0 + $1 * $1 } }
  }

  /// The Euclidean distance of a row.
  func distance(to rows: MixedRows, _ row: Int) -> Double {
    var sum = 0.0
    for (column, mean) in means.enumerated() {
      let difference = Double(rows.number(row, column)) - mean
      sum += difference * difference
    }
    let total = Double(rowCount)
    for column in counts.indices {
      let share = Double(counts[column][rows.code(row, column)] ?? 0) / total
      sum += (1 - 2 * share + Double(squares[column]) / (total * total)) / 2
    }
    return sum.squareRoot()
  }

  /// The cosine of the angle between two centroids, seen from the origin of the feature space.
  func cosine(with other: Centroid) -> Double {
    let lengths = (dot(self) * other.dot(other)).squareRoot()
    return lengths > 0 ? min(1, dot(other) / lengths) : 1
  }

  private func dot(_ other: Centroid) -> Double {
    var sum = zip(means, other.means).reduce(0) { $0 + $1.0 * $1.1 }
    for (counts, others) in zip(counts, other.counts) {
      let products = counts.reduce(0) { $0 + $1.value * (others[$1.key] ?? 0) }
      sum += Double(products) / Double(rowCount) / Double(other.rowCount) / 2
    }
    return sum
  }
}
