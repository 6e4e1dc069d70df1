import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// Inequalities between columns in any order, of any decimals, with values missing anywhere.
@Suite struct AnyInequalityTests {
  /// Four columns that ascend in every row, shuffled, and the rules that say so.
  private func table(_ random: inout SplitMix64) throws -> (table: Table, rules: [Constraint]) {
    let rows = 80 + Int(random.unit() * 200)
    let isStrict = (0..<3).map { _ in random.unit() < 0.5 }
    let decimals = (0..<4).map { _ in Int(random.unit() * 3) }
    let missing = (0..<4).map { _ in random.unit() < 0.4 ? 0 : random.unit() * 0.4 }
    let spread = 1 + random.unit() * 30
    var columns = [[Double?]](repeating: [], count: 4)
    for _ in 0..<rows {
      var last = random.unit() * 40 - 20
      for column in 0..<4 {
        let scale = [1.0, 10, 100][decimals[column]]
        last += column == 0 ? 0 : random.unit() * random.unit() * spread
        // Rounded up, and beyond what stands before.
        let before = column == 0 ? -.infinity : columns[column - 1].last!!
        last = (last * scale).rounded(.up) / scale
        while last < before || (column > 0 && isStrict[column - 1] && last == before) {
          last = ((last + 1 / scale) * scale).rounded() / scale
        }
        columns[column].append(last)
      }
    }
    for column in 0..<4 {
      for row in 0..<rows where random.unit() < missing[column] { columns[column][row] = nil }
    }
    var order = [0, 1, 2, 3]
    for index in order.indices {
      order.swapAt(index, index + Int(random.unit() * Double(4 - index)))
    }
    let table = try Table(
      columns: order.map { column in
        Column(
          "c\(column)",
          columns[column].map { $0.map { String(format: "%.\(decimals[column])f", $0) } })
      })
    return (
      table,
      (0..<3).map {
        Constraint(.inequality(lower: "c\($0)", upper: "c\($0 + 1)", isStrict: isStrict[$0]))
      }
    )
  }

  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func everyRowObeys(seed: UInt64) async throws {
    var random = SplitMix64(seed: 7_000 + seed)
    let (table, rules) = try table(&random)
    var options = quickOptions(epochs: 1, seed: seed, threadCount: 2)
    options.reading.constraints = rules
    let generator = try await Generator.train(on: table, options: options)
    let drawn = try fields(of: generator.rowsThroughFile(0..<1_500, seed: seed))
    let columns = (0..<4).map { column in
      drawn[table.columnNames.firstIndex(of: "c\(column)")!].map { Double($0) }
    }
    for row in 0..<1_500 {
      var (last, isStrict): (Double?, Bool) = (nil, false)
      for column in 0..<4 {
        if column > 0, case .inequality(_, _, true) = rules[column - 1].condition {
          isStrict = true
        }
        guard let value = columns[column][row] else { continue }
        if let last {
          #expect(
            isStrict ? last < value : last <= value,
            "\(rules), row \(row): \(columns.map { $0[row] as Any })")
        }
        (last, isStrict) = (value, false)
      }
    }
  }
}
