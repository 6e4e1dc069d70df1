import Eval
import TestSupport
import Testing

@Suite struct MarkupTests {
  @Test func textIsEscapedAndMarkupIsNot() {
    let name = "<b>\"x\" & 'y'</b>"
    let inner: Markup = "<i>\(name)</i>"
    let outer: Markup = "<p title=\"\(name)\">\(inner)\(3)</p>"
    let safe = "&lt;b&gt;&quot;x&quot; &amp; &#39;y&#39;&lt;/b&gt;"
    #expect(outer.text == "<p title=\"\(safe)\"><i>\(safe)</i>3</p>")
  }

  @Test func charactersThatHTMLForbidsAreReplaced() {
    #expect(escaped("a\u{0}b\u{1B}c\u{85}d") == "a\u{FFFD}b\u{FFFD}c\u{FFFD}d")
    #expect(escaped("a\tb\nc\r\nd") == "a b c  d")
    #expect(escaped("é😀نعم") == "é😀نعم")
  }

  @Test func noTextCanOpenATag() {
    var random = SplitMix64(seed: 1)
    let alphabet = Array("<>&\"'ab/!-\u{0}\u{2028}é😀")
    for _ in 0..<2_000 {
      let text = String(
        (0..<Int.random(in: 0...30, using: &random)).map { _ in
          alphabet.randomElement(using: &random)!
        })
      #expect(!escaped(text).contains { "<>\"'".contains($0) })
      #expect(!escapedForScript(text).contains { "<>&\u{2028}".contains($0) })
    }
  }

  @Test func jsonForAScriptKeepsItsMeaning() {
    #expect(escapedForScript(#"{"a":"</script>&"}"#) == #"{"a":"\u003c/script\u003e\u0026"}"#)
    #expect(escapedForScript("\"a\u{7F}\u{9B}\"") == #""a\u007f\u009b""#)
  }

  @Test func coordinatesAreShort() {
    let cases: [(Double, String)] = [
      (0, "0"), (-0.001, "0"), (1, "1"), (1.5, "1.5"), (1.05, "1.05"), (-1.256, "-1.26"),
      (0.999, "1"), (-0.5, "-0.5"), (123_456.789, "123456.79"), (.nan, "0"), (.infinity, "0"),
      (1e300, "0"),
    ]
    for (value, text) in cases { #expect(coordinate(value) == text) }
  }

  @Test func coordinatesAreReadBackToAHundredth() {
    var random = SplitMix64(seed: 2)
    for _ in 0..<2_000 {
      let value = (random.unit() - 0.5) * 2_000
      #expect(abs(Double(coordinate(value))! - value) < 0.0051)
    }
  }
}
