import Tables

/// Where in its bins a column's numbers lie: pieces of bins with the rows in them, and single values that many rows of a bin
/// have. Both count at least as many rows as must share a value.
package struct BinHistogram: Codable, Equatable, Sendable {
  /// The first unit of each piece, ascending; every bin begins with one. A piece ends where the next begins.
  package private(set) var starts: [Int] = []
  /// The rows in each piece that have none of ``values``.
  package private(set) var startCounts: [Int] = []
  /// Units of values, ascending.
  package private(set) var values: [Int] = []
  /// The rows that have each of them.
  package private(set) var valueCounts: [Int] = []

  /// A piece holds about this share of its bin, a value of its own at least that share. Where counts stand for a sample,
  /// pieces are larger.
  private static func shares(isExact: Bool) -> (pieces: Int, values: Int) {
    isExact ? (8, 32) : (2, 4)
  }

  /// - Parameters:
  ///   - counted: the values in bins, ascending, with their rows.
  ///   - edges: the borders of the bins.
  ///   - minimumRows: the fewest rows that a piece may hold.
  ///   - isExact: whether a row was seen for every count.
  init(_ counted: [CountedUnit], edges: [Int], minimumRows: Int, isExact: Bool) {
    let shares = BinHistogram.shares(isExact: isExact)
    var index = counted.partitioningIndex { $0.unit >= edges[0] }
    for (begin, end) in zip(edges, edges.dropFirst()) {
      let first = index
      while index < counted.count, counted[index].unit < end { index += 1 }
      let inBin = counted[first..<index].weightedByUnit
      let rows = inBin.reduce(0) { $0 + $1.count }
      let frequent = max(minimumRows, rows / shares.values)
      let isValue: (CountedUnit) -> Bool = {
        $0.count >= frequent && $0.tally.count >= minimumRows && end - begin > 1
      }
      for value in inBin.filter(isValue) {
        values.append(value.unit)
        valueCounts.append(value.count)
      }
      append(
        inBin.filter { !isValue($0) }, begin: begin,
        least: max(minimumRows, rows / shares.pieces), minimumRows: minimumRows)
    }
  }

  /// Cuts what a bin has beside frequent values into pieces of at least so many rows.
  private mutating func append(
    _ rest: [CountedUnit], begin: Int, least: Int, minimumRows: Int
  ) {
    var left = rest.reduce(0) { $0 + $1.count }
    let lastLength = rest.reversed().map(\.tally).prefixLength(sharedBy: minimumRows)
    var piece = RowTally()
    starts.append(begin)
    startCounts.append(0)
    for (index, value) in rest.enumerated() {
      if startCounts[startCounts.count - 1] >= least, left >= least, piece.count >= minimumRows,
        let lastLength, rest.count - index >= lastLength
      {
        let border = roundest(above: rest[index - 1].unit, through: value.unit)
        if border > starts[starts.count - 1] {
          starts.append(border)
          startCounts.append(0)
          piece = RowTally()
        }
      }
      piece += value.tally
      startCounts[startCounts.count - 1] += value.count
      left -= value.count
    }
    // Fewer rows than may be kept count as none: their numbers are drawn as values, or anywhere where there are none.
    if piece.count < minimumRows { startCounts[startCounts.count - 1] = 0 }
  }
}
