import Eval
import NN
import TestSupport
import Testing

@Suite struct NearestTwoTests {
  /// Rows with many equal distances: few different values in each column.
  private func rows(_ count: Int, numbers: Int, codes: Int, steps: Int, seed: UInt64) -> MixedRows {
    var generator = SplitMix64(seed: seed)
    return MixedRows(
      rowCount: count,
      numbers: (0..<numbers).map { _ in
        generator.codes(count, below: steps).map { Float($0) / Float(steps) }
      },
      codes: (0..<codes).map { _ in generator.codes(count, below: 3) })
  }

  private func squaredDistance(_ a: MixedRows, _ i: Int, _ b: MixedRows, _ j: Int) -> Double {
    let numbers = (0..<a.numberCount).reduce(0.0) { sum, column in
      let difference = Double(b.number(j, column)) - Double(a.number(i, column))
      return sum + difference * difference
    }
    return numbers
      + Double((0..<a.codeCount).filter { a.code(i, $0) != b.code(j, $0) }.count)
  }

  /// Sorted by distance, then by row.
  private func expected(_ queries: MixedRows, _ rows: MixedRows, _ range: Range<Int>) -> [[Int]] {
    (0..<queries.rowCount).map { query in
      let distances = range.map { (squaredDistance(queries, query, rows, $0), $0) }
      return Array(distances.sorted { $0 < $1 }.map(\.1).prefix(2))
    }
  }

  @Test(
    arguments: [(6, 9), (1, 0), (0, 1), (2, 1), (0, 4)], [2, 7, 1000] as [Int])
  func sameAsSorting(_ columns: (numbers: Int, codes: Int), _ steps: Int) {
    let queries = rows(
      150, numbers: columns.numbers, codes: columns.codes, steps: steps, seed: 1)
    let others = rows(
      700, numbers: columns.numbers, codes: columns.codes, steps: steps, seed: 2)
    let pool = WorkerPool(threadCount: 2)
    for range in [0..<700, 3..<4, 200..<600, 255..<513, 0..<2] {
      let found = others.nearestTwo(toFirst: 150, of: queries, among: range, pool: pool)
      let expected = expected(queries, others, range)
      #expect(found.map { [$0.first.row, $0.second.row].filter { $0 >= 0 } } == expected)
      for (query, two) in found.enumerated() {
        #expect(
          two.first.squaredDistance
            == squaredDistance(queries, query, others, expected[query][0]))
      }
    }
  }

  @Test func aSearchGoesOnWhereAnotherEnded() {
    let queries = rows(300, numbers: 3, codes: 2, steps: 50, seed: 3)
    let others = rows(900, numbers: 3, codes: 2, steps: 50, seed: 4)
    let pool = WorkerPool(threadCount: 2)
    let whole = others.nearestTwo(toFirst: 200, of: queries, among: 0..<900, pool: pool)
    var parts: [NearestTwo] = []
    for range in [0..<1, 1..<1, 1..<300, 300..<900] {
      parts = others.nearestTwo(
        toFirst: 200, of: queries, among: range, after: parts, pool: pool)
    }
    #expect(parts == whole)
    let alone = WorkerPool(threadCount: 1)
    #expect(
      others.nearestTwo(toFirst: 200, of: queries, among: 0..<900, pool: alone) == whole)
  }

  @Test func aRowIsItsOwnNeighbour() {
    let some = rows(500, numbers: 4, codes: 1, steps: 100_000, seed: 5)
    let pool = WorkerPool(threadCount: 2)
    let found = some.nearestTwo(toFirst: 500, of: some, among: 0..<500, pool: pool)
    #expect(found.map(\.first.row) == Array(0..<500))
    #expect(found.allSatisfy { $0.first.squaredDistance == 0 && $0.second.squaredDistance > 0 })
  }

  @Test func noRowIsNeighbourAmongNone() {
    let some = rows(5, numbers: 1, codes: 1, steps: 3, seed: 6)
    let pool = WorkerPool(threadCount: 1)
    let found = some.nearestTwo(toFirst: 5, of: some, among: 0..<0, pool: pool)
    #expect(found.allSatisfy { $0.first.row == -1 && $0.second.squaredDistance == .infinity })
    let one = some.nearestTwo(toFirst: 5, of: some, among: 2..<3, pool: pool)
    #expect(one.allSatisfy { $0.first.row == 2 && $0.second.row == -1 })
  }
}
