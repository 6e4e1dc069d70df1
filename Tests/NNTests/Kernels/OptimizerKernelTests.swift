import CKernels
import TestSupport
import Testing

@Suite struct OptimizerKernelTests {
  @Test(arguments: InstructionSet.available, oddSizes)
  func average(_ set: InstructionSet, _ size: Int) {
    var generator = SplitMix64(seed: 2)
    let (x, average) = (generator.normal(size), generator.normal(size))
    let moved = written(over: average) { set.kernels.move_average(size, 0.3, x, $0) }
    let expected = zip(x, average).map { Double($1) + 0.3 * (Double($0) - Double($1)) }
    expectClose(moved, expected, absolute: 2e-7, relative: 2e-7)
  }

  @Test(arguments: InstructionSet.available, oddSizes)
  func adamW(_ set: InstructionSet, _ size: Int) {
    var generator = SplitMix64(seed: 1)
    let (gradient, m, weights) = (
      generator.normal(size), generator.normal(size), generator.normal(size)
    )
    let v = generator.uniform(size, in: 0.01...2)
    let (scale, rate, decay, b1, b2): (Float, Float, Float, Float, Float) = (
      0.3, 0.02, 0.1, 0.9, 0.97
    )
    let (c1, c2, epsilon): (Float, Float, Float) = (0.4, 0.2, 1e-3)
    var newM: [Float] = []
    var newV: [Float] = []
    let newWeights = written(over: weights) { weights in
      newM = written(over: m) { m in
        newV = written(over: v) { v in
          set.kernels.adamw(
            size, scale, rate, decay, b1, b2, c1, c2, epsilon, gradient, m, v, weights)
        }
      }
    }
    let g = gradient.map { Double($0) * Double(scale) }
    let expectedM = zip(m, g).map { Double(b1) * Double($0) + (1 - Double(b1)) * $1 }
    let expectedV = zip(v, g).map { Double(b2) * Double($0) + (1 - Double(b2)) * $1 * $1 }
    let expectedWeights = weights.indices.map { index in
      let step =
        expectedM[index] / Double(c1)
        / ((expectedV[index] / Double(c2)).squareRoot() + Double(epsilon))
      return Double(weights[index]) - Double(rate) * (Double(decay) * Double(weights[index]) + step)
    }
    expectClose(newM, expectedM, absolute: 2e-7, relative: 2e-7)
    expectClose(newV, expectedV, absolute: 2e-7, relative: 2e-7)
    expectClose(newWeights, expectedWeights, absolute: 3e-7, relative: 1e-7)
  }
}
