import NN
import TestSupport
import Testing

@Suite struct GRUTests {
  @Test func sameAsPyTorch() {
    let (stepCount, batchSize, inputSize, hiddenSize) = (6, 3, 5, 4)
    var layout = ParameterLayout()
    let gru = GRU(inputSize: inputSize, hiddenSize: hiddenSize, name: "gru", layout: &layout)
    let (values, gradients) = (ParameterArena(layout), ParameterArena(layout))
    values[gru.input.weight].assign(closedForm(1, inputSize * 3 * hiddenSize, scale: 0.6))
    values[gru.input.bias!].assign(closedForm(2, 3 * hiddenSize, scale: 0.3))
    values[gru.recurrent].assign(closedForm(3, hiddenSize * 3 * hiddenSize, scale: 0.8))
    values[gru.bias].assign(closedForm(4, 3 * hiddenSize, scale: 0.5))

    let tape = Tape(values: values, gradients: gradients)
    let inputs = tape.constant(
      closedForm(5, stepCount * batchSize * inputSize), rows: stepCount * batchSize,
      columns: inputSize)
    let state = tape.constant(
      closedForm(6, batchSize * hiddenSize, scale: 0.9), rows: batchSize, columns: hiddenSize)
    let steps = (0..<stepCount).map {
      tape.rows($0 * batchSize..<($0 + 1) * batchSize, of: inputs)
    }
    let states = gru(steps, state: state, on: tape)
    #expect(states.count == stepCount)
    let elements = states.flatMap { tape.value(of: $0).elements }
    expectClose(elements, GoldenGRU.states, absolute: 5e-7)

    let upstream = closedForm(7, elements.count)
    for (step, state) in states.enumerated() {
      let size = batchSize * hiddenSize
      tape.gradient(of: state).assign(upstream[step * size..<(step + 1) * size])
    }
    tape.backward(from: tape.constant(rows: 1, columns: 1))
    let expected: [(Matrix, [Double])] = [
      (gradients[gru.input.weight], GoldenGRU.inputWeightGradient),
      (gradients[gru.input.bias!], GoldenGRU.inputBiasGradient),
      (gradients[gru.recurrent], GoldenGRU.recurrentGradient),
      (gradients[gru.bias], GoldenGRU.biasGradient),
      (tape.gradient(of: inputs), GoldenGRU.inputsGradient),
      (tape.gradient(of: state), GoldenGRU.stateGradient),
    ]
    for (gradient, golden) in expected {
      expectClose(gradient.elements, golden, absolute: 1e-6, relative: 2e-6)
    }
  }

  @Test func theStateIsZeroUnlessGiven() {
    var layout = ParameterLayout()
    let gru = GRU(inputSize: 3, hiddenSize: 2, name: "gru", layout: &layout)
    let values = ParameterArena(layout)
    var generator = SplitMix64(seed: 1)
    values.buffer.row.assign(generator.normal(layout.elementCount))
    let tape = Tape(values: values)
    let input = tape.constant(generator.tensor(4, 3))
    let implicit = gru([input, input], on: tape)
    let zero = tape.constant(rows: 4, columns: 2)
    let explicit = gru([input, input], state: zero, on: tape)
    #expect(implicit.count == 2)
    for (one, other) in zip(implicit, explicit) {
      #expect(tape.value(of: one).elements == tape.value(of: other).elements)
    }
    #expect(gru([], on: tape).isEmpty)
  }

  @Test func namesAndShapes() {
    var layout = ParameterLayout()
    _ = GRU(inputSize: 5, hiddenSize: 4, name: "gru", layout: &layout)
    _ = FoldedGRU(vocabularySizes: [7, 2], hiddenSize: 3, name: "folded", layout: &layout)
    let shapes = layout.parameters.map { "\($0.name) \($0.rows) \($0.columns)" }
    #expect(
      shapes == [
        "gru.input.weight 5 12", "gru.input.bias 1 12", "gru.recurrent 4 12", "gru.bias 1 12",
        "folded.recurrent 3 9", "folded.bias 1 9", "folded.tables.0 7 9", "folded.tables.1 2 9",
      ])
  }

  /// Two codes of different vocabularies, read one after the other.
  @Test func folded() {
    let sizes = [7, 2]
    let codes: [[Int32]] = [[6, 0, 3, 3, 1], [1, 0, 0, 1, 1]]
    var layout = ParameterLayout()
    let gru = FoldedGRU(vocabularySizes: sizes, hiddenSize: 3, name: "gru", layout: &layout)
    let (values, gradients) = (ParameterArena(layout), ParameterArena(layout))
    var generator = SplitMix64(seed: 2)
    let parameters = gru.tables + [gru.recurrent, gru.bias]
    for parameter in parameters { values[parameter].assign(generator.normal(parameter.count)) }
    let reference = { (inputs: [Dense]) -> Dense in
      codes.indices.reduce(Dense(rows: 5, columns: 3) { _, _ in 0 }) { state, index in
        Reference.gruStep(
          input: Reference.gathered(inputs[index], codes[index]),
          recurrentPart: Reference.product(state, inputs[2]), bias: inputs[3], state: state,
          updateKeeps: false)
      }
    }
    let tensors = parameters.map {
      Tensor(elements: values[$0].elements, rows: $0.rows, columns: $0.columns)
    }

    let tape = Tape(values: values, gradients: gradients)
    let states = gru(
      codes.indices.map { tape.codes(codes[$0], below: sizes[$0]) }, order: [0, 1], on: tape)
    expectClose(
      tape.value(of: states).rows(5..<10).elements, reference(tensors.map(\.dense)).elements,
      absolute: 1e-6)
    let upstream = generator.normal(15)
    tape.backward(from: tape.rows(5..<10, of: states), upstream: upstream)
    expectGradients(
      parameters.map { gradients[$0].elements }, at: tensors.map(\.elements), absolute: 3e-6,
      relative: 3e-6
    ) { moved in
      let dense = zip(moved, tensors).map { Dense($0, rows: $1.rows, columns: $1.columns) }
      return zip(reference(dense).elements, upstream).reduce(0) { $0 + $1.0 * Double($1.1) }
    }
  }
}
