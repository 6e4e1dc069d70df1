import NN
import TestSupport
import Testing

@Suite struct LayerNormTests {
  private let value = Tolerance(absolute: 2e-6)
  private let gradient = Tolerance(absolute: 5e-6, relative: 5e-6)

  private func inputs(_ rows: Int, _ columns: Int, deviation: Float) -> [Tensor] {
    var generator = SplitMix64(seed: 1)
    return [
      generator.tensor(rows, columns, deviation: deviation), generator.tensor(1, columns),
      generator.tensor(1, columns),
    ]
  }

  @Test(arguments: [(4, 7), (7, 4), (1, 33), (3, 16)])
  func defaultEpsilon(_ rows: Int, _ columns: Int) {
    checkOperation(inputs(rows, columns, deviation: 1), value: value, gradient: gradient) {
      $0.layerNorm($1[0], gain: $1[1], bias: $1[2])
    } reference: {
      Reference.layerNorm($0[0], gain: $0[1], bias: $0[2], epsilon: 1e-5)
    }
  }

  @Test func largeEpsilonShrinks() {
    checkOperation(inputs(4, 7, deviation: 0.5), value: value, gradient: gradient) {
      $0.layerNorm($1[0], gain: $1[1], bias: $1[2], epsilon: 0.7)
    } reference: {
      Reference.layerNorm($0[0], gain: $0[1], bias: $0[2], epsilon: 0.7)
    }
  }

  @Test func constantRowsGiveTheBias() {
    let tape = Tape.soiled()
    let bias: [Float] = [1, -2, 3]
    let result = tape.layerNorm(
      tape.constant(4.5, rows: 2, columns: 3), gain: tape.constant(7, rows: 1, columns: 3),
      bias: tape.constant(bias, rows: 1, columns: 3))
    #expect(tape.value(of: result).elements == bias + bias)
  }
}
