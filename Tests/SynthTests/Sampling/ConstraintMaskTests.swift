import Foundation
import NN
import Synth
import TestSupport
import Testing

/// Drawing from a network of fixed weights under rules.
@Suite struct ConstraintMaskTests {
  private let network = Network(vocabularySizes: [5, 4, 3, 4], hiddenSize: 6, residualSize: 3)

  private func values() -> ParameterArena {
    let values = ParameterArena(network.layout)
    for (index, parameter) in network.layout.parameters.enumerated() {
      values[parameter].assign(closedForm(Double(index), parameter.count, scale: 0.9))
    }
    return values
  }

  private func rows(
    _ rules: [DecisionDiagram], values: ParameterArena? = nil, blocks: Int, seed: UInt64
  ) -> [[Int32]] {
    let sampler = Sampler(
      DrawingModel(network, values: values ?? self.values(), rules: rules), seed: seed)
    return (0..<blocks).flatMap { block -> [[Int32]] in
      sampler.draw(block: block)
      return (0..<Sampler.blockRows).map { row in
        (0..<4).map { sampler.codes[$0 * Sampler.blockRows + row] }
      }
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func everyRowObeysAnyRules(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let sizes = network.vocabularySizes
    let columns = [[0, 1, 2, 3], [0, 2], [1, 3], [2, 3], [0, 1, 3]][Int(random.unit() * 5)]
    let share = random.unit()
    var combinations = columns.reduce([[Int32]]([[]])) { rows, column in
      rows.flatMap { row in (0..<sizes[column]).map { row + [Int32($0)] } }
    }
    let first = combinations[Int(random.unit() * Double(combinations.count))]
    combinations = combinations.filter { $0 == first || random.unit() < share }
    let rule = try #require(DecisionDiagram(columns: columns, combinations: combinations))
    let rows = rows([rule], blocks: 16, seed: seed)
    let allowed = Set(combinations)
    #expect(rows.allSatisfy { row in allowed.contains(columns.map { row[$0] }) })
  }

  /// Where two rules leave column 1 of a row the codes a and b, their odds are what they are without rules.
  @Test func oddsOfWhatIsAllowedStay() throws {
    let combinations: [[Int32]] = [[0, 1], [0, 3], [1, 0], [1, 2], [1, 3], [3, 2]]
    let rule = try #require(DecisionDiagram(columns: [0, 1], combinations: combinations))
    let other = try #require(DecisionDiagram(columns: [2], combinations: [[0], [2]]))
    let free = rows([], blocks: 4_000, seed: 3)
    let ruled = rows([rule, other], blocks: 4_000, seed: 4)
    #expect(Set(ruled.map { Array($0[0..<2]) }) == Set(combinations))
    #expect(Set(ruled.map { $0[2] }) == [0, 2] && Set(ruled.map { $0[3] }) == [0, 1, 2, 3])
    func odds(_ rows: [[Int32]], _ first: Int32, _ a: Int32, _ b: Int32) -> Double {
      let count = { (code: Int32) in Double(rows.count { $0[0] == first && $0[1] == code }) }
      return log(count(a) / count(b))
    }
    for (first, a, b) in [(0, 1, 3), (1, 0, 2), (1, 2, 3), (1, 0, 3)] as [(Int32, Int32, Int32)] {
      #expect(abs(odds(free, first, a, b) - odds(ruled, first, a, b)) < 0.06, "\(first) \(a) \(b)")
    }
  }

  /// Weights that are finite, but whose products are not.
  @Test(arguments: [3e38, -3e38, 1e30] as [Float])
  func rowsObeyWhereLogitsOverflow(weight: Float) throws {
    let values = ParameterArena(network.layout)
    values.buffer.row.fill(weight)
    let combinations: [[Int32]] = [[0, 1], [1, 3], [4, 0]]
    let rule = try #require(DecisionDiagram(columns: [0, 1], combinations: combinations))
    let rows = rows([rule], values: values, blocks: 4, seed: 6)
    #expect(rows.allSatisfy { combinations.contains(Array($0[0..<2])) })
  }

  /// A rule that allows all draws what no rule draws.
  @Test func aRuleThatAllowsAllChangesNothing() throws {
    let sizes = network.vocabularySizes
    let all = (0..<sizes[1] * sizes[3]).map { [Int32($0 / sizes[3]), Int32($0 % sizes[3])] }
    let rule = try #require(DecisionDiagram(columns: [1, 3], combinations: all))
    #expect(rows([rule], blocks: 8, seed: 5) == rows([], blocks: 8, seed: 5))
  }
}
