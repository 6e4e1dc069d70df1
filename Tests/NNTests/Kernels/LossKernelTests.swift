import CKernels
import Foundation
import TestSupport
import Testing

@Suite struct CrossEntropyKernelTests {
  private let rows = 6

  private func forward(
    _ set: InstructionSet, _ logits: [Float], targets: [Int32]
  ) -> (losses: [Float], probabilities: [Float]) {
    let width = logits.count / rows
    var probabilities: [Float] = []
    let losses = written(count: rows) { losses in
      probabilities = written(count: logits.count) {
        set.kernels.cross_entropy_forward(rows, width, logits, targets, losses, $0)
      }
    }
    return (losses, probabilities)
  }

  @Test(arguments: InstructionSet.available, oddSizes)
  func forward(_ set: InstructionSet, _ width: Int) {
    var generator = SplitMix64(seed: 1)
    for shift: Float in [0, 1000] {
      let logits = generator.normal(rows * width, deviation: 3).map { $0 + shift }
      let targets = generator.codes(rows, below: width)
      let (losses, probabilities) = forward(set, logits, targets: targets)
      let dense = Dense(logits, rows: rows, columns: width)
      expectClose(
        losses, Reference.crossEntropy(dense, targets: targets).elements, absolute: 5e-7,
        relative: 3e-7)
      expectClose(
        probabilities, Reference.softmax(dense).elements, absolute: 1e-12, relative: 1e-6)
    }
  }

  @Test(arguments: InstructionSet.available) func inPlace(_ set: InstructionSet) {
    var generator = SplitMix64(seed: 2)
    let (logits, targets) = (generator.normal(rows * 21), generator.codes(rows, below: 21))
    let expected = forward(set, logits, targets: targets)
    var losses: [Float] = []
    let probabilities = written(over: logits) { logits in
      losses = written(count: rows) {
        set.kernels.cross_entropy_forward(rows, 21, logits, targets, $0, logits)
      }
    }
    #expect(losses == expected.losses && probabilities == expected.probabilities)
  }

  @Test(arguments: InstructionSet.available) func excludedCodes(_ set: InstructionSet) {
    var generator = SplitMix64(seed: 3)
    var logits = generator.normal(rows * 19)
    for index in logits.indices where index % 19 % 3 == 1 { logits[index] = -1e30 }
    let targets = [Int32](repeating: 3, count: rows)
    let (losses, probabilities) = forward(set, logits, targets: targets)
    let dense = Dense(logits, rows: rows, columns: 19)
    expectClose(
      losses, Reference.crossEntropy(dense, targets: targets).elements, absolute: 5e-7,
      relative: 3e-7)
    for index in logits.indices where index % 19 % 3 == 1 { #expect(probabilities[index] < 2e-38) }
  }

  @Test(arguments: InstructionSet.available) func certainty(_ set: InstructionSet) {
    let logits = (0..<rows * 5).map { $0 % 5 == 2 ? Float(200) : -200 }
    let (losses, _) = forward(set, logits, targets: [2, 0, 1, 2, 3, 4])
    expectClose(losses, [0.0, 400, 400, 0, 400, 400], absolute: 0)
  }

  @Test(arguments: InstructionSet.available, oddSizes)
  func backward(_ set: InstructionSet, _ width: Int) {
    var generator = SplitMix64(seed: 4)
    let probabilities = generator.uniform(rows * width, in: 0...1)
    let upstream = generator.normal(rows)
    let targets = generator.codes(rows, below: width)
    let result = written(count: probabilities.count) {
      set.kernels.cross_entropy_backward(rows, width, probabilities, targets, upstream, $0)
    }
    let expected = probabilities.indices.map { index in
      let (row, column) = (index / width, index % width)
      let hit: Double = targets[row] == Int32(column) ? 1 : 0
      return Double(upstream[row]) * (Double(probabilities[index]) - hit)
    }
    expectClose(result, expected, absolute: 5e-7)
    let inPlace = written(over: probabilities) {
      set.kernels.cross_entropy_backward(rows, width, $0, targets, upstream, $0)
    }
    #expect(inPlace == result)
  }
}

@Suite struct SampleKernelTests {
  /// The codes drawn from the same logits at each of the uniforms.
  private func sample(_ set: InstructionSet, _ logits: [Float], at uniforms: [Float]) -> [Int32] {
    var memory = uniforms.flatMap { _ in logits }
    var codes = [Int32](repeating: -1, count: uniforms.count)
    set.kernels.sample_rows(uniforms.count, logits.count, &memory, nil, uniforms, &codes)
    return codes
  }

