import Foundation
import NN
import Synth
import Tables
import TestSupport
import Testing

/// Rows that are drawn from a generator are balanced in runs of 4,096.
@Suite struct BalanceTests {
  private static let runRows = Sampler.runBlocks * Sampler.blockRows

  /// Four columns of categories that depend on each other.
  private func table() throws -> Table {
    var random = SplitMix64(seed: 12)
    let rows = (0..<600).map { _ -> [Int] in
      let first = Int(random.unit() * random.unit() * 4)
      let second = (first + Int(random.unit() * 3)) % 5
      let third = (second * 2 + Int(random.unit() * random.unit() * 6)) % 6
      return [first, second, third, (first + third + Int(random.unit() * 2)) % 3]
    }
    return try Table(
      columns: (0..<4).map { column in
        Column("c\(column)", rows.map { "v\($0[column])" })
      })
  }

  /// The probability of every combination of codes, the last column's running fastest.
  private func probabilities(_ generator: Generator) -> [([Int], Double)] {
    let conditional = Conditional(generator)
    return withExtendedLifetime(conditional) {
      var all: [([Int], Double)] = [([], 1)]
      for (column, encoder) in generator.columns.enumerated() {
        all = all.flatMap { codes, probability in
          var evidence = Evidence(rowCount: 1, columnCount: generator.columns.count)
          for (known, code) in codes.enumerated() { evidence[0, known] = code }
          let weights = conditional.logits(of: column, given: evidence).elements.map {
            exp(Double($0))
          }
          let sum = weights.reduce(0, +)
          return (0..<encoder.vocabularySize).map {
            (codes + [$0], probability * weights[$0] / sum)
          }
        }
      }
      return all
    }
  }

  /// The levels of each column, by their codes.
  private func levels(_ generator: Generator) -> [[String]] {
    generator.columns.map { column in
      guard case .category(let category) = column.kind else { return [] }
      return category.levels.compactMap { if case .text(let text) = $0 { text } else { nil } }
    }
  }

  /// How far the counts of the values of some columns are from what the model expects: the square root of the sum of
  /// the squares, as a part of what it is for independent draws on average.
  private func deviation(
    _ rows: [[String]], _ columns: [Int], levels: [[String]],
    probabilities: [([Int], Double)]
  ) -> Double {
    var expected: [[String]: Double] = [:]
    for (codes, probability) in probabilities {
      expected[columns.map { levels[$0][codes[$0]] }, default: 0] += probability
    }
    let count = Double(rows[0].count)
    var counts: [[String]: Double] = [:]
    for row in rows[0].indices { counts[columns.map { rows[$0][row] }, default: 0] += 1 }
    var (squares, variances) = (0.0, 0.0)
    for (values, share) in expected {
      squares += pow(counts[values, default: 0] - count * share, 2)
      variances += count * share * (1 - share)
    }
    return (squares / variances).squareRoot()
  }

  /// Counts of values and of pairs are off by a small part of what independent draws are off by, in every run, whatever
  /// the number of threads: by a quarter at most here, and without balance by four fifths on average.
  @Test func countsAreCloserThanIndependentDraws() throws {
    let generator = try TrainingRun(
      table(), options: quickOptions(epochs: 4), cancellation: Cancellation()
    ).train(progress: { _ in })
    let (levels, probabilities) = (levels(generator), probabilities(generator))
    for run in 0..<3 {
      let first = run * BalanceTests.runRows
      let rows = try fields(
        of: generator.drawTable(
          rows: first..<first + BalanceTests.runRows, seed: 5, threadCount: 1 + run))
      for column in 0..<4 {
        for columns in [[column]] + (0..<column).map({ [$0, column] }) {
          let deviation = deviation(
            rows, columns, levels: levels, probabilities: probabilities)
          #expect(deviation < 0.35, "run \(run), columns \(columns)")
        }
      }
    }
  }
}
