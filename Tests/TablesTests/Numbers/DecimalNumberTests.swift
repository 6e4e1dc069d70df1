import Tables
import TestSupport
import Testing

/// Numbers as decimal digits, and how they are written with significant ones.
@Suite struct DecimalNumberTests {
  @Test func digitsAndDecades() {
    let cases: [(Double, UInt64, Int, Int)] = [
      (0, 0, 0, -1), (0.05, 5, -2, -2), (1, 1, 0, 0), (120, 12, 1, 2), (123.456, 123_456, -3, 2),
      (1e300, 1, 300, 300), (.leastNonzeroMagnitude, 5, -324, -324), (1.5e-10, 15, -11, -10),
      (1e15 + 0.125, 10_000_000_000_000_001, -1, 15),
      (18_014_398_509_481_982, 18_014_398_509_481_982, 0, 16),
      (.greatestFiniteMagnitude, 17_976_931_348_623_157, 292, 308),
    ]
    for (value, mantissa, exponent, decade) in cases {
      for sign in [1.0, -1] {
        let number = DecimalNumber(sign * value)
        #expect(number.mantissa == mantissa && number.exponent == exponent, "\(value)")
        #expect(number.decade == decade, "\(value)")
        #expect(number.isNegative == (sign * value < 0))
      }
    }
  }

  @Test func everyNumberIsItsDigits() {
    var random = SplitMix64(seed: 5)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      let number = DecimalNumber(value)
      let magnitude = DecimalNumber.value(Int(number.mantissa), timesTenTo: number.exponent)
      #expect(magnitude == value.magnitude && number.digitCount <= 17)
    }
    #expect(DecimalNumber.value(2, timesTenTo: 308) == .greatestFiniteMagnitude)
    #expect(DecimalNumber.value(-2, timesTenTo: 308) == -.greatestFiniteMagnitude)
    #expect(DecimalNumber.value(0, timesTenTo: 400) == 0)
  }

  @Test func rounding() {
    let number = DecimalNumber(-0.0012345)
    #expect(number.rounded(digits: 3) == DecimalNumber(-0.00123))
    #expect(number.rounded(digits: 4) == DecimalNumber(-0.001235))
    #expect(number.rounded(digits: 9) == number)
    // Rounded up there would be no such number.
    #expect(
      DecimalNumber(.greatestFiniteMagnitude).rounded(digits: 15)
        == DecimalNumber(1.79769313486231e308))
    #expect(DecimalNumber(9.996).rounded(digits: 3) == DecimalNumber(10))
    #expect(DecimalNumber(7e-3).roundedToPower(-2) == DecimalNumber(0.01))
    #expect(DecimalNumber(7e-3).roundedToPower(-1).mantissa == 0)
    #expect(DecimalNumber(7e-3).roundedToPower(200).mantissa == 0)
  }

  private func written(_ values: [Double], _ format: NumberFormat) -> [String] {
    values.map { value in
      var bytes: [UInt8] = []
      format.append(value, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  @Test func writtenWithSignificantDigits() throws {
    var format = NumberFormat(decimals: 40, isFixed: false)
    format.significant = SignificantNotation(digits: 3)
    #expect(
      written([0, -0.0, 0.05, 1.2345e-7, -1e-12, 1, 123.4, 1_000_000, -5e9], format) == [
        "0", "0", "0.05", "0.000000123", "-0.000000000001", "1", "123", "1000000", "-5000000000",
      ])
    format.minimumDecimals = 2
    #expect(written([0, 0.5, 10, 0.125], format) == ["0.00", "0.50", "10.00", "0.125"])
    format.minimumDecimals = 0
    let profile = try TableProfile(
      scanning: Table(columns: [Column("p", ["0.0012", "2.5", "1.0e-05", "3.25E-12", "7e+20"])]))
    format.significant?.scientific = profile.columns[0].scientific
    #expect(format.significant?.scientific?.plainDecades == -3...0)
    #expect(
      written([0, 0.05, 1.2345e-7, -1e-12, 10, 7, 1e21], format)
        == ["0", "0.05", "1.23E-07", "-1E-12", "1E+01", "7", "1E+21"])
    format.significant?.scientific?.minimumDigits = 3
    format.significant?.scientific?.hasUppercase = false
    format.significant?.scientific?.plainDecades = nil
    #expect(written([0, 0.05, 1e-120], format) == ["0", "5.00e-02", "1.00e-120"])
    #expect(format.rounded(1.2345e-7) == 1.23e-7 && format.rounded(-9.996) == -10)
  }

  @Test func spellingsOfExponents() throws {
    func scientific(_ fields: [String]) throws -> ScientificNotation? {
      try TableProfile(scanning: Table(columns: [Column("p", fields)])).columns[0].scientific
    }
    #expect(try scientific(["1", "0.5", "0"]) == nil)
    let c = try #require(try scientific(["1.000e+00", "2.500e-10", "0.000e+00"]))
    #expect(c.plainDecades == nil && c.minimumDigits == 4 && c.exponentDigits == 2)
    #expect(c.hasPlus && !c.hasUppercase)
    let swift = try #require(try scientific(["1e-7", "2.5e-10", "0.001", "20", "0"]))
    #expect(swift.plainDecades == -3...1 && swift.minimumDigits == 1 && swift.exponentDigits == 1)
  }
}