  private let strata = 4096
  private var grid: [Float] { (0..<strata).map { (Float($0) + 0.5) / Float(strata) } }

  @Test(arguments: InstructionSet.available, oddSizes + [1000])
  func frequenciesAreThoseOfTheSoftmax(_ set: InstructionSet, _ width: Int) {
    var generator = SplitMix64(seed: 1)
    let logits = generator.normal(width, deviation: 2)
    let probabilities = Reference.softmax(Dense(logits, rows: 1, columns: width)).elements
    let codes = sample(set, logits, at: grid)
    #expect(codes.allSatisfy { $0 >= 0 && $0 < Int32(width) })
    // A grid point more or less than the interval of the code has room for, and one for rounding at its border.
    let counts = (0..<width).map { code in Double(codes.count { $0 == Int32(code) }) }
    expectClose(counts, probabilities.map { $0 * Double(strata) }, absolute: 1.01)
    // And each draw is the code in whose interval the uniform lies.
    let borders = probabilities.reduce(into: [0.0]) { $0.append($0.last! + $1) }
    for (uniform, code) in zip(grid, codes) {
      let interval = borders[Int(code)] - 1e-6...borders[Int(code) + 1] + 1e-6
      #expect(interval.contains(Double(uniform)))
    }
  }

  @Test(arguments: InstructionSet.available, oddSizes.dropFirst())
  func excludedCodesAreNeverDrawn(_ set: InstructionSet, _ width: Int) {
    var generator = SplitMix64(seed: 2)
    let extremes: [Float] = [
      .leastNonzeroMagnitude, .leastNormalMagnitude, 0x1p-30, 0x1p-24, 0.5, 1 - 0x1p-23,
      Float(1).nextDown,
    ]
    // One or two codes left, in every place, then a random half.
    for first in 0..<width {
      for second in [first, (first + 1) % width, (first * 7 + 3) % width, width - 1] {
        var logits = [Float](repeating: -1e30, count: width)
        logits[first] = 2
        logits[second] = -3
        let drawn = Set(sample(set, logits, at: extremes))
        #expect(drawn.isSubset(of: [Int32(first), Int32(second)]))
      }
    }
    for _ in 0..<20 {
      let logits = generator.normal(width).map { $0 > 0 ? $0 : -1e30 }
      guard let live = logits.firstIndex(where: { $0 > 0 }) else { continue }
      let codes = sample(set, logits, at: extremes + grid)
      #expect(codes.allSatisfy { logits[Int($0)] > 0 })
      #expect(codes.first == Int32(live))
      #expect(codes[6] == Int32(logits.lastIndex { $0 > 0 }!))
    }
  }

  @Test(arguments: InstructionSet.available) func rowsAreIndependent(_ set: InstructionSet) {
    var generator = SplitMix64(seed: 3)
    let (rows, width) = (9, 21)
    var logits = generator.normal(rows * width, deviation: 2)
    let uniforms = generator.uniform(rows, in: 0.01...0.99)
    let alone = (0..<rows).map { row in
      sample(set, Array(logits[row * width..<(row + 1) * width]), at: [uniforms[row]])[0]
    }
    var codes = [Int32](repeating: -1, count: rows)
    set.kernels.sample_rows(rows, width, &logits, nil, uniforms, &codes)
    #expect(codes == alone)
  }

  @Test(arguments: InstructionSet.available, oddSizes)
  func addShares(_ set: InstructionSet, _ width: Int) {
    var generator = SplitMix64(seed: 17)
    let rows = 5
    let (x, sums) = (generator.uniform(rows * width, in: 0.01...1), generator.normal(width))
    let result = written(over: sums) { set.kernels.add_shares(rows, width, x, $0) }
    let expected = (0..<width).map { column in
      (0..<rows).reduce(Double(sums[column])) { sum, row in
        let total = x[row * width..<(row + 1) * width].reduce(0.0) { $0 + Double($1) }
        return sum + Double(x[row * width + column]) / total
      }
    }
    expectClose(result, expected, absolute: 2e-6)
  }
}
