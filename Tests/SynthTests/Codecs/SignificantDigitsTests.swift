import Foundation
import Synth
import Tables
import TestSupport
import Testing

/// Numbers of many decades keep them, with as many digits as the table writes.
@Suite struct SignificantDigitsTests {
  // MARK: Counts

  @Test func countsAreInOrderAndExact() {
    let unit = NumberUnit(decimals: 0, digits: SignificantDigits(digits: 3, decades: -30...2))
    let values = [
      0, 1e-32, 9.9e-31, 1e-30, 1.01e-30, 9.99e-30, 1e-29, 4.56e-7, 0.05, 0.999, 1, 123, 999,
    ]
    let counts = values.map(unit.count)
    #expect(counts[..<6] == [0, 1, 99, 100, 101, 999] && counts[6] == 1_000)
    #expect(zip(counts, counts.dropFirst()).allSatisfy { $0 < $1 })
    #expect(counts.map(unit.value) == values)
    #expect(values.map { unit.count(-$0) } == counts.map { -$0 })
    #expect(counts.map { unit.value(-$0) } == values.map { -$0 })
    #expect(unit.count(1.004) == unit.count(1) && unit.count(1e-40) == 0)
    #expect(unit.value(unit.count(1e300)) == 999 && unit.value(unit.count(-1e300)) == -999)
  }

  @Test func everyNumberHasACount() {
    var random = SplitMix64(seed: 2)
    let digits = SignificantDigits(digits: 15, decades: -324...308)
    let unit = NumberUnit(decimals: 0, digits: digits)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite, value.magnitude > 1e-300 else { continue }
      let nearest = unit.value(unit.count(value))
      #expect(abs(nearest - value) <= 5.1e-15 * value.magnitude)
    }
    for count in [0, 1, digits.mostCount, -digits.mostCount] { #expect(unit.value(count).isFinite) }
  }

  // MARK: Columns

  private func spelled(_ value: Double, digits: Int) -> String {
    let isPlain = value == 0 || value.magnitude >= 1e-4
    return String(format: isPlain ? "%.\(digits)g" : "%.\(digits - 1)e", value)
  }

