import CKernels
import Foundation
import TestSupport
import Testing

/// The kernel row by row in double precision: codes, their groups and the errors that it leaves.
private struct BalancedReference {
  let gain: Double
  let starts: [Int]
  var errors: [[[Double]]]
  var codeErrors: [Double]

  init(gain: Double, starts: [Int], parents: Int) {
    self.gain = gain
    self.starts = starts
    let side = Int(LK_BALANCE_GROUPS)
    let zeros = [[Double]](repeating: [Double](repeating: 0, count: side), count: side)
    errors = Array(repeating: zeros, count: parents)
    codeErrors = Array(repeating: 0, count: starts.last!)
  }

  func group(of code: Int) -> Int { starts.lastIndex { $0 <= code }! }

  mutating func draw(_ logits: [Double], parentGroups: [Int], uniform: Double) -> Int {
    let highest = logits.max()!
    let exponentials = logits.map { exp($0 - highest) }
    let shares = exponentials.map { $0 / exponentials.reduce(0, +) }
    for code in shares.indices { codeErrors[code] -= shares[code] }
    let weights = shares.indices.map { code in
      let excess = parentGroups.indices.reduce(codeErrors[code]) {
        $0 + errors[$1][parentGroups[$1]][group(of: code)]
      }
      return shares[code] * pow(1 - min(7, max(-8, gain * excess)) / 8, 8)
    }
    var left = uniform * weights.reduce(0, +)
    let code =
      weights.indices.dropLast().first {
        left -= weights[$0]
        return left < 0
      } ?? weights.count - 1
    codeErrors[code] += 1
    for parent in parentGroups.indices {
      for other in shares.indices {
        errors[parent][parentGroups[parent]][group(of: other)] -= shares[other]
      }
      errors[parent][parentGroups[parent]][group(of: code)] += 1
    }
    return code
  }
}

@Suite struct BalanceKernelTests {
  @Test(arguments: InstructionSet.available, oddSizes.dropFirst())
  func drawsAndErrorsAreThoseOfTheDefinition(_ set: InstructionSet, _ width: Int) {
    let (rows, parents, stride, side) = (80, 3, 90, Int(LK_BALANCE_GROUPS))
    var generator = SplitMix64(seed: UInt64(width))
    let groupCount = min(width, 5)
    let starts = (0...groupCount).map { $0 * width / groupCount }
    let logits = generator.normal(rows * width, deviation: 1.5)
    let bias = generator.normal(width)
    let uniforms = generator.uniform(rows, in: 0.001...0.999)
    let parentGroups = generator.codes(parents * stride, below: side).map { UInt8($0) }
    var errors = [Float](repeating: 0, count: parents * side * side)
    var codeErrors = [Float](repeating: 0, count: lk_balance_width(width))
    var room = [Float](repeating: .nan, count: lk_balance_room(width))
    var groups = [UInt8](repeating: .max, count: rows)
    var codes = [Int32](repeating: -1, count: rows)
    set.kernels.sample_balanced_rows(
      rows, width, logits, bias, uniforms, 0.4, groupCount, starts.map(Int32.init), parents,
      stride, parentGroups, &errors, &codeErrors, &room, &groups, &codes)

    var reference = BalancedReference(gain: Double(Float(0.4)), starts: starts, parents: parents)
    let expected = (0..<rows).map { row -> Int in
      let sums = (0..<width).map { code -> Double in
        Double(logits[row * width + code]) + Double(bias[code])
      }
      let groups = (0..<parents).map { parent in Int(parentGroups[parent * stride + row]) }
      return reference.draw(sums, parentGroups: groups, uniform: Double(uniforms[row]))
    }
    #expect(codes.map(Int.init) == expected)
    #expect(groups.map(Int.init) == expected.map(reference.group))
    expectClose(errors, reference.errors.flatMap { $0.flatMap { $0 } }, absolute: 2e-5)
    expectClose(Array(codeErrors[..<width]), reference.codeErrors, absolute: 2e-5)
  }

  @Test(arguments: InstructionSet.available)
  func excludedCodesAreNeverDrawn(_ set: InstructionSet) {
    let (rows, width) = (64, 21)
    var generator = SplitMix64(seed: 5)
    var codeErrors = [Float](repeating: 0, count: lk_balance_width(width))
    var room = [Float](repeating: 0, count: lk_balance_room(width))
    let bias = [Float](repeating: 0, count: width)
    var errors: [Float] = []
    let noGroups: [UInt8] = []
    var groups = [UInt8](repeating: 0, count: rows)
    var codes = [Int32](repeating: 0, count: rows)
    for _ in 0..<50 {
      let logits = (0..<rows * width).map { $0 % 3 == 0 ? Float(0) : -1e30 }
      // However great the want of a code.
      codeErrors = codeErrors.indices.map { $0 % 2 == 0 ? -1e6 : 1e6 }
      set.kernels.sample_balanced_rows(
        rows, width, logits, bias, generator.uniform(rows, in: 0...1), 0.4, 2, [0, 10, 21], 0,
        rows, noGroups, &errors, &codeErrors, &room, &groups, &codes)
      #expect((0..<rows).allSatisfy { ($0 * width + Int(codes[$0])) % 3 == 0 })
    }
  }
}
