import Eval
import Testing

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
