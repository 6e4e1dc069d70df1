import Foundation
import NN
import Synth
import TestSupport
import Testing

@Suite struct BalancedDrawsTests {
  private let rows = 64
  /// The second column's probabilities by the first's code.
  private let first: [Float] = [0.5, 0.3, 0.2]
  private let second: [[Float]] = [
    [0.1, 0.2, 0.3, 0.4], [0.7, 0.1, 0.1, 0.1], [0.25, 0.25, 0.4, 0.1],
  ]

  /// Two columns of blocks of rows, drawn with independent numbers.
  private func codes(
    blocks: Int, seed: UInt64, draws: BalancedDraws? = nil
  ) -> [(Int32, Int32)] {
    let draws = draws ?? BalancedDraws(groupStarts: [[0, 1, 2, 3], [0, 1, 2, 3, 4]], rows: rows)
    var generator = SplitMix64(seed: seed)
    let buffer = Buffer(count: rows * 4 + 4)
    var result: [(Int32, Int32)] = []
    for _ in 0..<blocks {
      var columns: [[Int32]] = []
      for column in 0..<2 {
        let width = column == 0 ? 3 : 4
        let logits = buffer.matrix(at: 0, rows: rows, columns: width)
        for row in 0..<rows {
          let probabilities = column == 0 ? first : second[Int(columns[0][row])]
          for code in 0..<width { logits[row, code] = log(probabilities[code]) }
        }
        var codes = [Int32](repeating: -1, count: rows)
        draws.sample(
          column: column, logits, bias: buffer.matrix(at: rows * 4, rows: 1, columns: width),
          uniforms: generator.uniform(rows, in: 0...0.999999), codes: &codes)
        columns.append(codes)
      }
      result += zip(columns[0], columns[1])
    }
    return result
  }

  private func probability(_ a: Int, _ b: Int) -> Double { Double(first[a]) * Double(second[a][b]) }

  /// What the counts of pairs stray from expectation by: the mean square over pairs and seeds, in parts of what independent
  /// rows are expected to.
  @Test func countsOfPairsStrayLittle() {
    let (blocks, seeds) = (64, 40 as UInt64)
    let count = Double(blocks * rows)
    var ratio = 0.0
    for seed in 1...seeds {
      let codes = codes(blocks: blocks, seed: seed)
      for a in 0..<3 {
        for b in 0..<4 {
          let expected = probability(a, b) * count
          let drawn = Double(codes.count { $0.0 == a && $0.1 == b })
          let variance = expected * (1 - probability(a, b))
          ratio += (drawn - expected) * (drawn - expected) / variance / 12 / Double(seeds)
        }
      }
    }
    #expect(ratio < 0.1)
  }

  /// Rows have the probabilities that they are given, wherever they stand: over many seeds the frequencies of a row are those of
  /// independent draws, to five standard deviations.
  @Test(arguments: [0, 7, 63, 64, 300]) func rowsHaveTheirProbabilities(_ row: Int) {
    let seeds = 4000
    var counts: [[Double]] = Array(repeating: Array(repeating: 0, count: 4), count: 3)
    let draws = BalancedDraws(groupStarts: [[0, 1, 2, 3], [0, 1, 2, 3, 4]], rows: rows)
    for seed in 1...seeds {
      draws.reset()
      let pair = codes(blocks: row / rows + 1, seed: UInt64(seed), draws: draws)[row]
      counts[Int(pair.0)][Int(pair.1)] += 1
    }
    for a in 0..<3 {
      for b in 0..<4 {
        let expected = probability(a, b) * Double(seeds)
        #expect(abs(counts[a][b] - expected) < 5 * expected.squareRoot(), "row \(row), \(a), \(b)")
      }
    }
  }

  @Test func resetForgets() {
    let draws = BalancedDraws(groupStarts: [[0, 1, 2, 3], [0, 1, 2, 3, 4]], rows: rows)
    let fresh = codes(blocks: 3, seed: 1, draws: draws)
    let onwards = codes(blocks: 3, seed: 1, draws: draws)
    #expect(!zip(fresh, onwards).allSatisfy { $0 == $1 })
    draws.reset()
    #expect(zip(fresh, codes(blocks: 3, seed: 1, draws: draws)).allSatisfy { $0 == $1 })
  }

  /// Beyond the nearest 32 columns pairs are drawn as they come, and memory grows with the columns alone.
  @Test func manyColumnsAreDrawn() {
    let columns = 70
    let draws = BalancedDraws(groupStarts: Array(repeating: [0, 1, 2], count: columns), rows: rows)
    var generator = SplitMix64(seed: 3)
    let buffer = Buffer(count: rows * 2 + 2)
    for column in 0..<columns {
      let logits = buffer.matrix(at: 0, rows: rows, columns: 2)
      logits.fill(0)
      var codes = [Int32](repeating: -1, count: rows)
      draws.sample(
        column: column, logits, bias: buffer.matrix(at: rows * 2, rows: 1, columns: 2),
        uniforms: generator.uniform(rows, in: 0...0.999999), codes: &codes)
      // 64 throws of a coin, balanced: within three standard deviations of independent throws.
      #expect(abs(codes.count { $0 == 0 } - 32) < 12)
    }
  }
}
