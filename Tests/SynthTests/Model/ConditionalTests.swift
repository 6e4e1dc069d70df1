import Foundation
import NN
import Synth
import Tables
import TestSupport
import Testing

/// The conditional against the tape and the sampler, on a network of fixed weights.
@Suite struct ConditionalTests {
  private let network: Network
  private let prior: PairPrior
  private let values: ParameterArena

  private static let rowCount = Conditional.blockRows
  private static let orders = [
    [0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2], [3, 0, 1, 2],
  ]

  init() {
    let sizes = [7, 4, 3, 5]
    let parents = [[], [0], [0, 1], [2]]
    network = Network(vocabularySizes: sizes, hiddenSize: 6, residualSize: 5)
    prior = PairPrior(parents: parents, vocabularySizes: sizes)
    values = ParameterArena(network.layout)
    for (index, parameter) in network.layout.parameters.enumerated() {
      values[parameter].assign(closedForm(Double(index), parameter.count, scale: 0.9))
    }
    for (column, parents) in parents.enumerated() {
      for index in parents.indices {
        let table = prior.table(of: column, parent: index)
        table.assign(closedForm(Double(column + 3 * index), table.count, scale: 1.5))
      }
    }
  }

  /// Rows of random codes, (C, B).
  private func codes(seed: UInt64) -> [[Int32]] {
    var random = SplitMix64(seed: seed)
    return network.vocabularySizes.map { random.codes(ConditionalTests.rowCount, below: $0) }
  }

  private func evidence(rows: Int = ConditionalTests.rowCount) -> Evidence {
    Evidence(rowCount: rows, columnCount: network.columnCount)
  }

  private func conditional() -> Conditional {
    Conditional(network, values: values, prior: prior)
  }

  /// How far logits of drawing may be from those of training, where the processor rounds weights to eight bits.
  private let tolerance = PackedWeights.prefersBFloat16 ? 0.05 : 1e-5

  /// log(sum(exp(logits))) - logits[code].
  private func loss(_ logits: Matrix, row: Int, code: Int32) -> Double {
    let logits = logits.rows(row..<row + 1).elements.map(Double.init)
    return log(logits.reduce(0) { $0 + exp($1) }) - logits[Int(code)]
  }

  /// The losses of rows that visit the columns in an order: by the tape, in table order of the columns.
  private func tapeLosses(_ codes: [[Int32]], order: [Int]) -> [[Double]] {
    let tape = Tape(values: values)
    tape.isTraining = false
    let onTape = zip(codes, network.vocabularySizes).map { tape.codes($0, below: $1) }
    let all = tape.value(of: network.losses(of: onTape, order: order, prior: prior, on: tape))
    var losses = [[Double]](repeating: [], count: codes.count)
    for (position, column) in order.enumerated() {
      let begin = position * ConditionalTests.rowCount
      losses[column] = all.rows(begin..<begin + ConditionalTests.rowCount).elements
        .map(Double.init)
    }
    return losses
  }

  @Test func inTableOrderItIsTheTape() {
    let (codes, conditional) = (codes(seed: 1), conditional())
    defer { withExtendedLifetime(conditional) {} }
    let expected = tapeLosses(codes, order: [0, 1, 2, 3])
    var evidence = evidence()
    for column in 0..<network.columnCount {
      let logits = conditional.logits(of: column, given: evidence)
      #expect(logits.rows == 64 && logits.columns == network.vocabularySizes[column])
      let losses = codes[column].indices.map { loss(logits, row: $0, code: codes[column][$0]) }
      expectClose(losses, expected[column], absolute: tolerance, "column \(column)")
      for row in 0..<ConditionalTests.rowCount {
        evidence[row, column] = Int(codes[column][row])
      }
    }
  }

