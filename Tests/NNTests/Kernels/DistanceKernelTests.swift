import CKernels
import TestSupport
import Testing

@Suite struct DistanceKernelTests {
  /// Rows, numbers and codes, each different from the others.
  @Test(arguments: InstructionSet.available, [(6, 9), (1, 0), (0, 1), (3, 2)])
  func mixedDistances(_ set: InstructionSet, _ columns: (numbers: Int, codes: Int)) {
    var generator = SplitMix64(seed: 1)
    let stride = 103
    let number = generator.uniform(columns.numbers, in: 0...1)
    let code = generator.codes(columns.codes, below: 3)
    let others = generator.uniform(columns.numbers * stride, in: 0...1)
    let otherCodes = generator.codes(columns.codes * stride, below: 3)
    for rows in oddSizes {
      var least: Float = .nan
      let result = written(count: rows) {
        least = set.kernels.mixed_distances(
          rows, stride, columns.numbers, columns.codes, number, code, others, otherCodes, $0)
      }
      let expected = (0..<rows).map { row in
        let numbers = (0..<columns.numbers).reduce(0.0) { sum, column in
          let difference = Double(others[column * stride + row]) - Double(number[column])
          return sum + difference * difference
        }
        let codes = (0..<columns.codes).filter { otherCodes[$0 * stride + row] != code[$0] }
        return numbers + Double(codes.count)
      }
      expectClose(result, expected, relative: Double(columns.numbers + columns.codes + 2) * 0x1p-24)
      #expect(least == result.min())
    }
  }
}
