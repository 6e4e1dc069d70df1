import Foundation
import Tables
import Testing

@Suite struct TextPatternTests {
  private func pattern(_ texts: [String], share: Double = 0.97) -> TextPattern? {
    TextPattern(detecting: texts.map { Level(text: $0, count: 1) }, share: share)
  }

  @Test(
    arguments: [
      (["AB-12345", "AB-99999", "AB-00500"], "AB-[0-9]{5}"),
      (["12345-6789", "98760-4321"], "[0-9]{5}-[0-9]{4}"),
      (["+49 171 1234567", "+49 160 7654321"], #"\+49 1[0-9]{2} [0-9]{3}4[0-9]{3}"#),
      (["SW1A", "NW3B", "ZE9Z"], "[A-Z]{2}[0-9][A-Z]"),
      (["3f", "0a", "b1", "a2"], "[0-9a-f]{2}"), (["3F", "0A", "B1", "A2"], "[0-9A-F]{2}"),
      (["3G", "0A", "B1", "A2"], "[0-9A-Z]{2}"), (["aB", "bA"], "[a-z][A-Z]"),
      (["a1", "B2"], "[A-Za-z][0-9]"), (["Ä1", "Ä2"], "Ä[0-9]"), (["x.1", "x.2"], #"x\.[0-9]"#),
    ])
  func detects(texts: [String], expression: String) throws {
    let found = try #require(pattern(texts))
    #expect(found.regularExpression == expression)
    for text in texts { #expect(withBytes(text) { found.matches($0) }) }
    #expect(try JSONDecoder().decode(TextPattern.self, from: JSONEncoder().encode(found)) == found)
  }

  @Test(arguments: [
    [], [""], ["A1", "A1"], ["A1", "A12"], ["Anna", "Kim"], ["Ä1", "Ü2"], ["-", "+"],
  ])
  func findsNoneInOtherTexts(texts: [String]) {
    #expect(pattern(texts) == nil)
  }

  @Test func allowsAFewOtherTexts() throws {
    let codes = (100..<200).map { "A\($0)" }
    let found = try #require(pattern(codes + ["none", "B", "A1x?"]))
    #expect(found.regularExpression == "A1[0-9]{2}")
    #expect(!withBytes("none") { found.matches($0) })
    #expect(!withBytes("A1") { found.matches($0) })
    #expect(!withBytes("A1x0") { found.matches($0) })
    #expect(pattern(codes + ["none!", "B", "C", "D"]) == nil)
    #expect(
      TextPattern(detecting: [
        Level(text: "A1", count: 60), Level(text: "B", count: 37), Level(text: "A2", count: 3),
      ]) == nil)
    #expect(
      TextPattern(detecting: [
        Level(text: "B", count: 3), Level(text: "A1", count: 60), Level(text: "A2", count: 37),
      ])?
      .regularExpression == "A[0-9]")
  }

  @Test func refusesADamagedPattern() {
    for json in [
      #"{"positions":[]}"#, #"{"positions":[{"free":{"_0":0}}]}"#,
      #"{"positions":[{"free":{"_0":32}}]}"#, #"{"positions":[{"free":{"_0":4}}]}"#,
      #"{"positions":[{"free":{"_0":1}},{"free":{"_0":16}}]}"#,
      "{\"positions\":[\(Array(repeating: #"{"free":{"_0":1}}"#, count: 65).joined(separator: ","))]}",
    ] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(TextPattern.self, from: Data(json.utf8))
      }
    }
  }
}
