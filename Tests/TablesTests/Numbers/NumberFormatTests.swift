import Foundation
import Tables
import TestSupport
import Testing

@Suite struct NumberFormatTests {
  private func text(_ value: Double, _ format: NumberFormat) -> String {
    var bytes: [UInt8] = []
    format.append(value, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test(
    arguments: [
      (20000, 1, 1, "20000.0"), (0.5, 2, 0, "0.5"), (0.25, 2, 0, "0.25"), (3, 2, 0, "3"),
      (3, 2, 1, "3.0"), (3.14159, 2, 2, "3.14"), (-1.5, 1, 1, "-1.5"), (-0.04, 1, 1, "0.0"),
      (-0.0, 0, 0, "0"), (0.05, 3, 3, "0.050"), (0.05, 3, 2, "0.05"), (1234567, 0, 0, "1234567"),
      (100, 0, 0, "100"), (100, 3, 0, "100"), (0, 3, 0, "0"), (0, 3, 3, "0.000"),
      (1e20, 2, 0, "100000000000000000000"), (1e20, 2, 1, "100000000000000000000.0"),
      (1e-20, 20, 0, "0.00000000000000000001"), (-1e-20, 18, 0, "0"), (-1e-20, 18, 2, "0.00"),
      (0.125, 2, 2, "0.12"), (0.375, 2, 2, "0.38"), (2.5, 0, 0, "2"), (3.5, 0, 0, "4"),
      (1.005, 2, 2, "1.00"),
    ] as [(Double, Int, Int, String)])
  func spells(value: Double, decimals: Int, minimumDecimals: Int, expected: String) {
    let format = NumberFormat(decimals: decimals, minimumDecimals: minimumDecimals)
    #expect(text(value, format) == expected)
  }

  @Test func isFixedWhenAllDecimalsStay() {
    #expect(NumberFormat(decimals: 2, isFixed: true).isFixed)
    #expect(!NumberFormat(decimals: 2, isFixed: false).isFixed)
    #expect(NumberFormat(decimals: 2, isFixed: false).minimumDecimals == 0)
  }

  @Test(arguments: 0...18)
  func roundsAsTheExactValueDemands(decimals: Int) {
    var generator = SplitMix64(seed: UInt64(decimals))
    let format = NumberFormat(decimals: decimals, isFixed: true)
    for round in 0..<4_000 {
      var value = Double.random(in: -1...1, using: &generator)
      value *= pow(10, Double(Int.random(in: 0...17, using: &generator)))
      // Ties and their neighbours are where rounding goes wrong.
      if round % 2 == 0 {
        value = (value.rounded() + 0.5) / pow(10, Double(decimals))
        if round % 4 == 0 { value = value.nextUp }
      }
      var expected = String(format: "%.*f", decimals, value)
      if expected.hasPrefix("-"), !expected.contains(where: { "123456789".contains($0) }) {
        expected.removeFirst()
      }
      #expect(text(value, format) == expected, "\(value)")
    }
  }

  @Test func survivesCoding() throws {
    let format = NumberFormat(decimals: 3, minimumDecimals: 1)
    let data = try JSONEncoder().encode(format)
    #expect(try JSONDecoder().decode(NumberFormat.self, from: data) == format)
  }

  @Test(arguments: [(-1, -1), (2, 3), (2, -1), (1_000_000_000, 0)])
  func refusesToDecodeNonsense(decimals: Int, minimumDecimals: Int) {
    let text = #"{"decimals": \#(decimals), "minimumDecimals": \#(minimumDecimals)}"#
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(NumberFormat.self, from: Data(text.utf8))
    }
  }
}
