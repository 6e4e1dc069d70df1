import Foundation
import NN
import Synth
import TestSupport
import Testing

@Suite struct SamplerTests {
  private let network = Network(vocabularySizes: [7, 4, 3], hiddenSize: 5, residualSize: 3)

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

  /// What rounding to eight bits does to logits of about one, where the processor draws with rounded weights.
  private let logitRounding = PackedWeights.prefersBFloat16 ? 0x1p-9 : 0

  /// The codes of the first rows, column after column.
  private func codes(_ values: ParameterArena, blocks: Int, seed: UInt64) -> [[Int]] {
    let sampler = Sampler(DrawingModel(network, values: values), seed: seed)
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

  /// The logits of a column by the layers themselves.
  ///
  /// - Parameter read: the codes of the columns before it.
  private func logits(
    of column: Int, state: Variable, read: [[Int32]], on tape: Tape
  ) -> Variable {
    let row = tape.rows(column..<column + 1, of: tape.parameter(network.query))
    var sum = state
    for (earlier, codes) in read.enumerated() {
      // Of the gains of columns 0 and 1 for column 2 the first two rows of its four; of that of column 0 for column 1 the second.
      let gainRow = tape.codes([Int32(4 * column + 2 + earlier - column)], below: 12)
      let candidate = tape.variable(rows: codes.count, columns: 5)
      tape.embed(
        tape.codes(codes, below: network.vocabularySizes[earlier]),
        of: tape.parameter(network.gru.tables[earlier]), firstColumn: 10, into: candidate)
      sum = tape.skip(
        sum, inputs: candidate, gains: tape.parameter(network.skips), gainRows: gainRow)
    }
    return network.heads[column](network.block(sum, query: row, on: tape), on: tape)
  }

  /// The state after a column took its codes, by the layers themselves.
  private func next(_ codes: [Int32], of column: Int, state: Variable, on tape: Tape) -> Variable {
    tape.gruStep(
      input: tape.parameter(network.gru.tables[column]),
      codes: tape.codes(codes, below: network.vocabularySizes[column]),
      recurrent: tape.parameter(network.gru.recurrent), bias: tape.parameter(network.gru.bias),
      state: state, convention: .updateReplaces)
  }

  /// The first column's frequencies are as close as stratified numbers make them: each of 2^k rows has a stratum, so a code's
  /// count differs from its expectation by less than two, and by what the rounding of weights moves the logits. Those of the second and third, given what comes before, stray like
  /// those of independent rows at most.
  @Test func frequenciesAreThoseOfTheSoftmax() {
    let values = values()
    let tape = Tape(values: values)
    tape.isTraining = false
    /// Each row of logits as probabilities.
    func probabilities(_ logits: Variable) -> [[Double]] {
      (0..<logits.rows).map { softmax(tape.value(of: logits).rows($0..<$0 + 1).elements) }
    }
    // All 28 prefixes of two codes: first code index / 4, second code index % 4.
    let firstCodes = (0..<28).map { Int32($0 / 4) }
    let secondCodes = (0..<28).map { Int32($0 % 4) }
    let zero = tape.constant(rows: 28, columns: 5)
    let first = probabilities(logits(of: 0, state: zero, read: [], on: tape))[0]
    let afterFirst = next(firstCodes, of: 0, state: zero, on: tape)
    let second = probabilities(logits(of: 1, state: afterFirst, read: [firstCodes], on: tape))
    let afterSecond = next(secondCodes, of: 1, state: afterFirst, on: tape)
    let third = probabilities(
      logits(of: 2, state: afterSecond, read: [firstCodes, secondCodes], on: tape))
    for seed in 1...5 as ClosedRange<UInt64> {
      let codes = codes(values, blocks: 256, seed: seed)
      let count = Double(codes[0].count)
      for code in 0..<7 {
        let rows = codes[0].indices.filter { codes[0][$0] == code }
        let expected = first[code] * count
        let rounding = logitRounding * expected * (1 - first[code])
        #expect(abs(Double(rows.count) - expected) < 2 + rounding, "code \(code)")
        expectFrequencies(of: codes[1], in: rows, second[4 * code])
        for next in 0..<4 {
          expectFrequencies(
            of: codes[2], in: rows.filter { codes[1][$0] == next }, third[4 * code + next])
        }
      }
    }
  }

  private func expectFrequencies(of codes: [Int], in rows: [Int], _ probabilities: [Double]) {
    for (code, probability) in probabilities.enumerated() {
      let expected = probability * Double(rows.count)
      let actual = Double(rows.count { codes[$0] == code })
      let deviation = (expected * (1 - probability)).squareRoot()
      #expect(abs(actual - expected) < 5 * deviation + 2, "code \(code)")
    }
  }

  @Test func suppressedCodesAreNeverDrawn() {
    let values = values()
    values[network.heads[0].bias!][0, 6] = -1e30
    values[network.heads[1].bias!][0, 0] = -1e30
    let codes = codes(values, blocks: 1024, seed: 2)
    #expect(!codes[0].contains(6) && !codes[1].contains(0))
    #expect(Set(codes[0]).count == 6 && Set(codes[1]).count == 3)
    #expect(Set(codes[2]).count == 3)
  }

  @Test func blocksDependOnTheirNumberAlone() {
    let values = values()
    let sampler = Sampler(DrawingModel(network, values: values), seed: 4)
    sampler.draw(block: 9)
    let ninth = sampler.codes
    sampler.draw(block: 0)
    #expect(sampler.codes != ninth)
    let other = Sampler(DrawingModel(network, values: values), seed: 4)
    other.draw(block: 9)
    #expect(other.codes == ninth)
  }

  /// With balance a block follows the one before it in its run; a run begins anew.
  @Test func balancedRunsDependOnTheirNumberAlone() {
    let values = values()
    func codes(_ sampler: Sampler, _ blocks: Range<Int>) -> [[Int32]] {
      blocks.map {
        sampler.draw(block: $0)
        return sampler.codes
      }
    }
    func sampler() -> Sampler {
      let model = DrawingModel(network, values: values)
      let strata = BalancingStrata(
        shares: network.vocabularySizes.map { Array(repeating: 1, count: $0) })
      return Sampler(model, strata: strata, seed: 4)
    }
    let all = codes(sampler(), 0..<2 * Sampler.runBlocks)
    #expect(codes(sampler(), 0..<3) == Array(all[..<3]))
    #expect(
      codes(sampler(), Sampler.runBlocks..<Sampler.runBlocks + 3).elementsEqual(
        all[Sampler.runBlocks...].prefix(3)))
    let independent = Sampler(DrawingModel(network, values: values), seed: 4)
    #expect(codes(independent, 0..<3) != Array(all[..<3]))
  }

  @Test func balancedBlocksOutOfOrder() async {
    await #expect(processExitsWith: .failure) {
      let network = Network(vocabularySizes: [3, 2], hiddenSize: 5, residualSize: 3)
      let model = DrawingModel(network, values: ParameterArena(network.layout))
      let strata = BalancingStrata(shares: [[1, 1, 1], [1, 1]])
      Sampler(model, strata: strata, seed: 1).draw(block: 2)
    }
  }
}
