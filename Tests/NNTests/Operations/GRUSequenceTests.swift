import NN
import TestSupport
import Testing

@Suite struct GRUSequenceTests {
  private let batchSize = 3
  private let hiddenSize = 4
  private let codes: [[Int32]] = [[4, 0, 4], [1, 1, 0], [2, 5, 3]]
  private let vocabularySizes = [5, 2, 6]

  /// Three tables, recurrent weights, bias.
  private func inputs() -> [Tensor] {
    var generator = SplitMix64(seed: 1)
    let tables = vocabularySizes.map { generator.tensor($0, 3 * hiddenSize) }
    return tables + [
      generator.tensor(hiddenSize, 3 * hiddenSize, deviation: 0.5),
      generator.tensor(1, 3 * hiddenSize, deviation: 0.5),
    ]
  }

  private func reference(_ inputs: [Dense], order: [Int], updateKeeps: Bool) -> Dense {
    var state = Dense(rows: batchSize, columns: hiddenSize) { _, _ in 0 }
    var elements: [Double] = []
    for table in order {
      state = Reference.gruStep(
        input: Reference.gathered(inputs[table], codes[table]),
        recurrentPart: Reference.product(state, inputs[3]), bias: inputs[4], state: state,
        updateKeeps: updateKeeps)
      elements += state.elements
    }
    return Dense(elements, rows: order.count * batchSize, columns: hiddenSize)
  }

  @Test(
    arguments: [GRUConvention.updateKeeps, .updateReplaces], [[0], [0, 1], [0, 1, 2], [2, 0, 2]])
  func statesAndGradients(_ convention: GRUConvention, _ order: [Int]) {
    checkOperation(
      inputs(), value: Tolerance(absolute: 1e-6),
      gradient: Tolerance(absolute: 4e-6, relative: 4e-6)
    ) { tape, variables in
      tape.gruSequence(
        stepCount: order.count, batchSize: batchSize, recurrent: variables[3],
        bias: variables[4], convention: convention
      ) { step in
        let table = order[step]
        return (
          variables[table], tape.codes(codes[table], below: vocabularySizes[table])
        )
      }
    } reference: {
      reference($0, order: order, updateKeeps: convention == .updateKeeps)
    }
  }

  @Test func noStepsGiveNoRows() {
    let tape = Tape.soiled()
    let states = tape.gruSequence(
      stepCount: 0, batchSize: batchSize, recurrent: tape.constant(rows: 2, columns: 6),
      bias: tape.constant(rows: 1, columns: 6), convention: .updateKeeps
    ) { _ in fatalError("no step is there to ask for") }
    #expect(states.rows == 0)
    tape.backward(from: tape.sum(states))
  }
}
