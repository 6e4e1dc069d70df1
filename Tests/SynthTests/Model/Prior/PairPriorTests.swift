import Foundation
import NN
import Synth
import TestSupport
import Testing

/// What a prior changes in the network's losses and in what is drawn.
@Suite struct PairPriorTests {
  private let network = Network(vocabularySizes: [4, 3, 5], hiddenSize: 6, residualSize: 4)
  private let prior = PairPrior(parents: [[], [0], [0, 1]], vocabularySizes: [4, 3, 5])

  init() {
    prior.table(of: 1, parent: 0).assign(closedForm(1, 12, scale: 1.5))
    prior.table(of: 2, parent: 0).assign(closedForm(2, 20, scale: 1.5))
    prior.table(of: 2, parent: 1).assign(closedForm(3, 15, scale: 1.5))
  }

  private func values() -> ParameterArena {
    let values = ParameterArena(network.layout)
    for (index, parameter) in network.layout.parameters.enumerated() {
      values[parameter].assign(closedForm(Double(index), parameter.count, scale: 0.7))
    }
    return values
  }

  private static let rows = (0..<24).map { row in [row % 4, row * row % 3, (row * 3 + row / 5) % 5]
  }

  /// The losses of each column in the order of the columns, a row after another.
  private func losses(
    _ values: ParameterArena, order: [Int], prior: PairPrior?
  ) -> [[Float]] {
    let tape = Tape(values: values)
    let codes = network.vocabularySizes.enumerated().map { column, size in
      tape.codes(PairPriorTests.rows.map { Int32($0[column]) }, below: size)
    }
    let all = tape.value(of: network.losses(of: codes, order: order, prior: prior, on: tape))
    let count = PairPriorTests.rows.count
    return (0..<3).map { column in
      let position = order.firstIndex(of: column)!
      return all.rows(position * count..<(position + 1) * count).elements
    }
  }

  /// What the prior adds to the logits of a column after some columns have taken the codes of a row.
  private func added(to column: Int, row: [Int], after visited: some Sequence<Int>) -> [Float] {
    var sum = [Float](repeating: 0, count: network.vocabularySizes[column])
    for (index, parent) in prior.parents[column].enumerated() where visited.contains(parent) {
      let ratios = prior.table(of: column, parent: index).rows(row[parent]..<row[parent] + 1)
      sum = zip(sum, ratios.elements).map { $0 + $1 }
    }
    return sum
  }

  /// Those of a network whose biases hold, row by row, what the prior adds to the logits.
  private func reference(of column: Int, order: [Int]) -> [Float] {
    let bias = network.heads[column].bias!
    let visited = order.prefix { $0 != column }
    return PairPriorTests.rows.enumerated().map { index, row in
      let values = values()
      let added = added(to: column, row: row, after: visited)
      values[bias].assign(zip(values[bias].elements, added).map { $0 + $1 })
      return losses(values, order: order, prior: nil)[column][index]
    }
  }

  @Test(arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [2, 0, 1], [1, 2, 0]])
  func lossesAreThoseOfLogitsWithLogRatios(_ order: [Int]) {
    let with = losses(values(), order: order, prior: prior)
    let without = losses(values(), order: order, prior: nil)
    #expect(with[0] == without[0])
    for column in [1, 2] {
      // A parent that comes later says nothing.
      let visited = order.prefix { $0 != column }
      if !visited.contains(where: prior.parents[column].contains) {
        #expect(with[column] == without[column], "column \(column)")
      } else {
        expectClose(
          with[column], reference(of: column, order: order).map(Double.init), absolute: 1e-5,
          "column \(column)")
        #expect(with[column] != without[column])
      }
    }
    #expect(losses(values(), order: order, prior: .none(network)) == without)
  }

  /// All weights are zero: what is drawn is what the tables say, within what as many rows stray.
  @Test func rowsAreDrawnFromTheTables() {
    let sampler = Sampler(
      DrawingModel(network, values: ParameterArena(network.layout), prior: prior), seed: 5)
    var codes = [[Int]](repeating: [], count: 3)
    for block in 0..<256 {
      sampler.draw(block: block)
      for column in 0..<3 {
        codes[column] += sampler.codes[
          column * Sampler.blockRows..<(column + 1) * Sampler.blockRows
        ]
        .map(Int.init)
      }
    }
    for first in 0..<4 {
      let rows = codes[0].indices.filter { codes[0][$0] == first }
      #expect(abs(rows.count - 64 * 64) < 2)
      expectDrawn(codes, of: 1, in: rows, after: [first])
      for second in 0..<3 {
        expectDrawn(
          codes, of: 2, in: rows.filter { codes[1][$0] == second }, after: [first, second])
      }
    }
  }

  private func expectDrawn(
    _ codes: [[Int]], of column: Int, in rows: [Int], after before: [Int]
  ) {
    let weights = added(to: column, row: before, after: before.indices).map { exp(Double($0)) }
    for (code, weight) in weights.enumerated() {
      let probability = weight / weights.reduce(0, +)
      let expected = probability * Double(rows.count)
      let drawn = Double(rows.count { codes[column][$0] == code })
      let deviation = (expected * (1 - probability)).squareRoot()
      #expect(abs(drawn - expected) < 5 * deviation + 2, "\(column): \(code) after \(before)")
    }
  }
}
