import Foundation
import NN
import Synth
import TestSupport
import Testing

@Suite struct SamplerTests {
  private let network = Network(vocabularySizes: [7, 4], hiddenSize: 5, residualSize: 3)

  private func values() -> ParameterArena {
    let values = ParameterArena(network.layout)
    for (index, parameter) in network.layout.parameters.enumerated() {
      values[parameter].assign(closedForm(Double(index), parameter.count, scale: 0.9))
    }
    return values
  }

  private func softmax(_ logits: [Float]) -> [Double] {
    let highest = Double(logits.max() ?? 0)
    let weights = logits.map { exp(Double($0) - highest) }
    return weights.map { $0 / weights.reduce(0, +) }
  }

  /// The codes of the first rows, column after column.
  private func codes(_ values: ParameterArena, blocks: Int, seed: UInt64) -> [[Int]] {
    let sampler = Sampler(network, values: values, seed: seed)
    var columns = [[Int]](repeating: [], count: network.columnCount)
    for block in 0..<blocks {
      sampler.draw(block: block)
      for column in columns.indices {
        let start = column * Sampler.blockRows
        columns[column] += sampler.codes[start..<start + Sampler.blockRows].map(Int.init)
      }
    }
    return columns
  }

  /// The first column's frequencies are as close as stratified numbers make them: each of 2^k rows has a stratum, so a code's
  /// count differs from its expectation by less than two. The second column's, given the first, stray like those of
  /// independent rows at most.
  @Test func frequenciesAreThoseOfTheSoftmax() {
    let values = values()
    let tape = Tape(values: values)
    tape.isTraining = false
    let zero = tape.constant(rows: 7, columns: 5)
    let first = softmax(
      tape.value(of: network.logits(of: 0, state: zero, on: tape)).rows(0..<1).elements)
    let state = network.next(tape.codes(0..<7, below: 7), of: 0, state: zero, on: tape)
    let secondLogits = tape.value(of: network.logits(of: 1, state: state, on: tape))
    let second = (0..<7).map { softmax(secondLogits.rows($0..<$0 + 1).elements) }
    for seed in 1...5 as ClosedRange<UInt64> {
      let codes = codes(values, blocks: 256, seed: seed)
      let count = Double(codes[0].count)
      for code in 0..<7 {
        let rows = codes[0].indices.filter { codes[0][$0] == code }
        #expect(abs(Double(rows.count) - first[code] * count) < 2, "code \(code)")
        for next in 0..<4 {
          let probability = second[code][next]
          let expected = probability * Double(rows.count)
          let actual = Double(rows.count { codes[1][$0] == next })
          let deviation = (expected * (1 - probability)).squareRoot()
          #expect(abs(actual - expected) < 5 * deviation + 2, "code \(code), then \(next)")
        }
      }
    }
  }

  @Test func suppressedCodesAreNeverDrawn() {
    let values = values()
    values[network.heads[0].bias!][0, 6] = -1e30
    values[network.heads[1].bias!][0, 0] = -1e30
    let codes = codes(values, blocks: 1024, seed: 2)
    #expect(!codes[0].contains(6) && !codes[1].contains(0))
    #expect(Set(codes[0]).count == 6 && Set(codes[1]).count == 3)
  }

  @Test func blocksDependOnTheirNumberAlone() {
    let values = values()
    let sampler = Sampler(network, values: values, seed: 4)
    sampler.draw(block: 9)
    let ninth = sampler.codes
    sampler.draw(block: 0)
    #expect(sampler.codes != ninth)
    let other = Sampler(network, values: values, seed: 4)
    other.draw(block: 9)
    #expect(other.codes == ninth)
  }
}