  /// Every row of the block visits the columns in an order of its own, and is asked for all of them.
  @Test func everyRowHasAnOrderOfItsOwn() {
    let (codes, conditional) = (codes(seed: 2), conditional())
    defer { withExtendedLifetime(conditional) {} }
    let orders = ConditionalTests.orders
    let expected = orders.map { tapeLosses(codes, order: $0) }
    conditional.reset()
    for step in 0..<network.columnCount {
      for column in 0..<network.columnCount {
        let rows = (0..<ConditionalTests.rowCount).filter {
          orders[$0 % orders.count][step] == column
        }
        let logits = conditional.logits(of: column)
        expectClose(
          rows.map { loss(logits, row: $0, code: codes[column][$0]) },
          rows.map { expected[$0 % orders.count][column][$0] }, absolute: tolerance,
          "step \(step), column \(column)")
      }
      var read = evidence()
      for row in 0..<ConditionalTests.rowCount {
        let column = orders[row % orders.count][step]
        read[row, column] = Int(codes[column][row])
      }
      conditional.read(read)
    }
  }

  /// Rows that know different columns, and different numbers of them, get the same bits as in a block where nothing
  /// else is known.
  @Test func rowsDoNotDependOnOthers() {
    let (codes, conditional) = (codes(seed: 3), conditional())
    defer { withExtendedLifetime(conditional) {} }
    var random = SplitMix64(seed: 4)
    var all = evidence(rows: 50)
    for column in 0..<4 {
      for row in 0..<50 where random.unit() < 0.5 { all[row, column] = Int(codes[column][row]) }
    }
    for column in 0..<4 {
      let together = conditional.logits(of: column, given: all).elements
      let size = network.vocabularySizes[column]
      for row in 0..<50 {
        var alone = evidence(rows: 50)
        for known in 0..<4 { alone[row, known] = all[row, known] }
        let logits = conditional.logits(of: column, given: alone).rows(row..<row + 1).elements
        #expect(logits == Array(together[row * size..<(row + 1) * size]), "\(row), \(column)")
      }
    }
  }

  /// A row that knows the column asked for is answered as if it did not.
  @Test func theColumnAskedForIsNotRead() {
    let (codes, conditional) = (codes(seed: 5), conditional())
    defer { withExtendedLifetime(conditional) {} }
    var (with, without) = (evidence(rows: 9), evidence(rows: 9))
    for row in 0..<9 {
      for column in 0..<4 {
        with[row, column] = Int(codes[column][row])
        without[row, column] = column == 1 ? nil : Int(codes[column][row])
      }
    }
    let logits = conditional.logits(of: 1, given: without).elements
    #expect(conditional.logits(of: 1, given: with).elements == logits)
    #expect(conditional.logits(of: 1, given: evidence(rows: 9)).elements != logits)
  }

  /// The sampler's probabilities, summed over a block, are those of the rows that it drew.
  @Test func inTableOrderItIsTheSampler() {
    let sampler = Sampler(DrawingModel(network, values: values, prior: prior), seed: 6)
    let sums = CodeValues(network)
    sampler.draw(block: 3, addingProbabilitiesTo: sums)
    let conditional = conditional()
    defer { withExtendedLifetime(conditional) {} }
    var evidence = evidence()
    for column in 0..<network.columnCount {
      let logits = conditional.logits(of: column, given: evidence)
      let expected = (0..<logits.columns).map { code in
        (0..<ConditionalTests.rowCount).reduce(0.0) {
          $0 + exp(-loss(logits, row: $1, code: Int32(code)))
        }
      }
      expectClose(
        sums[column].elements.map(Double.init), expected, relative: 1e-5, "column \(column)")
      for row in 0..<ConditionalTests.rowCount {
        evidence[row, column] = Int(sampler.codes[column * Sampler.blockRows + row])
      }
    }
    withExtendedLifetime(sums) {}
  }

  @Test func wrongEvidence() async {
    await #expect(processExitsWith: .failure) {
      let network = Network(vocabularySizes: [3, 2], hiddenSize: 5, residualSize: 3)
      var evidence = Evidence(rowCount: 4, columnCount: 2)
      evidence[3, 1] = 2
      Conditional(network, values: ParameterArena(network.layout)).read(evidence)
    }
    await #expect(processExitsWith: .failure) {
      let network = Network(vocabularySizes: [3, 2], hiddenSize: 5, residualSize: 3)
      var evidence = Evidence(rowCount: 4, columnCount: 2)
      evidence[3, 1] = 1
      let conditional = Conditional(network, values: ParameterArena(network.layout))
      conditional.read(evidence)
      conditional.read(evidence)
    }
  }
}
