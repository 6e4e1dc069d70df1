import Foundation
import Synth
import Tables
import TestSupport
import Testing

@Suite struct NumberEncoderTests {
  private func number(
    _ fields: [String]
  ) throws -> (encoder: NumberEncoder, column: ColumnEncoder, codes: [Int]) {
    let (column, codes) = try encoded(fields)
    guard case .number(let encoder) = column.kind else { throw TableError.noColumns }
    return (encoder, column, codes)
  }

  private func repeated(_ counts: KeyValuePairs<String, Int>) -> [String] {
    counts.flatMap { Array(repeating: $0.key, count: $0.value) }
  }

  // MARK: Kinds of columns

  @Test func fewValuesAreSpikesAlone() throws {
    let fields = repeated(["3": 100, "1": 50, "-2": 80, "1000": 6, "7": 2, "NA": 9])
    let (encoder, column, codes) = try number(fields)
    #expect(encoder.spikes == [-2, 1, 3, 1000] && encoder.edges.isEmpty)
    #expect(encoder.vocabularySize == 5 && encoder.missingCode == 4)
    // What is too rare goes to the nearest.
    #expect(column.counts == [80, 50, 102, 6, 9])
    #expect(codes == fields.map { ["-2": 0, "1": 1, "3": 2, "7": 2, "1000": 3][$0] ?? 4 })
    #expect(encoder.code(of: -100) == 0 && encoder.code(of: 2) == 1)
    #expect(encoder.code(of: 501) == 2 && encoder.code(of: 502) == 3)
    #expect(encoder.code(of: 9999) == 3)
  }

  @Test func frequentValuesAmongManyAreSpikes() throws {
    let fields =
      (0..<1000).map { String(Double($0) / 8) } + Array(repeating: "50.0", count: 100)
      + Array(repeating: "-1.5", count: 30)
    let (encoder, _, codes) = try number(fields)
    #expect(encoder.unitDecimals == 3)
    #expect(encoder.spikes == [-1500, 50_000])
    #expect(encoder.binCount == 99)
    // The least that is no spike, because there is a spike below, and about the fifth largest.
    #expect(encoder.edges.first == 0 && encoder.edges.last == 124_376)
    #expect(codes[1000] == 1 && codes[1100] == 0 && codes[400] == 1)
    #expect(codes[0] == 2 && codes[999] == encoder.vocabularySize - 1)
  }

  /// A few gains among zeros: the column ends with zero, so that none of the small ones is cut off.
  @Test func fewNumbersBesideASpikeReachTowardsIt() throws {
    let gains = (1...12).map { 1_000 * $0 }
    let (encoder, _, codes) = try number(
      Array(repeating: "0", count: 180) + gains.map(String.init))
    #expect(encoder.spikes == [0] && encoder.binCount == 1)
    // Five from 1,000 on lie like five of the mean of 3,000 that begin with 1,000; the fifth from the end is 8,000.
    #expect(encoder.edges == [1_000, 8_001])
    #expect(codes.suffix(12).allSatisfy { $0 == 1 })
    // Five numbers of that mean would begin below the spike.
    let (fewer, _, _) = try number(
      Array(repeating: "0", count: 180) + ["7", "8", "9", "500", "600", "700"])
    #expect(fewer.edges == [1, 9])
    // The same below zero.
    let (negative, _, _) = try number(
      Array(repeating: "0", count: 180) + gains.map { "-\($0)" })
    #expect(negative.edges == [-8_000, -999])
    // Fewer than five say nothing.
    let (none, _, _) = try number(Array(repeating: "0", count: 180) + ["7", "8", "9", "10"])
    #expect(none.spikes == [0] && none.edges.isEmpty)
  }

