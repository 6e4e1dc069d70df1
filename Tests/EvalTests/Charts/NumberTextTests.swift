import Eval
import Testing

@Suite struct NumberTextTests {
  @Test func countsHaveCommas() {
    #expect(NumberText.count(0) == "0")
    #expect(NumberText.count(999) == "999")
    #expect(NumberText.count(39_073) == "39,073")
    #expect(NumberText.count(-1_234_567) == "−1,234,567")
    #expect(NumberText.count(.min) == "−9,223,372,036,854,775,808")
  }

  @Test func whatIsNoNumberIsADash() {
    for value in [nil, Double.nan, .infinity, -.infinity] {
      #expect(NumberText.fixed(value, digits: 2) == "–")
      #expect(NumberText.percent(value) == "–")
      #expect(NumberText.number(value) == "–")
    }
  }

  @Test func aShareIsNotRoundedToAllOrNothing() {
    let percent = { NumberText.percent($0).replacing("\u{A0}", with: " ") }
    #expect(percent(0.966) == "96.6 %")
    #expect(percent(1) == "100.0 %")
    #expect(percent(0) == "0.0 %")
    #expect(percent(0.99984) == "99.98 %")
    #expect(percent(0.0004) == "0.04 %")
    #expect(percent(0.999_999_9) == "> 99.999 %")
    #expect(percent(1e-9) == "< 0.001 %")
    #expect(percent(-0.012) == "−1.2 %")
  }

  @Test func numbersHaveSignificantDigits() {
    let cases: [(Double, String)] = [
      (0, "0"), (12.345, "12.35"), (1_234_567, "1,234,567"), (0.00123, "0.00123"), (40, "40"),
      (-0.5, "−0.5"), (0.1 + 0.2, "0.3"), (1e21, "1e21"), (-1.2e-7, "−1.2e−7"),
      (99_999.6, "100,000"), (.greatestFiniteMagnitude, "1.798e308"),
    ]
    for (value, text) in cases { #expect(NumberText.number(value) == text) }
  }

  @Test func aZeroHasNoSign() {
    #expect(NumberText.fixed(-0.0001, digits: 2) == "0.00")
    #expect(NumberText.number(-0.0) == "0")
  }

  @Test func exactValuesKeepTheirDigits() {
    #expect(NumberText.exact(39) == "39")
    #expect(NumberText.exact(0.1) == "0.1")
    #expect(NumberText.exact(-12_345_678) == "-12345678")
    #expect(NumberText.exact(1e300) == "1e+300")
    #expect(NumberText.exact(.nan) == "–")
  }
}

@Suite struct ShortTextTests {
  @Test func aTextThatFitsStays() {
    #expect(shortened("income", to: 6) == "income")
    #expect(shortened("", to: 3) == "")
  }

  @Test func aLongTextEndsInAnEllipsis() {
    #expect(shortened("marital_status", to: 8) == "marital…")
    #expect(displayWidth(shortened(String(repeating: "a", count: 200), to: 16)) == 16)
  }

  @Test func wideCharactersCountAsTwoAndAreNotCutApart() {
    #expect(displayWidth("漢字") == 4)
    #expect(shortened("漢字かな", to: 5) == "漢字…")
    #expect(shortened("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", to: 5) == "👩‍👩‍👧👩‍👩‍👧…")
  }

  @Test func heapsOfAccentsAreCutDown() {
    let heap = "zalgo" + String(repeating: "\u{301}", count: 60)
    #expect(shortened(heap, to: 20).unicodeScalars.count == 8)
  }
}
