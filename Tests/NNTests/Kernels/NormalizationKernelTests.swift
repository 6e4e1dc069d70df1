import CKernels
import TestSupport
import Testing

@Suite struct NormalizationKernelTests {
  private let rows = 4
  private let epsilon: Float = 1e-3

  private func forward(
    _ set: InstructionSet, width: Int, x: [Float], gain: [Float], bias: [Float]
  ) -> (statistics: [Float], output: [Float]) {
    var output: [Float] = []
    let statistics = written(count: rows * 2) { statistics in
      output = written(count: rows * width) {
        set.kernels.layer_norm_forward(rows, width, epsilon, x, gain, bias, statistics, $0)
      }
    }
    return (statistics, output)
  }

  private func reference(_ inputs: [[Double]]) -> Dense {
    let width = inputs[1].count
    return Reference.layerNorm(
      Dense(inputs[0], rows: rows, columns: width), gain: Dense(inputs[1], rows: 1, columns: width),
      bias: Dense(inputs[2], rows: 1, columns: width), epsilon: Double(epsilon))
  }

  @Test(arguments: InstructionSet.available, oddSizes)
  func forward(_ set: InstructionSet, _ width: Int) {
    var generator = SplitMix64(seed: 1)
    // A mean far from zero, which a variance computed as E[x²] - E[x]² would not survive.
    let x = generator.normal(rows * width, deviation: 2).map { $0 + 100 }
    let (gain, bias) = (generator.normal(width), generator.normal(width))
    let (statistics, output) = forward(set, width: width, x: x, gain: gain, bias: bias)
    let inputs = [x, gain, bias].map { $0.map(Double.init) }
    // The error of a mean near 100 in Float32, over a deviation of at least sqrt(epsilon).
    expectClose(output, reference(inputs).elements, absolute: width == 1 ? 1e-6 : 2e-4)
    let means = (0..<rows).map { row in
      (0..<width).reduce(0) { $0 + Double(x[row * width + $1]) } / Double(width)
    }
    expectClose((0..<rows).map { statistics[2 * $0] }, means, relative: 3e-7)
  }

  @Test(arguments: InstructionSet.available, [2, 3, 17, 33])
  func backward(_ set: InstructionSet, _ width: Int) {
    var generator = SplitMix64(seed: 2)
    let inputs = [
      generator.normal(rows * width), generator.normal(width), generator.normal(width),
    ]
    let upstream = generator.normal(rows * width)
    let (statistics, _) = forward(
      set, width: width, x: inputs[0], gain: inputs[1], bias: inputs[2])
    // All three gradients are added to what is there: a half here.
    let half = { (count: Int) in [Float](repeating: 0.5, count: count) }
    var gain: [Float] = []
    var bias: [Float] = []
    let x = written(over: half(rows * width)) { x in
      gain = written(over: half(width)) { gain in
        bias = written(over: half(width)) { bias in
          set.kernels.layer_norm_backward(
            rows, width, inputs[0], inputs[1], statistics, upstream, x, gain, bias)
        }
      }
    }
    expectGradients(
      [x, gain, bias].map { $0.map { $0 - 0.5 } }, at: inputs, absolute: 5e-6, relative: 1e-5
    ) { inputs in
      zip(reference(inputs).elements, upstream).reduce(0) { $0 + $1.0 * Double($1.1) }
    }
  }
}
