import NN
import Testing

@Suite struct SubnormalTests {
  /// The product of two numbers, which the compiler must not compute.
  @inline(never)
  private func product(_ factors: [Float]) -> Float { factors[0] * factors[1] }

  /// Subnormal results are zero while a computation runs, and what they are before and after it, also where it throws.
  @Test func subnormalNumbersCountAsZero() {
    struct Failure: Error {}
    let factors: [Float] = [1e-30, 1e-10]
    #expect(product(factors) > 0)
    #expect(flushingSubnormals { product(factors) } == 0)
    #expect(flushingSubnormals { product([Float.leastNonzeroMagnitude, 1e20]) } == 0)
    #expect(flushingSubnormals { product([1e-30, 1e10]) } > 0)
    #expect(product(factors) > 0)
    #expect(throws: Failure.self) { try flushingSubnormals { throw Failure() } }
    #expect(product(factors) > 0)
  }
}
