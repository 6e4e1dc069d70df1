import CKernels
import TestSupport
import Testing

@Suite struct ElementwiseKernelTests {
  @Test(arguments: InstructionSet.available, oddSizes)
  func add(_ set: InstructionSet, _ size: Int) {
    var generator = SplitMix64(seed: 1)
    let (x, y) = (generator.normal(size), generator.normal(size))
    #expect(written(over: y) { set.kernels.add(size, x, $0) } == zip(x, y).map(+))
  }

  @Test(arguments: InstructionSet.available, oddSizes)
  func addProduct(_ set: InstructionSet, _ size: Int) {
    var generator = SplitMix64(seed: 3)
    let (a, b, y) = (generator.normal(size), generator.normal(size), generator.normal(size))
    let result = written(over: y) { set.kernels.add_product(size, a, b, $0) }
    let expected = y.indices.map { Double(y[$0]) + Double(a[$0]) * Double(b[$0]) }
    expectClose(result, expected, absolute: 5e-7, relative: 1e-7)
  }

  @Test(arguments: InstructionSet.available, oddSizes)
  func drainedSources(_ set: InstructionSet, _ size: Int) {
    var generator = SplitMix64(seed: 4)
    let offset = 5
    for count in [1, 2, 5] {
      let sources = (0..<count).map { _ in generator.normal(offset + size) }
      var joined = sources.flatMap { $0 }
      let result = joined.withUnsafeMutableBufferPointer { joined in
        let pointers: [UnsafeMutablePointer<Float>?] = (0..<count).map {
          joined.baseAddress! + $0 * (offset + size)
        }
        return written(count: size) {
          set.kernels.sum_and_clear(size, count, pointers, offset, $0)
        }
      }
      // The order of additions is stated, so every bit is.
      let expected = (0..<size).map { index in
        sources.dropFirst().reduce(sources[0][offset + index]) { $0 + $1[offset + index] }
      }
      #expect(result == expected)
      // What lies before the offset stays, the rest is cleared.
      let left = sources.flatMap { $0.prefix(offset) + [Float](repeating: 0, count: size) }
      #expect(joined == left)
    }
  }

  /// Sizes around the blocks of 1024 too.
  private static let sumSizes = oddSizes + [0, 1023, 1024, 1025, 2048, 5000]

  @Test(arguments: InstructionSet.available, sumSizes)
  func sum(_ set: InstructionSet, _ size: Int) {
    var generator = SplitMix64(seed: 5)
    let x = generator.normal(size)
    let expected = x.reduce(0) { $0 + Double($1) }
    let terms = x.reduce(0) { $0 + Double(abs($1)) }
    expectClose([set.kernels.sum(size, x)], [expected], absolute: 5e-7 * terms)
  }

  @Test(arguments: InstructionSet.available, sumSizes)
  func sumOfSquares(_ set: InstructionSet, _ size: Int) {
    var generator = SplitMix64(seed: 6)
    let x = generator.normal(size)
    let expected = x.reduce(0) { $0 + Double($1) * Double($1) }
    expectClose([set.kernels.sum_of_squares(size, x)], [expected], relative: 1e-6)
  }

  @Test(arguments: InstructionSet.available) func longSumsStayExact(_ set: InstructionSet) {
    // In Float32 alone this sum would stop growing at 2^24.
    let ones = [Float](repeating: 1, count: 20_000_001)
    #expect(set.kernels.sum(ones.count, ones) == 20_000_001)
    #expect(set.kernels.sum_of_squares(ones.count, ones) == 20_000_001)
  }
}
