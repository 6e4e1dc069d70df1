import Tables

/// The distribution of a column's numbers inside its bins: pieces of bins with their rows, and single values that many rows of a
/// bin have. Both have at least as many rows as must share a value.
package struct BinHistogram: Codable, Equatable, Sendable {
  /// The first unit of each piece, ascending; every bin begins with one. A piece ends where the next begins.
  package private(set) var starts: [Int] = []
  /// The rows in each piece without those that have one of ``values``.
  package private(set) var startCounts: [Int] = []
  /// Units of values, ascending.
  package private(set) var values: [Int] = []
  /// The rows of each value.
  package private(set) var valueCounts: [Int] = []
  /// How the numbers of the pieces heap on round numbers; nil if they do not.
  package private(set) var heaping: Heaping?

  /// The approximate share of a piece in its bin, and the minimum share of a single value. Pieces are larger if counts come from a
  /// sample.
  private static func shares(isExact: Bool) -> (pieces: Int, values: Int) {
    isExact ? (8, 32) : (2, 4)
  }

  /// - Parameters:
  ///   - counted: the values in bins, ascending, with their rows.
  ///   - edges: the borders of the bins.
  ///   - spikes: values with codes of their own, ascending.
  ///   - minimumRows: the fewest rows that a piece may hold.
  ///   - isExact: whether a row was seen for every count.
  init(
    _ counted: [CountedUnit], edges: [Int], spikes: [Int], minimumRows: Int, isExact: Bool
  ) {
    let shares = BinHistogram.shares(isExact: isExact)
    var index = counted.partitioningIndex { $0.unit >= edges[0] }
    var rests: [[CountedUnit]] = []
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
      rests.append(inBin.filter { !isValue($0) })
      append(
        rests[rests.count - 1], begin: begin, least: max(minimumRows, rows / shares.pieces),
        minimumRows: minimumRows)
    }
    let excluded = drawnApart(from: spikes)
    let bins = zip(rests, zip(edges, edges.dropFirst())).map { rest, bin in
      pieces(of: bin.0..<bin.1).map { units, _ in
        let first = rest.partitioningIndex { $0.unit >= units.lowerBound }
        let end = rest.partitioningIndex { $0.unit >= units.upperBound }
        return Heaping.Piece(
          units: units, excluded: excluded.slice(within: units), numbers: rest[first..<end])
      }
    }
    heaping = Heaping(of: bins, minimumRows: minimumRows)
  }

  /// The pieces of a bin with their rows.
  func pieces(of bin: Range<Int>) -> [(units: Range<Int>, count: Int)] {
    let inside = starts.indices(within: bin)
    return inside.map { index in
      let end = index + 1 < inside.upperBound ? starts[index + 1] : bin.upperBound
      return (starts[index]..<end, startCounts[index])
    }
  }

  /// The spikes and ``values``, ascending: numbers that are not drawn in pieces.
  func drawnApart(from spikes: [Int]) -> [Int] { (spikes + values).sorted() }

  /// Cuts the part of a bin without frequent values into pieces with enough rows.
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
    // Too few rows count as none: their numbers are drawn as the bin's values, or anywhere if it has none.
    if piece.count < minimumRows { startCounts[startCounts.count - 1] = 0 }
  }
}

extension [Int] {
  /// The indices of ascending numbers that lie in a range.
  func indices(within range: Range<Int>) -> Range<Int> {
    partitioningIndex { $0 >= range.lowerBound }..<partitioningIndex { $0 >= range.upperBound }
  }

  func slice(within range: Range<Int>) -> ArraySlice<Int> { self[indices(within: range)] }
}
