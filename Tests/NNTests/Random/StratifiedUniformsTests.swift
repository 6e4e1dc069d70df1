import NN
import Testing

@Suite struct StratifiedUniformsTests {
  private func numbers(
    seed: UInt64 = 1, purpose: TestPurpose = .order, firstRow: Int, count: Int, column: Int
  ) -> [Float] {
    var numbers = [Float](repeating: .nan, count: count)
    StratifiedUniforms(Philox(seed: seed, purpose: purpose))
      .fill(&numbers, firstRow: firstRow, column: column)
    return numbers
  }

  @Test(arguments: [0, 1, 2, 5, 8, 12]) func oneNumberInEachPart(_ exponent: Int) {
    let count = 1 << exponent
    for block in [0, 1, 7, 1000, 1 << (32 - exponent), 3 << (32 - exponent) + 5] {
      for column in [0, 1, 63] {
        let numbers = numbers(firstRow: block * count, count: count, column: column)
        #expect(numbers.allSatisfy { $0 > 0 && $0 < 1 })
        #expect(Set(numbers.map { Int($0 * Float(count)) }).count == count)
      }
    }
  }

  @Test func piecesAreTheWhole() {
    for firstRow in [0, 1 << 32 - 50] {
      let whole = numbers(firstRow: firstRow, count: 100, column: 3)
      let pieces = [0..<1, 1..<37, 37..<100].flatMap {
        numbers(firstRow: firstRow + $0.lowerBound, count: $0.count, column: 3)
      }
      #expect(whole == pieces)
    }
  }

  @Test func seedsPurposesColumnsAndEpochsDiffer() {
    let all = [
      numbers(firstRow: 0, count: 16, column: 0), numbers(firstRow: 0, count: 16, column: 1),
      numbers(firstRow: 16, count: 16, column: 0),
      numbers(firstRow: 1 << 32, count: 16, column: 0),
      numbers(seed: 2, firstRow: 0, count: 16, column: 0),
      numbers(purpose: .choice, firstRow: 0, count: 16, column: 0),
    ]
    #expect(Set(all).count == all.count)
  }

  /// Over seeds, the number of one cell is uniform: 31 degrees of freedom, one in 10^6 lies above 83.
  @Test(arguments: [(0, 0), (1, 0), (0, 5), (1023, 2)])
  func aCellIsUniformOverSeeds(_ row: Int, _ column: Int) {
    var counts = [Double](repeating: 0, count: 32)
    for seed in 0..<16_000 {
      let number = numbers(seed: UInt64(seed), firstRow: row, count: 1, column: column)[0]
      counts[Int(number * 32)] += 1
    }
    #expect(counts.reduce(0) { $0 + ($1 - 500) * ($1 - 500) / 500 } < 83)
  }

  /// The number of pairs in each cell of an 8 × 8 grid, over seeds, for two columns of the same rows.
  @Test func columnsAreIndependent() {
    var counts = [Double](repeating: 0, count: 64)
    for seed in 0..<2000 {
      let first = numbers(seed: UInt64(seed), firstRow: 64, count: 16, column: 0)
      let second = numbers(seed: UInt64(seed), firstRow: 64, count: 16, column: 1)
      for (a, b) in zip(first, second) { counts[Int(a * 8) * 8 + Int(b * 8)] += 1 }
    }
    // 63 degrees of freedom at most: one in 10^6 lies above 129. Strata make the counts steadier than that.
    #expect(counts.reduce(0) { $0 + ($1 - 500) * ($1 - 500) / 500 } < 129)
  }

  /// The mean of a smooth function over n rows strays like n^-1.5, not like n^-0.5.
  @Test func meansConvergeFast() {
    let errors = (UInt64(0)..<200).map { seed in
      let numbers = numbers(seed: seed, firstRow: 0, count: 256, column: 4)
      let mean = numbers.reduce(0) { $0 + Double($1 * $1) } / 256
      return (mean - 1.0 / 3) * (mean - 1.0 / 3)
    }
    let deviation = (errors.reduce(0, +) / 200).squareRoot()
    // Independent draws would give 0.0186, one draw in each of 256 parts 8.1e-5.
    #expect(deviation < 1.2e-4)
  }
}
