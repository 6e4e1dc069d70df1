import CKernels
import NN
import TestSupport
import Testing

/// The residual block as one operation against the same steps in Double. Its parameters' gradients are compared with PyTorch's in
/// ``LayerTests``.
@Suite struct ResidualTests {
  private static let (size, innerSize) = (5, 9)

  private struct Model {
    let block: ResidualBlock
    let values: ParameterArena
    let gradients: ParameterArena

    init(dropout: Float) {
      var layout = ParameterLayout()
      block = ResidualBlock(
        size: size, innerSize: innerSize, dropout: dropout, name: "block", layout: &layout)
      values = ParameterArena(layout)
      gradients = ParameterArena(layout)
      var generator = SplitMix64(seed: 6)
      for parameter in layout.parameters {
        values[parameter].assign(generator.normal(parameter.count))
      }
    }

    func dense(_ parameter: Parameter) -> Dense {
      Dense(values[parameter].elements, rows: parameter.rows, columns: parameter.columns)
    }

    /// The block without its last dropout; `mask` is that of the inner one.
    func reference(_ x: Dense, mask: [Double]) -> Dense {
      let normal = Reference.layerNorm(
        x, gain: dense(block.norm.gain), bias: dense(block.norm.bias), epsilon: 1e-5)
      let inner = Reference.addingRow(
        Reference.product(normal, dense(block.expand.weight)), dense(block.expand.bias!))
      let active = Dense(rows: inner.rows, columns: inner.columns) {
        mask[$0 * inner.columns + $1] * Reference.gelu(inner[$0, $1])
      }
      let outer = Reference.addingRow(
        Reference.product(active, dense(block.contract.weight)), dense(block.contract.bias!))
      return Reference.sum(x, outer)
    }
  }

  /// Mask number `index` after seeding.
  private func mask(_ index: UInt64, count: Int, rate: Float) -> [Double] {
    var mask = [Float](repeating: 1, count: count)
    lk_dropout(count, rate, 77, 5 << 16 + index, &mask, nil)
    return mask.map(Double.init)
  }

  @Test func valueAndGradientsOfInputAndQuery() {
    let model = Model(dropout: 0.3)
    // The dropout after the block is the first that is drawn.
    let outer = mask(1, count: 4 * Self.size, rate: 0.2)
    let inner = mask(2, count: 4 * Self.innerSize, rate: 0.3)
    var generator = SplitMix64(seed: 1)
    let (input, query) = (generator.tensor(4, Self.size), generator.tensor(1, Self.size))
    for hasInput in [true, false] {
      let tape = Tape(values: model.values, gradients: model.gradients)
      tape.seedDropout(Philox(key: 77), stream: 5)
      let variables = [tape.constant(input), tape.constant(query)]
      let result = tape.residual(
        hasInput ? variables[0] : nil, rows: 4, query: variables[1], block: model.block,
        dropout: 0.2)
      func reference(_ inputs: [Dense]) -> Dense {
        let zeros = inputs[0].map { _ in 0 }
        let output = model.reference(
          Reference.addingRow(hasInput ? inputs[0] : zeros, inputs[1]), mask: inner)
        return Dense(rows: 4, columns: Self.size) { outer[$0 * Self.size + $1] * output[$0, $1] }
      }
      expectClose(
        tape.value(of: result).elements, reference([input.dense, query.dense]).elements,
        absolute: 5e-6, relative: 1e-6)
      let upstream = generator.normal(4 * Self.size)
      tape.backward(from: result, upstream: upstream)
      expectGradients(
        variables.map { tape.gradient(of: $0).elements },
        at: [hasInput ? input.elements : input.elements.map { _ in 0 }, query.elements],
        absolute: 1e-5, relative: 1e-5
      ) { moved in
        let dense = [
          Dense(moved[0], rows: 4, columns: Self.size),
          Dense(moved[1], rows: 1, columns: Self.size),
        ]
        return zip(reference(dense).elements, upstream).reduce(0) { $0 + $1.0 * Double($1.1) }
      }
    }
  }
}
