import NN
import TestSupport
import Testing

@Suite struct PhiloxTests {
  /// The known answers that the authors publish with Random123.
  @Test func knownAnswers() {
    #expect(
      Philox(key: 0).words(0, 0) == SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
    #expect(
      Philox(key: .max).words(.max, .max)
        == SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
    #expect(
      Philox(key: 0x299f_31d0_a409_3822).words(0x85a3_08d3_243f_6a88, 0x0370_7344_1319_8a2e)
        == SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
  }

  @Test func seedsAndPurposesGiveDifferentKeys() {
    let blocks = (0..<1000).flatMap { seed in
      TestPurpose.allCases.map { Philox(seed: UInt64(seed), purpose: $0).words(0, 0) }
    }
    #expect(Set(blocks).count == 8000)
    #expect(
      Philox(seed: 5, purpose: .order).words(1, 2) == Philox(seed: 5, purpose: .order).words(1, 2))
  }

  @Test func uniformsLieInside() {
    #expect(Philox.uniform(0) == 0x1p-24)
    #expect(Philox.uniform(.max) == 1 - 0x1p-24)
    #expect(Philox.uniform(1 << 31) == 0.5 + 0x1p-24)
    let generator = Philox(seed: 1, purpose: .order)
    #expect(generator.uniform(3, 4) == Philox.uniform(generator.words(3, 4)[0]))
  }

  @Test func uniformsAreUniform() {
    let generator = Philox(seed: 2, purpose: .order)
    var counts = [Double](repeating: 0, count: 100)
    for draw in 0..<100_000 { counts[Int(generator.uniform(UInt64(draw), 9) * 100)] += 1 }
    // 99 degrees of freedom: mean 99, deviation 14.
    #expect(chiSquare(counts, expected: 1000) < 99 + 5 * 14)
  }

  @Test func belowIsUniformAndBelow() {
    let generator = Philox(seed: 3, purpose: .choice)
    var counts = [Double](repeating: 0, count: 7)
    for draw in 0..<70_000 { counts[generator.below(7, UInt64(draw), 1)] += 1 }
    // 6 degrees of freedom: one in 10^6 lies above 38.
    #expect(chiSquare(counts, expected: 10_000) < 38)
    #expect((0..<100).allSatisfy { generator.below(1, $0, 2) == 0 })
  }

  @Test func shuffleIsAPermutation() {
    for count in [0, 1, 2, 17, 1000] {
      var elements = Array(0..<count)
      Philox(seed: 4, purpose: .shuffle).shuffle(&elements, stream: 1)
      #expect(elements.sorted() == Array(0..<count))
      #expect(count < 17 || elements != Array(0..<count))
    }
  }

  @Test func everyOrderIsEquallyLikely() {
    var counts: [[Int]: Double] = [:]
    for seed in 0..<24_000 {
      var elements = [0, 1, 2, 3]
      Philox(seed: UInt64(seed), purpose: .shuffle).shuffle(&elements, stream: 0)
      counts[elements, default: 0] += 1
    }
    #expect(counts.count == 24)
    // 23 degrees of freedom: one in 10^6 lies above 71.
    #expect(chiSquare(Array(counts.values), expected: 1000) < 71)
  }

  @Test func streamsShuffleDifferently() {
    let orders = (UInt64(0)..<50).map { stream in
      var elements = Array(0..<20)
      Philox(seed: 5, purpose: .shuffle).shuffle(&elements, stream: stream)
      return elements
    }
    #expect(Set(orders).count == 50)
  }

  @Test func normalNumbersHaveTheirMoments() {
    let count = 200_000
    let buffer = Buffer(count: count)
    Philox(seed: 6, purpose: .initialization).fillNormal(buffer.row, deviation: 0.5, stream: 3)
    let numbers = buffer.row.elements.map { Double($0) / 0.5 }
    let moments = (1...4).map { power in
      numbers.reduce(0) { sum, number in
        sum + (0..<power).reduce(1) { product, _ in product * number }
      } / Double(count)
    }
    // Deviations of the estimates: 0.0022, 0.0032, 0.0087 and 0.022.
    expectClose(moments, [0.0, 1, 0, 3], absolute: 0.1)
    expectClose(Array(moments[..<2]), [0.0, 1], absolute: 0.015)
    // Neighbours come from one block: they must not be related.
    let product = zip(numbers, numbers.dropFirst()).reduce(0) { $0 + $1.0 * $1.1 }
    expectClose([product / Double(count)], [0.0], absolute: 0.012)
  }

  @Test func normalNumbersDependOnTheirPlaceOnly() {
    let generator = Philox(seed: 7, purpose: .initialization)
    let (long, short, other) = (Buffer(count: 103), Buffer(count: 10), Buffer(count: 10))
    generator.fillNormal(long.row, deviation: 2, stream: 1)
    generator.fillNormal(short.row, deviation: 2, stream: 1)
    generator.fillNormal(other.row, deviation: 2, stream: 2)
    #expect(Array(long.row.elements.prefix(10)) == short.row.elements)
    #expect(other.row.elements != short.row.elements)
  }

  @Test func uniformFillIsUniform() {
    let buffer = Buffer(count: 100_003)
    let generator = Philox(seed: 8, purpose: .initialization)
    generator.fillUniform(buffer.row, within: 0.3, stream: 5)
    let numbers = buffer.row.elements
    #expect(numbers.allSatisfy { abs($0) < 0.3 })
    var counts = [Double](repeating: 0, count: 100)
    for number in numbers { counts[Int((number / 0.3 + 1) * 50)] += 1 }
    #expect(chiSquare(counts, expected: 1000.03) < 99 + 5 * 14)
    let product = zip(numbers, numbers.dropFirst()).reduce(0) { $0 + Double($1.0 * $1.1) }
    expectClose([product / (0.03 * 100_002)], [0.0], absolute: 0.016)
    let short = Buffer(count: 10)
    generator.fillUniform(short.row, within: 0.3, stream: 5)
    #expect(short.row.elements == Array(numbers.prefix(10)))
    generator.fillUniform(short.row, within: 0.3, stream: 6)
    #expect(short.row.elements != Array(numbers.prefix(10)))
  }

  @Test func chosenNumbersAreDifferentAndEquallyLikely() {
    let generator = Philox(seed: 5, purpose: .choice)
    var counts = [Double](repeating: 0, count: 7)
    for stream in 0..<7_000 {
      let chosen = generator.choose(3, below: 7, stream: UInt64(stream))
      #expect(chosen.count == 3 && chosen == Set(chosen).sorted())
      for number in chosen { counts[number] += 1 }
    }
    #expect(chiSquare(counts, expected: 3_000) < 6 + 5 * 3.5)
    #expect(generator.choose(5, below: 3, stream: 1) == [0, 1, 2])
    #expect(generator.choose(3, below: 0, stream: 1) == [])
  }

  private func chiSquare(_ counts: [Double], expected: Double) -> Double {
    counts.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
  }
}
