import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// What a model has to have learnt from a table.
@Suite struct LearningTests {
  @Test func aFunctionOfAnotherColumn() async throws {
    var random = SplitMix64(seed: 11)
    let keys = (0..<3_000).map { _ in Int(random.unit() * 12) }
    // No order of the keys or of the values distinguishes one from the other.
    let table = try Table(columns: [
      Column("key", keys.map { "k\($0)" }), Column("noise", keys.map { _ in random.unit() }),
      Column("value", keys.map { "v\($0 * 7 % 12 / 2)" }),
    ])
    let generator = try await Generator.train(on: table)
    let drawn = try generator.drawTable(rows: 4_000)
    let matching = zip(drawn.columns[0].texts, drawn.columns[2].texts).count { key, value in
      guard let key, let value, let number = Int(key.dropFirst()) else { return false }
      return value == "v\(number * 7 % 12 / 2)"
    }
    #expect(Double(matching) >= 0.99 * 4_000, "\(matching) of 4000")
  }

  /// Shares of 5,000 rows. Those of the training data are themselves estimates with a deviation of sqrt(p (1 - p) / 5000);
  /// the model may stray by four of these and by 0.01 more, the drawn rows by four deviations of their own, which the
  /// stratified numbers keep below that of independent rows.
  @Test func marginalsAndMissingValues() async throws {
    let count = 5_000
    let table = try mixedTable(rows: count, seed: 12)
    // Not every seed's best epoch is as good: training can stop while its steps are still large.
    let generator = try await Generator.train(on: table, options: TrainingOptions(seed: 3))
    let drawn = try generator.drawTable(rows: 20_000)
    func expectShare(_ name: String, _ share: (Table) -> Double) {
      let (expected, actual) = (share(table), share(drawn))
      let variance = expected * (1 - expected)
      let tolerance =
        4 * (variance / Double(count)).squareRoot() + 4 * (variance / 20_000).squareRoot() + 0.01
      #expect(abs(actual - expected) < tolerance, "\(name): \(actual), expected \(expected)")
    }
    for color in Set(table.columns[0].texts) {
      expectShare("color \(color ?? "")") { table in
        Double(table.columns[0].texts.count { $0 == color }) / Double(table.rowCount)
      }
    }
    for limit in [25.0, 40, 60, 75] {
      expectShare("age below \(limit)") { table in
        Double(table.columns[1].numbers.count { $0! < limit }) / Double(table.rowCount)
      }
    }
    for column in [2, 3] {
      expectShare("missing \(table.columns[column].name)") { $0.columns[column].missingShare }
    }
    // Income is missing for half of the reds and a twentieth of the others.
    let missing = { (table: Table, isRed: Bool) -> Double in
      let rows = table.columns[0].texts.indices.filter {
        (table.columns[0].texts[$0] == "red") == isRed
      }
      return Double(rows.count { table.columns[2].numbers[$0] == nil }) / Double(rows.count)
    }
    expectShare("missing among reds") { missing($0, true) }
    expectShare("missing among others") { missing($0, false) }
  }

  /// Numbers that rise with each other do so in what is drawn.
  @Test func dependentNumbers() async throws {
    let table = try mixedTable(rows: 20_000, seed: 13)
    let drawn = try await Generator.train(
      on: table, options: TrainingOptions(modelSize: .medium, order: .natural)
    ).drawTable(rows: 20_000)
    #expect(abs(correlation(drawn) - correlation(table)) < 0.05)
  }

  /// Of age and income.
  private func correlation(_ table: Table) -> Double {
    let pairs = zip(table.columns[1].numbers, table.columns[2].numbers).compactMap {
      first, second in
      second.map { (first!, $0) }
    }
    let count = Double(pairs.count)
    let (meanX, meanY) = (
      pairs.reduce(0) { $0 + $1.0 } / count, pairs.reduce(0) { $0 + $1.1 } / count
    )
    let (sumXY, sumXX, sumYY) = pairs.reduce((0.0, 0.0, 0.0)) { sums, pair in
      let (x, y) = (pair.0 - meanX, pair.1 - meanY)
      return (sums.0 + x * y, sums.1 + x * x, sums.2 + y * y)
    }
    return sumXY / (sumXX * sumYY).squareRoot()
  }
}