  /// Four refunds are too few to keep: they count as zero, not as the least amount.
  @Test func whatLiesBeyondASpikeThatEndsTheColumnIsTheSpike() throws {
    let amounts = (1...100).map { 10 * $0 }
    let fields =
      ["-40", "-30", "-20", "-10"] + Array(repeating: "0", count: 50) + amounts.map(String.init)
    let (encoder, _, codes) = try number(fields)
    #expect(encoder.spikes == [0] && encoder.edges.first == 10)
    #expect(codes.prefix(54).allSatisfy { $0 == 0 } && codes.suffix(100).allSatisfy { $0 > 0 })
    let (mirrored, column, mirroredCodes) = try number(
      fields.map { $0.hasPrefix("-") ? String($0.dropFirst()) : $0 == "0" ? $0 : "-" + $0 })
    #expect(mirrored.spikes == [0] && mirrored.edges.last == -9)
    #expect(mirroredCodes.prefix(54).allSatisfy { $0 == 0 })
    #expect(column.counts[0] == 54)
  }

  /// With many rows, the sixth ones from either end are not kept: the next round number stands for them.
  @Test func endsAndBordersAreRound() throws {
    let units = (0..<2000).map { 100_003 + 1007 * $0 }
    let (encoder, _, _) = try number(units.map(String.init))
    // In 104,031...105,038 and 2,107,962...2,108,969.
    #expect(encoder.edges.first == 105_000 && encoder.edges.last == 2_108_000)
    #expect(encoder.edges.allSatisfy { $0 % 1000 == 0 } && encoder.binCount == 100)
  }

  @Test func aConstant() throws {
    let (encoder, column, _) = try number(Array(repeating: "42", count: 20))
    #expect(encoder.spikes == [42] && encoder.edges.isEmpty && column.vocabularySize == 1)
    #expect(column.midRanks == [0.5])
  }

  // MARK: Units

  @Test func decimalsThatNobodyUsesAreNoUnits() throws {
    let (encoder, column, _) = try number((0..<50).map { "\($0 * 1000).0" })
    #expect(column.type == .decimal && encoder.unitDecimals == 0)
    #expect(encoder.format == NumberFormat(decimals: 1, isFixed: true))
    #expect(encoder.edges.first == 4000)
  }

  @Test func theFinestDecimalIsTheUnit() throws {
    let fields = (0..<50).map { "\($0).5" }
    let (encoder, _, _) = try number(fields + (11...15).map { "\($0).25" })
    #expect(encoder.unitDecimals == 2 && encoder.edges.first == 450)
    #expect(encoder.format == NumberFormat(decimals: 2, minimumDecimals: 1))
    // Four rows with more decimals are too few to keep these.
    let (coarser, _, _) = try number(fields + (11...14).map { "\($0).25" })
    #expect(coarser.unitDecimals == 1 && coarser.edges.first == 45)
    #expect(coarser.format == NumberFormat(decimals: 1, minimumDecimals: 1))
  }

  @Test func hugeNumbers() throws {
    let fields = (1...60).map { "\($0)e300" }
    let (encoder, column, codes) = try number(fields)
    #expect(encoder.unitDecimals < -200)
    let decoder = CellDecoder(column, column: 0, seed: 3)
    for code in 0..<encoder.vocabularySize {
      let value = try #require(decoder.drawn(code: code, row: 17))
      #expect(value > 4.999e300 && value < 56.001e300)
    }
    for (field, code) in zip(fields, codes) where (5...56).contains(Int(field.dropLast(4))!) {
      #expect(encoder.units(of: code).contains(unit(field, encoder)))
    }
  }

  @Test func theLargestNumbers() throws {
    let fields = (0..<40).map { $0 % 2 == 0 ? "1.7e308" : "-1.7e\($0)" }
    let (encoder, column, _) = try number(fields)
    let decoder = CellDecoder(column, column: 0, seed: 3)
    for code in 0..<encoder.vocabularySize {
      #expect(try #require(decoder.drawn(code: code, row: 1)).isFinite)
    }
  }