  /// Of 0 to 30 decades below one, with three digits.
  private func smallNumbers(_ count: Int, seed: UInt64) -> [Double] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { _ in
      let value = pow(10, -30 * random.unit() * random.unit())
      return Double(String(format: "%.2e", value))!
    }
  }

  private func expectSameQuantiles(_ drawn: [Double], _ table: [Double], tolerance: Double) {
    let (drawn, table) = (drawn.sorted(), table.sorted())
    for share in [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95] {
      let values = [drawn, table].map { log10($0[Int(share * Double($0.count))]) }
      #expect(abs(values[0] - values[1]) < tolerance, "\(share): \(values)")
    }
  }

  @Test func pValues() async throws {
    let values = smallNumbers(3_000, seed: 1)
    let table = try Table(columns: [
      Column("p", values.map { spelled($0, digits: 3) }),
      Column("group", values.map { $0 < 1e-8 ? "hit" : "none" }),
    ])
    let trained = try await Generator.train(on: table, options: quickOptions(epochs: 5))
    let folder = TemporaryFolder()
    try trained.write(to: folder.file("model"))
    let generator = try Generator(contentsOf: folder.file("model"))
    let drawn = try generator.drawTable(rows: 4_000)
    #expect(try trained.drawTable(rows: 4_000) == drawn)
    let numbers = drawn.columns[0].numbers.compactMap(\.self)
    #expect(numbers.count == 4_000 && numbers.allSatisfy { $0 > 0 && $0 <= 1 })
    #expect(numbers.allSatisfy { DecimalNumber($0).digitCount <= 3 })
    expectSameQuantiles(numbers, values, tolerance: 0.5)
    let texts = try generator.writtenFields(rows: 4_000)[0]
    #expect(texts.compactMap(Double.init) == numbers)
    for (text, number) in zip(texts, numbers) {
      #expect(text.contains("e-") == (number < 1e-4), "\(text)")
      // `%e` has two digits at least.
      #expect(number >= 1e-4 || text.wholeMatch(of: #/\d\.\d\de-\d\d/#) != nil, "\(text)")
    }
    let hits = zip(numbers, drawn.columns[1].texts).count { ($0 < 1e-8) == ($1 == "hit") }
    #expect(hits > 3_800)
  }

  /// Without scientific notation in the table there is none in what is drawn.
  @Test func plainlySpelled() async throws {
    let values = smallNumbers(1_000, seed: 2).map { max($0, 1e-19) }
    let texts = values.map { value in
      var bytes: [UInt8] = []
      NumberFormat(decimals: 21, isFixed: false).append(value, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
    let generator = try await Generator.train(
      on: Table(columns: [Column("p", texts)]), options: quickOptions(epochs: 5))
    let drawn = try generator.writtenFields(rows: 2_000)[0]
    #expect(drawn.allSatisfy { $0.allSatisfy { $0.isNumber || $0 == "." } })
    expectSameQuantiles(drawn.map { Double($0)! }, values, tolerance: 0.5)
  }

  @Test func decimalsOfLargeNumbers() async throws {
    let texts = (0..<1_000).map {
      "\(1_000_000_000_000_000 + 3 * ($0 * 37 % 1_000)).\(123 + $0 % 800)"
    }
    let generator = try await Generator.train(
      on: Table(columns: [Column("x", texts)]), options: quickOptions(epochs: 5))
    let drawn = try generator.writtenFields(rows: 1_000)[0].map { Double($0)! - 1e15 }
    #expect(drawn.allSatisfy { $0 >= 0 && $0 <= 3_000 })
    #expect(drawn.count { $0 != $0.rounded() } > 700)
    for share in [0.1, 0.5, 0.9] {
      #expect(abs(drawn.sorted()[Int(share * 1_000)] - share * 3_000) < 250)
    }
  }

  @Test(arguments: 0..<4) func numbersOfAllSizes(_ seed: UInt64) async throws {
    var random = SplitMix64(seed: seed)
    let texts = (0..<600).map { row -> String in
      if row % 5 == 0 { return "0" }
      let sign = random.unit() < 0.5 ? "-" : ""
      let exponent = Int(random.unit() * 632) - 324
      return ["\(sign)1.5e\(exponent)", "5e-324", "\(sign)1.7976931348623157e308", "0.25"][
        row % 7 == 0 ? 1 + row % 3 : 0]
    }
    let table = try Table(columns: [
      Column("x", texts), Column("y", texts.reversed()),
      Column("group", texts.map { "\($0.count)" }),
    ])
    let trained = try await Generator.train(
      on: table, options: quickOptions(epochs: 4, seed: seed))
    let folder = TemporaryFolder()
    try trained.write(to: folder.file("model"))
    let generator = try Generator(contentsOf: folder.file("model"))
    let drawn = try generator.drawTable(rows: 3_000)
    for column in drawn.columns[..<2] {
      let numbers = column.numbers.compactMap(\.self)
      #expect(numbers.count == 3_000 && numbers.allSatisfy(\.isFinite))
      #expect(abs(Double(numbers.count { $0 == 0 }) / 3_000 - 0.2) < 0.06)
      let known = texts.map { Double($0)! }
      for isMet: (Double) -> Bool in [
        { $0 < 0 }, { $0.magnitude < 1e-100 }, { $0.magnitude > 1e100 },
      ] {
        let share = Double(numbers.count(where: isMet)) / 3_000
        #expect(abs(share - Double(known.count(where: isMet)) / 600) < 0.08)
      }
    }
    #expect(try !generator.summary.json().isEmpty && !generator.summary.text.isEmpty)
    #expect(
      try generator.writtenFields(rows: 500)
        == fields(of: generator.drawTable(rows: 500)))
  }

  // MARK: Beside other columns

  /// Most numbers are those of the column before, and none is smaller.
  @Test func followedAndBoundNumbers() async throws {
    var random = SplitMix64(seed: 8)
    let first = smallNumbers(2_000, seed: 3)
    let second = first.map { value -> Double in
      let larger = Double(String(format: "%.2e", value * (1 + 9 * random.unit())))!
      return random.unit() < 0.8 ? value : larger
    }
    let table = try Table(columns: [
      Column("p", first.map { spelled($0, digits: 3) }),
      Column("q", second.map { spelled($0, digits: 3) }),
    ])
    for rule in [nil, "p <= q"] {
      var options = quickOptions(epochs: 8)
      options.reading.forcesConstraints = true
      options.reading.constraints = try rule.map { [try Constraint(parsing: $0)] } ?? []
      let generator = try await Generator.train(on: table, options: options)
      let drawn = try generator.writtenFields(rows: 2_000).map { $0.map { Double($0)! } }
      #expect(zip(drawn[0], drawn[1]).count { $0 == $1 } > 1_200)
      expectSameQuantiles(drawn[0], first, tolerance: 0.7)
      expectSameQuantiles(drawn[1], second, tolerance: 0.7)
      if rule != nil { #expect(zip(drawn[0], drawn[1]).allSatisfy { $0 <= $1 }) }
    }
  }

  @Test func derivedNumbers() async throws {
    let first = smallNumbers(1_000, seed: 4)
    let factors = first.indices.map { 1 + $0 % 4 }
    var options = quickOptions(epochs: 3)
    options.reading.derivations = [try Derivation(parsing: "q = p * n")]
    let generator = try await Generator.train(
      on: Table(columns: [
        Column("p", first.map { spelled($0, digits: 3) }), Column("n", factors.map { "\($0)" }),
        Column("q", zip(first, factors).map { spelled($0 * Double($1), digits: 4) }),
      ]), options: options)
    let drawn = try generator.writtenFields(rows: 1_000).map { $0.map { Double($0)! } }
    for row in 0..<1_000 {
      let product = drawn[0][row] * drawn[1][row]
      #expect(abs(drawn[2][row] - product) <= 1e-3 * product, "\(row)")
    }
  }

  /// Tables whose numbers fit a decimal place are encoded as before.
  @Test func ordinaryNumbersHaveDecimalUnits() throws {
    var random = SplitMix64(seed: 6)
    let columns: [[String]] = [
      (0..<500).map { "\($0)" },
      (0..<500).map { _ in "\(random.unit())" },
      (0..<500).map { _ in "\(1e6 * random.unit())" },
      (0..<500).map { "\(Double($0 % 60) * 0.1 + 0.2)" },
      (0..<500).map { "\($0 % 90)e20" },
      (0..<500).map { "1.\($0)e-7" },
      (0..<500).map { "\(Double($0) * 1e-12)" },
    ]
    for (index, fields) in columns.enumerated() {
      guard case .number(let number) = try encoded(fields).column.kind else {
        Issue.record("Column \(index) is none of numbers.")
        continue
      }
      #expect(number.significantDigits == nil && number.format.significant == nil, "\(index)")
    }
  }
}
