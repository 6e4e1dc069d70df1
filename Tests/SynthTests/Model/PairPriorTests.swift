import Foundation
import NN
import Synth
import TestSupport
import Testing

/// What a prior changes in the network's losses and in what is drawn.
@Suite struct PairPriorTests {
  private let network = Network(vocabularySizes: [4, 3, 5], hiddenSize: 6, residualSize: 4)
  private let prior = PairPrior(parents: [nil, 0, 0], vocabularySizes: [4, 3, 5])

  init() {
    prior.table(of: 1)?.assign(closedForm(1, 12, scale: 1.5))
    prior.table(of: 2)?.assign(closedForm(2, 20, scale: 1.5))
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

  /// Those of a network whose biases hold what the prior adds to the logits after one code of the parent.
  private func reference(of column: Int, order: [Int]) -> [Float] {
    let bias = network.heads[column].bias!
    var reference = [Float](repeating: 0, count: PairPriorTests.rows.count)
    for code in 0..<4 {
      let values = values()
      let added = prior.table(of: column)!.rows(code..<code + 1).elements
      values[bias].assign(zip(values[bias].elements, added).map { $0 + $1 })
      let losses = losses(values, order: order, prior: nil)[column]
      for (row, codes) in PairPriorTests.rows.enumerated() where codes[0] == code {
        reference[row] = losses[row]
      }
    }
    return reference
  }

  @Test(arguments: [[0, 1, 2], [0, 2, 1], [1, 0, 2], [2, 0, 1], [1, 2, 0]])
  func lossesAreThoseOfLogitsWithLogRatios(_ order: [Int]) {
    let with = losses(values(), order: order, prior: prior)
    let without = losses(values(), order: order, prior: nil)
    #expect(with[0] == without[0])
    for column in [1, 2] {
      // Where the parent comes later it says nothing.
      if order.firstIndex(of: 0)! > order.firstIndex(of: column)! {
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
      network, values: ParameterArena(network.layout), prior: prior, seed: 5)
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
    for parent in 0..<4 {
      let rows = codes[0].indices.filter { codes[0][$0] == parent }
      #expect(abs(rows.count - 64 * 64) < 2)
      for column in [1, 2] {
        let weights = prior.table(of: column)!.rows(parent..<parent + 1).elements
          .map { exp(Double($0)) }
        for (code, weight) in weights.enumerated() {
          let probability = weight / weights.reduce(0, +)
          let expected = probability * Double(rows.count)
          let drawn = Double(rows.count { codes[column][$0] == code })
          let deviation = (expected * (1 - probability)).squareRoot()
          #expect(abs(drawn - expected) < 5 * deviation + 2, "\(column): \(code) after \(parent)")
        }
      }
    }
  }
}