  @Test func tinyNumbers() throws {
    for exponent in [-20, -290, -310, -323] {
      let (encoder, column, _) = try number((1...60).map { "\($0)e\(exponent)" })
      let decoder = CellDecoder(column, column: 0, seed: 3)
      for code in 0..<encoder.vocabularySize {
        let value = try #require(decoder.drawn(code: code, row: 17))
        #expect(value >= 0 && value <= 56 * pow(10, Double(exponent)))
      }
    }
  }

  @Test func numbersOfAllSizes() throws {
    let fields = (0..<200).map { "\($0 % 3 == 0 ? "-" : "")1.5e\($0 - 100)" }
    let (encoder, column, codes) = try number(fields)
    #expect(codes.allSatisfy { $0 < encoder.vocabularySize })
    let decoder = CellDecoder(column, column: 0, seed: 3)
    for code in 0..<encoder.vocabularySize {
      #expect(try #require(decoder.drawn(code: code, row: 1)).isFinite)
    }
  }

  /// Integers that Float64 does not count are categories where they look like integers, and rounded where they do not.
  @Test func numbersBeyondTwoToThe53() throws {
    let (identifiers, _) = try encoded((0..<30).map { "90071992547409\(10 + $0)" })
    #expect(identifiers.type == .category)
    let (encoder, column, codes) = try number((0..<60).map { "90071992547409\(10 + $0).0" })
    #expect(column.type == .decimal && encoder.unitDecimals < 0)
    #expect(codes.allSatisfy { $0 < encoder.vocabularySize })
    let decoder = CellDecoder(column, column: 0, seed: 3)
    for code in 0..<encoder.vocabularySize {
      let value = try #require(decoder.drawn(code: code, row: 1))
      #expect(abs(value - 9_007_199_254_740_940) < 60)
    }
  }

  @Test func unitsSaturate() {
    #expect(NumberEncoder.units(1e300, scale: 1) == 1 << 53)
    #expect(NumberEncoder.units(-1e300, scale: 1) == -1 << 53)
    #expect(NumberEncoder.units(2.5, scale: 100) == 250)
  }

  // MARK: Few rows

  /// Nothing is kept of four rows; of more, those above the fifth largest are not, and no row's own number is the only one drawn.
  @Test(arguments: 1...10) func fewValuesBesideSpikes(_ count: Int) throws {
    let odd = (0..<count).map { 1_234_567 + 1000 * $0 }
    let (encoder, _, codes) = try number(
      Array(repeating: "5", count: 20) + odd.map(String.init))
    #expect(encoder.spikes == [5])
    if count < 5 {
      #expect(encoder.edges.isEmpty && codes.allSatisfy { $0 == 0 })
    } else {
      #expect(encoder.edges.count == 2 && encoder.edges[1] == odd[count - 5] + 1)
      #expect(encoder.edges[1] - encoder.edges[0] > 900)
      #expect(codes.suffix(count).allSatisfy { $0 == 1 })
    }
  }

  @Test(arguments: 1...10) func fewValuesBesideMissingOnes(_ count: Int) throws {
    let odd = (0..<count).map { "\(1_234_567 + 1000 * $0)" }
    let (encoder, column, codes) = try number(Array(repeating: "", count: 20) + odd)
    #expect(encoder.spikes.isEmpty && encoder.edges.isEmpty && encoder.vocabularySize == 1)
    #expect(codes.allSatisfy { $0 == encoder.missingCode })
    #expect(column.midRanks == [nil])
  }

  /// Nothing is kept of a column with fewer than twenty values.
  @Test func maskedColumns() throws {
    let fields = (0..<40).map { $0 < 19 ? "7" : "" }
    let (encoder, _, codes) = try number(fields)
    #expect(encoder.vocabularySize == 1 && encoder.missingCode == 0)
    #expect(codes.allSatisfy { $0 == 0 })
    let (kept, _, _) = try number((0..<40).map { $0 < 20 ? "7" : "" })
    #expect(kept.spikes == [7])
  }

