import CKernels
import Foundation
import TestSupport
import Testing

/// exp, log, tanh and sigmoid against Double over the whole range of Float32. The bounds are those that `kernels.list.h` states.
@Suite struct ElementaryFunctionTests {
  typealias Kernel = (Int, UnsafePointer<Float>?, UnsafeMutablePointer<Float>?) -> Void

  /// Every 997th finite bit pattern of both signs, and edges.
  private static let sample: [Float] = {
    let edges: [Float] = [
      0, -0.0, .leastNonzeroMagnitude, .leastNormalMagnitude, .greatestFiniteMagnitude,
      -.greatestFiniteMagnitude, 0.625, -0.625, Float(0.625).nextDown, 88.37, -87.33654, 88.722,
    ]
    return stride(from: UInt64(0), to: 1 << 32, by: 997)
      .map { Float(bitPattern: UInt32($0)) }.filter(\.isFinite) + edges
  }()

  private func values(_ kernel: Kernel, _ arguments: [Float]) -> [Float] {
    written(count: arguments.count) { kernel(arguments.count, arguments, $0) }
  }

  /// The largest error over the sample, in units in the last place of the exact result, and where it is.
  private func worstError(
    of kernel: Kernel, in range: ClosedRange<Float> = -Float.infinity...Float.infinity,
    exact: (Double) -> Double
  ) -> (error: Double, at: Float) {
    let arguments = Self.sample.filter(range.contains)
    let results = values(kernel, arguments)
    var worst = (error: 0.0, at: Float(0))
    for (argument, result) in zip(arguments, results) {
      let expected = exact(Double(argument))
      let unit = Double(max(Float(expected).ulp, .leastNonzeroMagnitude))
      let error = abs(Double(result) - expected) / unit
      if !(error <= worst.error) { worst = (error, argument) }
    }
    return worst
  }

  @Test(arguments: InstructionSet.available) func exponential(_ set: InstructionSet) {
    let worst = worstError(of: set.kernels.exp, in: -87.33654...88.37, exact: exp)
    #expect(worst.error < 1.1, "at \(worst.at)")
  }

  @Test(arguments: InstructionSet.available) func exponentialBeyondItsRange(_ set: InstructionSet) {
    let below = values(
      set.kernels.exp, [-87.33654, -87.34, -100, -1e30, -.greatestFiniteMagnitude, -.infinity])
    #expect(below.allSatisfy { $0 == below[0] && $0.isNormal && $0 < 1.17552e-38 })
    let above = values(
      set.kernels.exp, [88.37, 88.4, 88.8, 1e30, .greatestFiniteMagnitude, .infinity])
    #expect(above.allSatisfy { $0 == above[0] && $0 > 2.39e38 && $0.isFinite })
  }

  @Test(arguments: InstructionSet.available) func logarithm(_ set: InstructionSet) {
    let arguments = Self.sample.filter { $0 > 0 && $0.isNormal }
    for (argument, result) in zip(arguments, values(set.kernels.log, arguments)) {
      let exact = log(Double(argument))
      let bound = max(Double(Float(exact).ulp), 6e-8)
      if !(abs(Double(result) - exact) <= bound) {
        Issue.record("log(\(argument)) is \(result), not \(exact)")
        return
      }
    }
    #expect(values(set.kernels.log, [1]) == [0])
  }

  @Test(arguments: InstructionSet.available) func hyperbolicTangent(_ set: InstructionSet) {
    let worst = worstError(of: set.kernels.tanh, exact: tanh)
    #expect(worst.error < 1.5, "at \(worst.at)")
    #expect(values(set.kernels.tanh, [-.infinity, 0, .infinity]) == [-1, 0, 1])
  }

  @Test(arguments: InstructionSet.available) func tangentIsOddAndBounded(_ set: InstructionSet) {
    let positive = Self.sample.filter { $0 > 0 }
    let above = values(set.kernels.tanh, positive)
    let below = values(set.kernels.tanh, positive.map { -$0 })
    #expect(zip(above, below).allSatisfy { $0 == -$1 && $0 <= 1 })
  }

  @Test(arguments: InstructionSet.available) func logistic(_ set: InstructionSet) {
    let exact = { (x: Double) in 1 / (1 + exp(-x)) }
    let worst = worstError(of: set.kernels.sigmoid, in: -87.33654 ... .infinity, exact: exact)
    #expect(worst.error < 2.5, "at \(worst.at)")
    #expect(values(set.kernels.sigmoid, [0, 100, .infinity]) == [0.5, 1, 1])
    let tail = values(set.kernels.sigmoid, [-87.4, -89, -100, -1e30, -.infinity])
    #expect(tail.allSatisfy { $0 > 0 && $0 < 1.2e-38 })
  }

  @Test(arguments: InstructionSet.available) func notANumber(_ set: InstructionSet) {
    let infinities: [Float] = [-.infinity, .infinity]
    #expect(values(set.kernels.exp, [.nan])[0] == values(set.kernels.exp, infinities)[0])
    #expect(values(set.kernels.tanh, [.nan])[0] == -1)
    #expect(values(set.kernels.sigmoid, [.nan])[0] == 1)
  }

  @Test(arguments: InstructionSet.available) func everySizeGivesTheSameNumbers(
    _ set: InstructionSet
  ) {
    var generator = SplitMix64(seed: 1)
    let arguments = generator.normal(100, deviation: 4)
    for kernel in [set.kernels.exp!, set.kernels.tanh!, set.kernels.sigmoid!] {
      let whole = values(kernel, arguments)
      for size in oddSizes {
        #expect(values(kernel, Array(arguments.prefix(size))) == Array(whole.prefix(size)))
      }
    }
  }
}
