import CKernels
import TestSupport
import Testing

@Suite struct RowKernelTests {
  private let rows = 5

  @Test(arguments: InstructionSet.available, oddSizes)
  func fillRows(_ set: InstructionSet, _ width: Int) {
    var generator = SplitMix64(seed: 1)
    let row = generator.normal(width)
    let result = written(count: rows * width) { set.kernels.fill_rows(rows, width, row, $0) }
    #expect(result == (0..<rows).flatMap { _ in row })
  }

  @Test(arguments: InstructionSet.available, oddSizes)
  func addRow(_ set: InstructionSet, _ width: Int) {
    var generator = SplitMix64(seed: 2)
    let (x, row) = (generator.normal(rows * width), generator.normal(width))
    let result = written(count: rows * width) { set.kernels.add_row(rows, width, x, row, $0) }
    #expect(result == x.indices.map { x[$0] + row[$0 % width] })
  }

  @Test(arguments: InstructionSet.available, oddSizes)
  func addColumnSums(_ set: InstructionSet, _ width: Int) {
    var generator = SplitMix64(seed: 3)
    let (x, sums) = (generator.normal(rows * width), generator.normal(width))
    let result = written(over: sums) { set.kernels.add_column_sums(rows, width, x, $0) }
    let expected = (0..<width).map { column in
      (0..<rows).reduce(sums[column]) { $0 + x[$1 * width + column] }
    }
    #expect(result == expected)
  }

  private let codes: [Int32] = [3, 0, 3, 6, 3]

  @Test(arguments: InstructionSet.available, oddSizes)
  func gatherRows(_ set: InstructionSet, _ width: Int) {
    var generator = SplitMix64(seed: 4)
    let table = generator.normal(7 * width)
    let result = written(count: rows * width) {
      set.kernels.gather_rows(rows, width, width, table, codes, $0)
    }
    #expect(result == codes.flatMap { table[Int($0) * width..<(Int($0) + 1) * width] })
  }

  @Test(arguments: InstructionSet.available, oddSizes)
  func addGatheredRows(_ set: InstructionSet, _ width: Int) {
    var generator = SplitMix64(seed: 6)
    let (x, table) = (generator.normal(rows * width), generator.normal(7 * width))
    let result = written(over: x) {
      set.kernels.add_gathered_rows(rows, width, table, codes, $0)
    }
    #expect(
      result == x.indices.map { x[$0] + table[Int(codes[$0 / width]) * width + $0 % width] })
  }

  @Test(arguments: InstructionSet.available, oddSizes)
  func scatterAddRows(_ set: InstructionSet, _ width: Int) {
    var generator = SplitMix64(seed: 5)
    let (x, table) = (generator.normal(rows * width), generator.normal(7 * width))
    let result = written(over: table) {
      set.kernels.scatter_add_rows(rows, width, width, x, codes, $0)
    }
    var expected = table
    for (row, code) in codes.enumerated() {
      for column in 0..<width { expected[Int(code) * width + column] += x[row * width + column] }
    }
    #expect(result == expected)
  }

  @Test(arguments: InstructionSet.available, oddSizes)
  func scaleAndAddColumnSums(_ set: InstructionSet, _ width: Int) {
    var generator = SplitMix64(seed: 21)
    let rows = 5
    let (x, factors) = (generator.normal(rows * width), generator.normal(rows * width))
    let before = generator.normal(width)
    var scaled: [Float] = []
    let sums = written(over: before) { sums in
      scaled = written(over: x) {
        set.kernels.scale_and_add_column_sums(rows, width, factors, $0, sums)
      }
    }
    #expect(scaled == zip(x, factors).map { $0 * $1 })
    let expected = (0..<width).map { column in
      (0..<rows).reduce(Double(before[column])) { $0 + Double(scaled[$1 * width + column]) }
    }
    expectClose(sums, expected, absolute: 2e-6)
  }
}
