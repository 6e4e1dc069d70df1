import Foundation
import Synth
import Tables
import TestSupport
import Testing

@Suite struct DeltaCodingTests {
  // MARK: Steps

  @Test func stepsAreSharesOfTheEarlierNumber() {
    for (number, step) in [
      (1000, 0), (1001, 1), (1002, 1), (1003, 2), (1005, 2), (1008, 3), (1015, 4), (1050, 5),
      (1051, nil), (999, -1), (996, -2), (991, -3), (981, -4), (950, -5), (949, nil), (-1000, nil),
    ] as [(Double, Int?)] {
      #expect(DeltaCoding.step(from: 1000, to: number) == step, "\(number)")
      // What is below a negative number is farther from zero.
      #expect(DeltaCoding.step(from: -1000, to: -number) == step.map { -$0 }, "\(-number)")
    }
    #expect(DeltaCoding.step(from: 0, to: 0) == 0 && DeltaCoding.step(from: 0, to: 1) == nil)
    #expect(
      DeltaCoding.step(from: .nan, to: 1) == nil && DeltaCoding.step(from: 1e-300, to: 1e300) == nil
    )
  }

  @Test func numbersLieInTheirStep() {
    var random = SplitMix64(seed: 5)
    for step in DeltaCoding.allSteps {
      for sign in [-1, 1] {
        let earlier = sign * (100_000 + Int(random.unit() * 1e9))
        for position in [0.001, random.unit(), 0.999] {
          let number = DeltaCoding.number(step, from: earlier, position: position)
          #expect(DeltaCoding.step(from: Double(earlier), to: Double(number)) == step)
        }
      }
      // Never the same number but in the step for that.
      #expect((DeltaCoding.number(step, from: 3, position: 0) == 3) == (step == 0))
    }
  }

  // MARK: Columns

  /// An amount, one that a fifth of the rows repeat and a tenth exceed a little, and one of its own.
  private func amounts(_ count: Int, missingShare: Double = 0) throws -> Table {
    var random = SplitMix64(seed: 71)
    var (first, second, other): ([Int?], [Int], [Int]) = ([], [], [])
    for _ in 0..<count {
      let amount = Int(pow(10, 3 + 3 * random.unit()))
      let own = Int(pow(10, 3 + 3 * random.unit()))
      let kind = random.unit()
      first.append(random.unit() < missingShare ? nil : amount)
      second.append(kind < 0.2 ? amount : kind < 0.3 ? amount + amount / 300 : own)
      other.append(Int(pow(10, 3 + 3 * random.unit())))
    }
    return try Table(columns: [
      Column("first", first), Column("other", other), Column("second", second),
    ])
  }

  private func deltaCodings(_ encoder: TableEncoder) -> [DeltaCoding?] {
    encoder.columns.map {
      guard case .number(let number) = $0.kind else { return nil }
      return number.delta
    }
  }

  @Test func columnsThatFollowAreFound() throws {
    let table = try amounts(4000)
    let encoder = try TableEncoder(table)
    #expect(deltaCodings(encoder) == [nil, nil, DeltaCoding(column: 0, steps: [0, 2])])
    guard case .number(let number) = encoder.columns[2].kind else { return }
    let (first, second) = (table.columns[0].numbers, table.columns[2].numbers)
    for row in 0..<4000 {
      let step = DeltaCoding.step(from: first[row]!, to: second[row]!)
      let expected =
        step == 0
        ? number.rangeCount
        : step == 2 ? number.rangeCount + 1 : number.code(of: Int(second[row]!))
      #expect(Int(encoder.table.columns[2][row]) == expected)
    }
    #expect(encoder.columns[2].midRanks?[number.rangeCount] == .some(nil))
  }

  /// Numbers that are alike in any two rows follow nobody.
  @Test func columnsThatAreAlikeByChanceDoNotFollow() throws {
    var random = SplitMix64(seed: 72)
    func years() -> [Double] {
      (0..<3000).map { _ in 1990 + (random.unit() * 3000).rounded() / 100 }
    }
    let table = try Table(columns: [Column("from", years()), Column("to", years())])
    let encoder = try TableEncoder(table)
    #expect(deltaCodings(encoder) == [nil, nil])
  }

  @Test func drawnRowsFollowAsOften() throws {
    let table = try amounts(3000, missingShare: 0.1)
    // Apart from what it follows the table is noise, of which one epoch would be enough.
    let plan = try TrainingPlan.withoutRefit(rowCount: 3000, heldOut: 0, quickOptions(epochs: 6))
    let run = try TrainingRun(
      table, options: quickOptions(), plan: plan, cancellation: Cancellation())
    let generator = try run.run(progress: { _ in })
    let drawn = try generator.drawTable(rows: 4000, seed: 3)
    func shares(_ table: Table) -> [Double] {
      let pairs = zip(table.columns[0].numbers, table.columns[2].numbers)
      let steps = pairs.compactMap { first, second in
        first.flatMap { DeltaCoding.step(from: $0, to: second!) }
      }
      return [0, 2].map { step in Double(steps.count { $0 == step }) / Double(table.rowCount) }
    }
    expectClose(shares(drawn), shares(table), absolute: 0.03)
    // Through a file, and part by part, the same.
    let read = try generator.rowsThroughFile(100..<400, seed: 3, threadCount: 2)
    for (all, part) in zip(drawn.columns, read.columns) {
      #expect(Array(all.numbers[100..<400]) == part.numbers)
    }
  }

  @Test func whatFollowsStaysBetweenTheEnds() throws {
    let encoder = try TableEncoder(amounts(4000))
    let decoder = CellDecoder(encoder.columns[2], column: 2, seed: 1)
    guard case .number(let number) = encoder.columns[2].kind else { return }
    let ends = Double(number.edges.first!)...Double(number.edges.last! - 1)
    let code = number.rangeCount
    #expect(decoder.number(of: code, row: 0, reference: 200_000) == 200_000)
    #expect(decoder.number(of: code, row: 0, reference: 1e300) == ends.upperBound)
    #expect(decoder.number(of: code, row: 0, reference: -5) == ends.lowerBound)
    for row in 0..<100 {
      let above = decoder.number(of: code + 1, row: row, reference: 200_000)
      #expect(DeltaCoding.step(from: 200_000, to: above) == 2)
      // Where there is nothing to follow, any number of the column.
      #expect(ends.contains(decoder.number(of: code, row: row, reference: .nan)))
    }
  }
}
