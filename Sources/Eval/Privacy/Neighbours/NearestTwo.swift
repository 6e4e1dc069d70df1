import NN

/// The two closest of some rows to a row.
package struct NearestTwo: Sendable, Equatable {
  /// A row and its squared distance.
  package struct Neighbour: Sendable, Equatable {
    /// -1 if there is none.
    package var row: Int
    /// Infinite if there is none.
    package var squaredDistance: Double

    static let none = Neighbour(row: -1, squaredDistance: .infinity)
  }

  /// The closest row; among equals, the one found first.
  package private(set) var first = Neighbour.none
  /// The closest of the others.
  package private(set) var second = Neighbour.none

  package init() {}

  mutating func insert(_ neighbour: Neighbour) {
    if neighbour.squaredDistance < first.squaredDistance {
      second = first
      first = neighbour
    } else if neighbour.squaredDistance < second.squaredDistance {
      second = neighbour
    }
  }
}

extension MixedRows {
  /// Rows of `queries` in one part of the work.
  private static let partSize = 128

  /// The two rows of a range that are closest to each of the first `count` rows of `queries`.
  ///
  /// Exact: a kernel in Float32 rules out rows that are certainly farther, and the others are measured in Float64 in the
  /// order of the rows. So the result depends neither on the processor nor on the number of threads.
  /// - Parameters:
  ///   - count: Number of queries to search for.
  ///   - queries: Rows with the same columns.
  ///   - range: The rows to search.
  ///   - known: Results of the same queries for rows before the range; empty for none.
  ///   - pool: Divides the work; the result does not depend on it.
  package func nearestTwo(
    toFirst count: Int, of queries: MixedRows, among range: Range<Int>,
    after known: [NearestTwo] = [], pool: WorkerPool
  ) -> [NearestTwo] {
    precondition(
      queries.numberCount == numberCount && queries.codeCount == codeCount,
      "rows of different columns have no distance")
    precondition(
      count <= queries.rowCount && range.lowerBound >= 0 && range.upperBound <= rowCount,
      "\(count) rows of \(queries.rowCount) among rows \(range) of \(rowCount)")
    precondition(known.isEmpty || known.count == count, "\(known.count) known for \(count) rows")
    let partCount = (count + MixedRows.partSize - 1) / MixedRows.partSize
    let results = PartResults<[NearestTwo]>(repeating: [], count: partCount)
    pool.run(partCount) { part in
      let rows = part * MixedRows.partSize..<min(count, (part + 1) * MixedRows.partSize)
      var search = Search(rows, of: queries, known: known.isEmpty ? nil : known[rows])
      search.look(among: range, of: self)
      results[part] = search.found
    }
    return (0..<partCount).flatMap { results[$0] }
  }
}

/// The search for the rows closest to some queries.
private struct Search {
  /// (queries, number columns).
  private let numbers: [Float]
  /// (queries, code columns).
  private let codes: [Int32]
  private let numberCount: Int
  private let codeCount: Int
  private(set) var found: [NearestTwo]

  init(_ rows: Range<Int>, of queries: MixedRows, known: ArraySlice<NearestTwo>?) {
    numbers = queries.numbers(ofRows: rows)
    codes = queries.codes(ofRows: rows)
    numberCount = queries.numberCount
    codeCount = queries.codeCount
    found = known.map(Array.init) ?? Array(repeating: NearestTwo(), count: rows.count)
  }

  mutating func look(among range: Range<Int>, of rows: MixedRows) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: MixedRows.blockSize) { distances in
      rows.forEachBlock(among: range) { look(among: $0, distances: distances) }
    }
  }

  private mutating func look(
    among block: MixedBlock, distances: UnsafeMutableBufferPointer<Float>
  ) {
    numbers.withUnsafeBufferPointer { numbers in
      codes.withUnsafeBufferPointer { codes in
        // If both are copies, nothing can be closer.
        for query in found.indices where found[query].second.squaredDistance > 0 {
          let row = MixedRow(
            numbers: numbers.part(query * numberCount..<(query + 1) * numberCount),
            codes: codes.part(query * codeCount..<(query + 1) * codeCount))
          look(for: query, row, among: block, distances: distances)
        }
      }
    }
  }

  private mutating func look(
    for query: Int, _ row: MixedRow, among block: MixedBlock,
    distances: UnsafeMutableBufferPointer<Float>
  ) {
    var limit = limit(for: query)
    guard block.squaredDistances(to: row, into: distances) <= limit else { return }
    for index in 0..<block.rows.count where distances[index] <= limit {
      let distance = block.squaredDistance(ofRowAt: index, to: row)
      guard distance < found[query].second.squaredDistance else { continue }
      found[query].insert(
        .init(row: block.rows.lowerBound + index, squaredDistance: distance))
      limit = self.limit(for: query)
    }
  }

  /// A rounded squared distance above it is certainly larger than that of the second closest row: the bound of the kernel,
  /// and a rounding each of the distance and of the product.
  private func limit(for query: Int) -> Float {
    let slack = 1 + Float(numberCount + codeCount + 4) * 0x1p-24
    return Float(found[query].second.squaredDistance) * slack
  }
}

extension UnsafeBufferPointer {
  /// The elements of a range, counted from 0.
  fileprivate func part(_ range: Range<Int>) -> UnsafeBufferPointer {
    UnsafeBufferPointer(rebasing: self[range])
  }
}