  /// Where nothing is protected, the ends are those of the data and every value has a code.
  @Test func withoutProtection() throws {
    let profile = ColumnProfile(
      name: "x", type: .integer,
      numbers: (1...12).map { NumberCount(value: Double($0) * 100, count: 1) })
    let encoder = NumberEncoder(profile, policy: .none)
    #expect(encoder.spikes == (1...12).map { $0 * 100 })
  }

  // MARK: Any column

  @Test func protectionAndInverses() throws {
    for seed in 0..<300 {
      var random = SplitMix64(seed: UInt64(seed))
      let fields = randomNumberFields(&random)
      let (column, codes) = try encoded(fields)
      guard case .number(let encoder) = column.kind else { continue }
      try checkInverse(encoder, &random)
      try checkProtection(encoder, fields, codes, seed: seed)
      checkMidRanks(column, encoder, seed: seed)
      try checkCells(column, encoder, seed: seed)
    }
  }

  /// Integers or decimals, even or skewed, with or without frequent values and missing ones.
  private func randomNumberFields(_ random: inout SplitMix64) -> [String] {
    let count = 20 + Int(random.unit() * random.unit() * 800)
    let decimals = Int(random.unit() * 4)
    let width = pow(10, 5 * random.unit())
    let offset = random.unit() < 0.5 ? 0 : 3 * width * (random.unit() - 0.5)
    let (spikeShare, missingShare) = (max(0, random.unit() - 0.4), max(0, random.unit() - 0.7))
    let spikes = (0..<4).map { _ in offset + width * random.unit() }
    let isSkewed = random.unit() < 0.5
    return (0..<count).map { _ in
      if random.unit() < missingShare { return "NA" }
      let uniform = random.unit()
      var value = offset + width * (isSkewed ? pow(uniform, 6) : uniform)
      if random.unit() < spikeShare { value = spikes[Int(random.unit() * 4)] }
      return String(format: "%.\(decimals)f", value)
    }
  }

  private func unit(_ field: String, _ encoder: NumberEncoder) -> Int {
    NumberEncoder.units(Double(field)!, scale: encoder.scale)
  }

  private func checkInverse(_ encoder: NumberEncoder, _ random: inout SplitMix64) throws {
    for code in 0..<encoder.vocabularySize where code != encoder.missingCode {
      let units = encoder.units(of: code)
      try #require(!units.isEmpty)
      let inside = [units.lowerBound, units.upperBound - 1, units.randomElement(using: &random)!]
      for unit in inside {
        let expected = encoder.spikes.firstIndex(of: unit) ?? code
        #expect(encoder.code(of: unit) == expected)
      }
    }
  }

  private func checkProtection(
    _ encoder: NumberEncoder, _ fields: [String], _ codes: [Int], seed: Int
  ) throws {
    let units = fields.filter { $0 != "NA" }.map { unit($0, encoder) }
    for spike in encoder.spikes { #expect(units.count { $0 == spike } >= 5, "seed \(seed)") }
    guard let first = encoder.edges.first, let end = encoder.edges.last else { return }
    // Beyond a spike that ends the column there is nothing to keep.
    let (sorted, spikes) = (units.sorted(), encoder.spikes)
    let (least, most) = (sorted[4], sorted[sorted.count - 5])
    let rest = sorted.filter {
      !spikes.contains($0) && ($0 >= least || !spikes.contains(least))
        && ($0 <= most || !spikes.contains(most))
    }
    let below = spikes.last { $0 < rest[0] }
    let above = spikes.first { $0 > rest[rest.count - 1] }
    try #require(
      rest.count > (below == nil && above == nil ? 10 : 4),
      "seed \(seed): \(rest.count) rows are kept")
    #expect(first >= below.map { $0 + 1 } ?? rest[4], "seed \(seed)")
    #expect(end - 1 <= above.map { $0 - 1 } ?? rest[rest.count - 5], "seed \(seed)")
    // Every row has the code of the range it lies in, or of the nearest.
    for (field, code) in zip(fields, codes) where field != "NA" {
      let unit = unit(field, encoder)
      let isInside = encoder.units(of: code).contains(unit)
      #expect(isInside || unit < first || unit >= end, "seed \(seed): \(field)")
      if unit < first && !isInside {
        #expect(code == (spikes.first.map { unit < $0 && $0 < first } == true ? 0 : spikes.count))
      }
      if unit >= end && !isInside {
        let isBeyond = spikes.last.map { unit > $0 && $0 >= end } == true
        #expect(code == (isBeyond ? spikes.count : spikes.count + encoder.binCount) - 1)
      }
    }
  }

