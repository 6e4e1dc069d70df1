import NN
import TestSupport
import Testing

@Suite struct PackedParametersTests {
  /// A layer, a recurrent unit and a residual block give the same values and gradients with packed weights as without, and
  /// follow the values after a refresh.
  ///
  /// In bfloat16 they differ by rounding: an error of 2^-9 in each factor of each product, of which the layers add up a few.
  @Test(arguments: [false, true]) func networksAreTheSame(_ inBFloat16: Bool) {
    var layout = ParameterLayout()
    let gru = FoldedGRU(
      vocabularySizes: [4, 3, 5], hiddenSize: 19, name: "gru", layout: &layout)
    let query = layout.add("query", rows: 1, columns: 19)
    let block = ResidualBlock(
      size: 19, innerSize: 11, dropout: 0.25, name: "block", layout: &layout)
    let head = Linear(inputSize: 19, outputSize: 35, name: "head", layout: &layout)
    let values = ParameterArena(layout)
    let packed = PackedParameters(
      of: [gru.recurrent, block.expand.weight, block.contract.weight, head.weight],
      values: values, inBFloat16: inBFloat16)
    var generator = SplitMix64(seed: 1)
    for parameter in layout.parameters {
      values[parameter].assign(generator.normal(parameter.count, deviation: 0.5))
    }
    for index in packed.parameters.indices { packed.refresh(index) }

    func results(_ packed: PackedParameters?) -> [Float] {
      let gradients = ParameterArena(layout)
      let tape = Tape(values: values, gradients: gradients, packed: packed)
      tape.seedDropout(Philox(seed: 1, purpose: .dropout), stream: 3)
      var generator = SplitMix64(seed: 2)
      let codes = gru.tables.map {
        tape.codes(generator.codes(9, below: $0.rows), below: $0.rows)
      }
      let states = gru(codes, order: [0, 2, 1], on: tape)
      let answers = block(states, query: tape.parameter(query), on: tape)
      let losses = tape.crossEntropy(
        head(answers, on: tape), targets: tape.codes(generator.codes(27, below: 35), below: 35))
      let mean = tape.mean(losses)
      tape.backward(from: mean)
      return tape.value(of: mean).elements + gradients.buffer.row.elements
    }
    let (got, expected) = (results(packed), results(nil))
    guard inBFloat16 && PackedWeights.supportsBFloat16 else {
      expectClose(got, expected.map(Double.init), absolute: 2e-6, relative: 1e-5)
      return
    }
    #expect(got != expected)
    func length(_ numbers: [Float]) -> Double {
      numbers.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
    let error = length(zip(got, expected).map { $0 - $1 })
    #expect(error < 0x1p-7 * length(expected), "an error of \(error / length(expected))")
  }
}
