import Foundation
import NN
import Synth
import Tables
import TestSupport
import Testing

/// The conditionals that a trained model has learnt.
@Suite struct LearntConditionalTests {
  private static let (causes, effects, others) = (5, 4, 3)

  /// A table of three columns in which every combination occurs exactly as often as its probability says: the cause
  /// is uneven, the effect depends on it, and the other depends on both.
  private static func table() throws -> Table {
    var rows: [[Int]] = []
    for cause in 0..<causes {
      for effect in 0..<effects {
        for other in 0..<others {
          let isUsual = effect == (cause * 3 + 1) % effects
          let follows = other == (cause + 2 * effect) % others
          let count = 10 * (cause + 2) * (isUsual ? 12 : 2) * (follows ? 4 : 1)
          rows += Array(repeating: [cause, effect, other], count: count)
        }
      }
    }
    var random = SplitMix64(seed: 7)
    rows.shuffle(using: &random)
    return try Table(columns: [
      Column("cause", rows.map { "c\($0[0])" }), Column("effect", rows.map { "e\($0[1])" }),
      Column("other", rows.map { "o\($0[2])" }),
    ])
  }

  private static func generator(_ table: Table, order: ColumnOrder) throws -> Generator {
    try TrainingRun(
      table, options: quickOptions(epochs: 14, order: order), cancellation: Cancellation()
    ).run(progress: { _ in })
  }

  private func softmax(_ logits: [Float]) -> [Double] {
    let weights = logits.map { exp(Double($0)) }
    return weights.map { $0 / weights.reduce(0, +) }
  }

  /// The mean distance in variation, over the rows of the table, of a column's distribution given others from the
  /// table's own.
  private func error(
    _ generator: Generator, _ table: EncodedTable, of column: Int, given known: [Int]
  ) -> Double {
    let conditional = Conditional(generator)
    defer { withExtendedLifetime(conditional) {} }
    let rows = Dictionary(grouping: 0..<table.rowCount) { row in
      known.map { Int(table.columns[$0][row]) }
    }
    var sum = 0.0
    for (codes, rows) in rows {
      var evidence = Evidence(rowCount: 1, columnCount: 3)
      for (column, code) in zip(known, codes) { evidence[0, column] = code }
      let learnt = softmax(conditional.logits(of: column, given: evidence).elements)
      for (code, probability) in learnt.enumerated() {
        let count = rows.count { Int(table.columns[column][$0]) == code }
        sum += abs(probability * Double(rows.count) - Double(count)) / 2
      }
    }
    return sum / Double(table.rowCount)
  }

  private static let questions: [(column: Int, known: [Int])] = [
    (0, [1]), (0, [2]), (0, [1, 2]), (1, [2]), (1, [0, 2]), (2, [1]),
  ]

  /// Columns given later ones are learnt with random orders, and not in table order alone.
  @Test func mixedOrderLearnsEveryConditional() throws {
    let table = try LearntConditionalTests.table()
    let encoded = try TableEncoder(table).table
    let mixed = try LearntConditionalTests.generator(table, order: .mixed)
    let natural = try LearntConditionalTests.generator(table, order: .natural)
    for (column, known) in LearntConditionalTests.questions {
      let error = error(mixed, encoded, of: column, given: known)
      #expect(error < 0.05, "column \(column) given \(known): \(error)")
    }
    for (column, known) in LearntConditionalTests.questions where known.max()! > column {
      let errors = [mixed, natural].map { self.error($0, encoded, of: column, given: known) }
      #expect(errors[1] > 3 * errors[0], "column \(column) given \(known): \(errors)")
    }
  }

  /// Biases for drawing are off by design here, and a category is suppressed: conditionals are those of the trained
  /// weights.
  @Test func calibrationDoesNotReachConditionals() throws {
    let count = 400
    let rare = Column("r", (0..<count).map { $0 < 3 ? "rare" : $0 % 3 == 0 ? "x" : "y" })
    let other = Column("o", (0..<count).map { "o\($0 * $0 % 7 % 3)" })
    let table = try Table(columns: [rare, other])
    let trained = try TrainingRun(
      table, options: quickOptions(epochs: 1), cancellation: Cancellation()
    ).train(progress: { _ in })
    // Calibrated for a table in which the columns have other shares.
    let encoder = try TableEncoder(table)
    let shifted = EncodedTable(
      rowCount: count,
      columns: encoder.table.columns.map { codes in
        codes.indices.map { $0 % 4 == 0 ? codes[$0] : codes[10] }
      })
    let calibrated = trained.calibrated(on: shifted, pool: WorkerPool(threadCount: 2))
    let biases = [trained, calibrated].map(\.drawingBiases)
    for column in 0..<2 {
      let moves = zip(biases[0][column].elements, biases[1][column].elements).map { $1 - $0 }
      #expect(moves.contains { abs($0) > 0.3 }, "column \(column): \(moves)")
      var evidence = Evidence(rowCount: 2, columnCount: 2)
      evidence[1, 1 - column] = 1
      let logits = [trained, calibrated].map { generator in
        let conditional = Conditional(generator)
        return withExtendedLifetime(conditional) {
          conditional.logits(of: column, given: evidence).elements
        }
      }
      #expect(logits[0] == logits[1], "column \(column)")
      #expect(logits[1].allSatisfy { abs($0) < 100 }, "column \(column): \(logits[1])")
    }
    #expect(calibrated.values.buffer.row.elements == trained.values.buffer.row.elements)
    #expect(try calibrated.drawTable(rows: 500) != trained.drawTable(rows: 500))
    #expect(calibrated.columns[0].suppressedCode != nil)
    withExtendedLifetime(biases) {}
  }
}
