import CKernels
import NN
import TestSupport
import Testing

@Suite struct GELUKernelTests {
  private func gelu(
    _ set: InstructionSet, _ x: [Float], rate: Float = 0
  ) -> (output: [Float], slope: [Float]) {
    var output: [Float] = []
    let slope = written(count: x.count) { slope in
      output = written(count: x.count) {
        set.kernels.gelu_forward(x.count, rate, 7, 9, x, slope, $0)
      }
    }
    return (output, slope)
  }

  @Test(arguments: InstructionSet.available) func wholeRange(_ set: InstructionSet) {
    let x = stride(from: UInt64(0), to: 1 << 32, by: 997)
      .map { Float(bitPattern: UInt32($0)) }.filter { abs($0) < 1e30 }
    let (output, slope) = gelu(set, x)
    let exact = x.map { Reference.gelu(Double($0)) }
    // The stated bound, 2e-7 max(1, |x|), as a bound on the quotient.
    let size = x.map { max(1, abs(Double($0))) }
    expectClose(
      zip(output, size).map { Double($0) / $1 }, zip(exact, size).map { $0 / $1 }, absolute: 2e-7)
    expectClose(slope, x.map { Reference.geluSlope(Double($0)) }, absolute: 4e-7)
  }

  @Test(arguments: InstructionSet.available, oddSizes + [128, 300])
  func maskedAndInPlace(_ set: InstructionSet, _ size: Int) {
    var generator = SplitMix64(seed: 1)
    let x = generator.normal(size, deviation: 2)
    let mask = written(over: [Float](repeating: 1, count: size)) {
      set.kernels.dropout(size, 0.4, 7, 9, $0, nil)
    }
    let (output, slope) = gelu(set, x, rate: 0.4)
    let pairs = zip(x, mask).map { (x: Double($0), mask: Double($1)) }
    expectClose(output, pairs.map { $0.mask * Reference.gelu($0.x) }, absolute: 3e-6)
    expectClose(slope, pairs.map { $0.mask * Reference.geluSlope($0.x) }, absolute: 2e-6)
    var inPlace: [Float] = []
    let slopeInPlace = written(over: x) { x in
      inPlace = written(count: size) { set.kernels.gelu_forward(size, 0.4, 7, 9, x, x, $0) }
    }
    #expect(inPlace == output && slopeInPlace == slope)
  }

  @Test(arguments: InstructionSet.available) func notANumber(_ set: InstructionSet) {
    let (output, slope) = gelu(set, [.nan, 1])
    #expect(output[0].isNaN && slope[0].isNaN && !output[1].isNaN)
  }
}

@Suite struct DropoutKernelTests {
  private func mask(
    _ set: InstructionSet, _ count: Int, rate: Float, key: UInt64 = 0x1234_5678_9abc_def0,
    stream: UInt64 = 0x0fed_cba9_8765_4321
  ) -> [Float] {
    written(over: [Float](repeating: 1, count: count)) {
      set.kernels.dropout(count, rate, key, stream, $0, nil)
    }
  }

  /// In the longest mask some words are exactly the border of the rate.
  @Test(arguments: InstructionSet.available, oddSizes + [127, 128, 129, 1000, 400_003])
  func halvesOfPhiloxWords(_ set: InstructionSet, _ count: Int) {
    let (key, stream): (UInt64, UInt64) = (0x1234_5678_9abc_def0, 0x0fed_cba9_8765_4321)
    let generator = Philox(key: key)
    let expected = (0..<count).map { index -> Float in
      let (group, rest) = (index / 128, index % 128)
      let (word, half, block) = (rest / 32, rest % 32 / 16, rest % 16)
      let words = generator.words(UInt64(16 * group + block), stream)
      let number = half == 0 ? words[word] & 0xffff : words[word] >> 16
      return number < 16384 ? 0 : 65536 / (65536 - 16384)
    }
    #expect(mask(set, count, rate: 0.25, key: key, stream: stream) == expected)
  }

  @Test func everyInstructionSetDrawsTheSame() {
    let masks = InstructionSet.available.map { mask($0, 10_001, rate: 0.37) }
    #expect(masks.allSatisfy { $0 == masks[0] })
  }

  @Test func aLongerMaskBeginsWithTheShorter() {
    let set = InstructionSet.available.last!
    let whole = mask(set, 1000, rate: 0.5)
    for count in oddSizes { #expect(mask(set, count, rate: 0.5) == Array(whole.prefix(count))) }
  }

  @Test(arguments: InstructionSet.available, [0.1, 0.5, 0.9] as [Float])
  func rateAndScale(_ set: InstructionSet, _ rate: Float) {
    let count = 1_000_000
    let mask = mask(set, count, rate: rate)
    let dropped = Double(mask.count { $0 == 0 })
    // Five deviations of the binomial distribution, plus the rounding of the rate to 16 bits.
    let p = Double(rate)
    let deviation = (Double(count) * p * (1 - p)).squareRoot()
    expectClose([dropped], [p * Double(count)], absolute: 5 * deviation + Double(count) / 65536)
    let kept = Set(mask).subtracting([0])
    #expect(kept.count == 1)
    expectClose(Array(kept), [1 / (1 - p)], relative: 1 / 65536 / (1 - p) + 1e-6)
    // The expected mask is one exactly: what is kept makes up for what is dropped, the rate's rounding included.
    let droppedWords = Double(UInt32(rate * 65536))
    expectClose(Array(kept), [65536 / (65536 - droppedWords)], relative: 1e-7)
  }

  @Test(arguments: InstructionSet.available) func noRateKeepsEverything(_ set: InstructionSet) {
    #expect(mask(set, 300, rate: 0) == [Float](repeating: 1, count: 300))
  }

  @Test(arguments: InstructionSet.available, oddSizes)
  func numbersAreMultiplied(_ set: InstructionSet, _ count: Int) {
    var generator = SplitMix64(seed: 5)
    let x = generator.normal(count)
    let result = written(over: x) { set.kernels.dropout(count, 0.3, 1, 2, $0, nil) }
    let mask = mask(set, count, rate: 0.3, key: 1, stream: 2)
    #expect(result == zip(x, mask).map { $0 * $1 })
  }

  @Test func keysAndStreamsDiffer() {
    let set = InstructionSet.available.last!
    let masks = [(1, 1), (1, 2), (2, 1), (1 << 32 + 1, 1), (1, 1 << 32 + 1)].map {
      mask(set, 256, rate: 0.5, key: $0.0, stream: $0.1)
    }
    #expect(Set(masks).count == masks.count)
  }
}
