import Tables
import TestSupport
import Testing

@Suite struct ParsedNumberTests {
  private func value(_ text: String) -> Double? { withBytes(text) { parseNumber($0)?.value } }

  @Test(arguments: [
    "", "-", "+1", ".5", "5.", "1.e5", "007", "-007", "00", "00.5", "1,000", " 1", "1 ", "1e",
    "1e+", "1e-", "1e5.0", "0x10", "inf", "nan", "NaN", "Infinity", "1.2.3", "--1", "1-", "1e999",
    "-1e999", "١", "1_000", "1e5x",
  ])
  func refuses(text: String) {
    #expect(value(text) == nil)
  }

  @Test(
    arguments: [
      ("0", 0, 0, 1), ("-12", -12, 0, 2), ("0.5", 0.5, 1, 2), ("20000.0", 20000, 1, 6),
      ("0.50", 0.5, 2, 3), ("1e5", 100_000, 0, 1), ("1E+5", 100_000, 0, 1), ("1e-3", 0.001, 3, 1),
      ("1.25e1", 12.5, 1, 3), ("-0.001", -0.001, 3, 4),
      ("123456789012345678901", 1.2345678901234568e20, 0, 21),
      ("1e-400", 0, 330, 1), ("0e99999999999999999999", 0, 0, 1),
    ] as [(String, Double, Int, Int)])
  func reads(text: String, value: Double, decimals: Int, digitCount: Int) throws {
    let number = try #require(withBytes(text, parseNumber))
    #expect(number.value == value)
    #expect(number.decimals == decimals)
    #expect(number.digitCount == digitCount)
    #expect(number.hasPoint == text.contains("."))
    #expect(number.hasExponent == text.lowercased().contains("e"))
  }

  @Test func knowsIntegers() throws {
    for (text, isInteger) in [
      ("123456789012345", true), ("1234567890123456", false), ("12.0", false), ("1e5", false),
      ("-5", true),
    ] {
      #expect(try #require(withBytes(text, parseNumber)).isInteger == isInteger)
    }
  }

  @Test(arguments: 0..<8)
  func agreesWithDoubleToTheBit(seed: Int) {
    var generator = SplitMix64(seed: UInt64(seed))
    func digits(_ range: ClosedRange<Int>) -> String {
      let count = Int.random(in: range, using: &generator)
      return String(
        (0..<count).map { _ in Character("\(Int.random(in: 0...9, using: &generator))") })
    }
    for _ in 0..<20_000 {
      var text = Bool.random(using: &generator) ? "-" : ""
      text +=
        Bool.random(using: &generator)
        ? "0" : "\(Int.random(in: 1...9, using: &generator))\(digits(0...18))"
      if Bool.random(using: &generator) { text += "." + digits(1...12) }
      if Int.random(in: 0..<4, using: &generator) == 0 {
        text += "e\(Int.random(in: -330...290, using: &generator))"
      }
      let expected = Double(text).flatMap { $0.isFinite ? $0 : nil }
      #expect(value(text)?.bitPattern == expected?.bitPattern, "\(text)")
    }
  }

  @Test func agreesWithDoubleOnShortestSpellings() {
    var generator = SplitMix64(seed: 99)
    for _ in 0..<50_000 {
      let double = Double(bitPattern: generator.next())
      guard double.isFinite else { continue }
      #expect(value("\(double)")?.bitPattern == double.bitPattern)
    }
  }
}