  private func checkMidRanks(_ column: ColumnEncoder, _ encoder: NumberEncoder, seed: Int) {
    let numberCodes = (0..<encoder.vocabularySize).filter { $0 != encoder.missingCode }
    let total = numberCodes.reduce(0) { $0 + column.counts[$1] }
    func center(_ code: Int) -> Double {
      let units = encoder.units(of: code)
      return Double(units.lowerBound) + Double(units.upperBound)
    }
    let expected = numberCodes.map { code in
      let below = numberCodes.filter { (center($0), $0) < (center(code), code) }
      let rows = below.reduce(0) { $0 + column.counts[$1] }
      return (Double(rows) + Double(column.counts[code]) / 2) / Double(max(1, total))
    }
    expectClose(
      numberCodes.map { column.midRanks?[$0] ?? .nan }, expected, absolute: 1e-12, "seed \(seed)")
    if let missing = encoder.missingCode { #expect(column.midRanks?[missing] == .some(nil)) }
  }

  /// Every code is drawn inside its range, and no bin draws a frequent value.
  private func checkCells(_ column: ColumnEncoder, _ encoder: NumberEncoder, seed: Int) throws {
    let decoder = CellDecoder(column, column: 3, seed: UInt64(seed))
    for code in 0..<encoder.vocabularySize {
      if code == encoder.missingCode {
        #expect(decoder.drawn(code: code, row: 0) == nil)
        continue
      }
      for row in 0..<20 {
        let value = try #require(decoder.drawn(code: code, row: row))
        let unit = NumberEncoder.units(value, scale: encoder.scale)
        #expect(encoder.units(of: code).contains(unit), "seed \(seed), code \(code)")
        #expect(encoder.code(of: unit) == code, "seed \(seed), code \(code)")
      }
    }
  }

  /// A bin of few units draws each that is no spike, equally often.
  @Test func spikesInsideABinAreLeftOut() throws {
    let (encoder, column, _) = try number(
      (0..<40).flatMap { Array(repeating: "\($0)", count: 4) }
        + repeated(["10": 40, "11": 40, "20": 40]))
    #expect(encoder.spikes == [10, 11, 20])
    let decoder = CellDecoder(column, column: 0, seed: 9)
    let code = encoder.code(of: 12)
    let units = encoder.units(of: code)
    var counts: [Int: Int] = [:]
    for row in 0..<3000 {
      counts[Int(try #require(decoder.drawn(code: code, row: row))), default: 0] += 1
    }
    let allowed = units.filter { !encoder.spikes.contains($0) }
    #expect(counts.keys.sorted() == Array(allowed))
    let expected = 3000 / Double(allowed.count)
    for count in counts.values {
      #expect(abs(Double(count) - expected) < 5 * expected.squareRoot())
    }
  }
}

extension CellDecoder {
  /// The number that a code gives in a row, nil where it is none.
  fileprivate func drawn(code: Int, row: Int) -> Double? {
    let number = number(of: code, row: row)
    return number.isNaN ? nil : number
  }
}
