import NN
import Synth
import Tables
import TestSupport
import Testing

@Suite struct CalibrationTests {
  private func trained(_ table: Table) throws -> Generator {
    try TrainingRun(
      table, options: quickOptions(epochs: 1, batchSize: 32), cancellation: Cancellation()
    ).train(progress: { _ in })
  }

  /// Head biases that are off by up to a half.
  private func disturb(_ generator: Generator) {
    for (column, head) in generator.network.heads.enumerated() {
      guard let bias = head.bias else { continue }
      let errors = closedForm(Double(column), bias.count, scale: 0.5)
      for code in 0..<bias.count { generator.values[bias][0, code] += errors[code] }
    }
  }

  /// The share of every code among 8,192 rows of a seed, column after column.
  private func shares(_ generator: Generator, seed: UInt64) throws -> [[Double]] {
    let table = try generator.drawTable(rows: 8_192, seed: seed)
    let encoder = try fields(of: table)
    return encoder.map { column in
      let counts = Dictionary(column.map { ($0, 1.0) }, uniquingKeysWith: +)
      return counts.sorted { $0.key < $1.key }.map { $0.value / 8_192 }
    }
  }

  /// A table of three columns of categories that depend on each other.
  private func table(rows: Int) throws -> Table {
    var random = SplitMix64(seed: 11)
    let first = (0..<rows).map { _ in Int(random.unit() * random.unit() * 4) }
    let second = first.map { ($0 + Int(random.unit() * 2)) % 5 }
    let third = second.map { $0 > 1 ? "yes" : "no" }
    return try Table(columns: [
      Column("a", first.map { "a\($0)" }), Column("b", second.map { "b\($0)" }),
      Column("c", third),
    ])
  }

  /// Columns are drawn as the table has them, for rows of any seed, within what 8,192 rows stray by themselves and
  /// what the rounds leave of errors as large as these.
  @Test(arguments: [1, 2, 3])
  func drawnColumnsAreDistributedAsTheTable(seed: UInt64) throws {
    let table = try table(rows: 600)
    let generator = try trained(table)
    disturb(generator)
    let expected = try fields(of: table).map { column in
      let counts = Dictionary(column.map { ($0, 1.0) }, uniquingKeysWith: +)
      return counts.sorted { $0.key < $1.key }.map { $0.value / 600 }
    }
    let encoder = try TableEncoder(table)
    let pool = WorkerPool(threadCount: 2)
    let before = try shares(generator, seed: seed)
    let after = try shares(generator.calibrated(on: encoder.table, pool: pool), seed: seed)
    for (column, target) in expected.enumerated() {
      func error(_ shares: [Double]) -> Double {
        zip(shares, target).reduce(0) { $0 + abs($1.0 - $1.1) / 2 }
      }
      #expect(after[column].count == target.count)
      #expect(error(after[column]) < 0.015, "column \(column): \(after[column]), \(target)")
      #expect(error(before[column]) > 2 * error(after[column]), "column \(column)")
    }
  }

  /// The biases for drawing move, by the same numbers with any thread count, and the trained weights do not; a rare
  /// category is still not drawn.
  @Test func biasesForDrawingAloneMove() throws {
    let rare = Column("r", (0..<300).map { $0 < 3 ? "rare" : $0 % 2 == 0 ? "x" : "y" })
    let other = Column("o", (0..<300).map { "o\($0 % 3)" })
    let table = try Table(columns: [rare, other])
    let generator = try trained(table)
    disturb(generator)
    let encoder = try TableEncoder(table)
    let results = [1, 3].map {
      generator.calibrated(on: encoder.table, pool: WorkerPool(threadCount: $0))
    }
    let biases = results.map(\.drawingBiases)
    for column in 0..<2 {
      #expect(biases[0].elements(of: column) == biases[1].elements(of: column))
      #expect(biases[0].elements(of: column) != generator.drawingBiases.elements(of: column))
    }
    #expect(results[0].values.buffer.row.elements == generator.values.buffer.row.elements)
    #expect(try shares(results[0], seed: 5)[0].count == 2)
  }
}
