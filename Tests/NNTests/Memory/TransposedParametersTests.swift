import NN
import TestSupport
import Testing

@Suite struct TransposedParametersTests {
  @Test func copiesAreTransposesAndGradientsTheSame() {
    var layout = ParameterLayout()
    let layer = Linear(inputSize: 19, outputSize: 35, name: "layer", layout: &layout)
    let values = ParameterArena(layout)
    var generator = SplitMix64(seed: 1)
    values[layer.weight].assign(generator.normal(19 * 35))
    let transposes = TransposedParameters(of: [layer.weight], values: values)
    transposes.refresh(0)
    let copy = transposes[layer.weight]!
    #expect(transposes[layer.bias!] == nil)
    for row in 0..<19 {
      for column in 0..<35 { #expect(copy[column, row] == values[layer.weight][row, column]) }
    }
    let input = generator.tensor(4, 19)
    func inputGradient(_ transposes: TransposedParameters?) -> [Float] {
      let tape = Tape(
        values: values, gradients: ParameterArena(layout), transposes: transposes)
      let x = tape.constant(input)
      tape.backward(from: tape.sum(tape.gelu(layer(x, on: tape))))
      return tape.gradient(of: x).elements
    }
    expectClose(
      inputGradient(transposes), inputGradient(nil).map(Double.init), absolute: 1e-5,
      relative: 1e-5)
  }
}
