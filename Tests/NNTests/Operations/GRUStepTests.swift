import NN
import TestSupport
import Testing

@Suite struct GRUStepTests {
  private let batchSize = 5
  private let hiddenSize = 4
  private let vocabularySize = 7
  private let codes: [Int32] = [6, 1, 6, 0, 3]
  private let value = Tolerance(absolute: 1e-6)
  private let gradient = Tolerance(absolute: 3e-6, relative: 3e-6)

  /// Input of some rows, recurrent weights, bias, state.
  private func inputs(rows: Int) -> [Tensor] {
    var generator = SplitMix64(seed: 1)
    return [
      generator.tensor(rows, 3 * hiddenSize),
      generator.tensor(hiddenSize, 3 * hiddenSize, deviation: 0.5),
      generator.tensor(1, 3 * hiddenSize, deviation: 0.5),
      generator.tensor(batchSize, hiddenSize),
    ]
  }

  private func reference(
    _ inputs: [Dense], codes: [Int32]? = nil, convention: GRUConvention, state: Dense? = nil
  ) -> Dense {
    let state = state ?? inputs[3]
    return Reference.gruStep(
      input: codes.map { Reference.gathered(inputs[0], $0) } ?? inputs[0],
      recurrentPart: Reference.product(state, inputs[1]), bias: inputs[2], state: state,
      updateKeeps: convention == .updateKeeps)
  }

  @Test(arguments: [GRUConvention.updateKeeps, .updateReplaces])
  func inputMatrix(_ convention: GRUConvention) {
    checkOperation(inputs(rows: batchSize), value: value, gradient: gradient) {
      $0.gruStep(
        input: $1[0], recurrent: $1[1], bias: $1[2], state: $1[3], convention: convention)
    } reference: {
      reference($0, convention: convention)
    }
  }

  @Test(arguments: [GRUConvention.updateKeeps, .updateReplaces])
  func tableAndCodes(_ convention: GRUConvention) {
    checkOperation(inputs(rows: vocabularySize), value: value, gradient: gradient) {
      $0.gruStep(
        input: $1[0], codes: $0.codes(codes, below: vocabularySize), recurrent: $1[1],
        bias: $1[2], state: $1[3], convention: convention)
    } reference: {
      reference($0, codes: codes, convention: convention)
    }
  }

  /// Two steps whose states are written to rows of one container; the second reads the first's from there.
  @Test(arguments: [GRUConvention.updateKeeps, .updateReplaces])
  func sequenceIntoAContainer(_ convention: GRUConvention) {
    let (batchSize, vocabularySize) = (batchSize, vocabularySize)
    let secondCodes: [Int32] = [0, 5, 2, 2, 1]
    checkOperation(inputs(rows: vocabularySize), value: value, gradient: gradient) {
      tape, inputs in
      let states = tape.variable(rows: 3 * batchSize, columns: hiddenSize)
      let slots = (0..<3).map {
        tape.rows($0 * batchSize..<($0 + 1) * batchSize, of: states)
      }
      let zeroRow = tape.constant(rows: 1, columns: hiddenSize)
      _ = tape.addRow(inputs[3], row: zeroRow, into: slots[0])
      for (step, codes) in [codes, secondCodes].enumerated() {
        _ = tape.gruStep(
          input: inputs[0], codes: tape.codes(codes, below: vocabularySize), recurrent: inputs[1],
          bias: inputs[2], state: slots[step], convention: convention, into: slots[step + 1])
      }
      return states
    } reference: { inputs in
      let first = reference(inputs, codes: codes, convention: convention)
      let second = reference(inputs, codes: secondCodes, convention: convention, state: first)
      return Dense(
        inputs[3].elements + first.elements + second.elements, rows: 3 * batchSize,
        columns: hiddenSize)
    }
  }

  @Test func theTwoConventionsAreOneWithUpdateNegated() {
    // 1 - sigmoid(x) = sigmoid(-x): negating everything that makes z exchanges the conventions.
    let inputs = inputs(rows: batchSize)
    let negated = inputs[..<3].map { tensor in
      let elements = tensor.elements.enumerated().map { index, element in
        index % (3 * hiddenSize) / hiddenSize == 1 ? -element : element
      }
      return Tensor(elements: elements, rows: tensor.rows, columns: tensor.columns)
    }
    let tape = Tape.soiled()
    let step = { (tensors: [Tensor], convention: GRUConvention) in
      let variables = tensors.map(tape.constant(_:))
      let next = tape.gruStep(
        input: variables[0], recurrent: variables[1], bias: variables[2], state: variables[3],
        convention: convention)
      return tape.value(of: next).elements
    }
    expectClose(
      step(inputs, .updateKeeps), step(negated + [inputs[3]], .updateReplaces), absolute: 5e-7)
  }
}
