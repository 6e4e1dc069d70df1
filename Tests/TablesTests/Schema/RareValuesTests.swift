import Foundation
import Tables
import TestSupport
import Testing

@Suite struct RareValuesTests {
  private func levels(frequent: [(String, Int)], rare: [String]) -> [Level] {
    frequent.map { Level(text: $0.0, count: $0.1) } + rare.map { Level(text: $0, count: 2) }
  }

  private func rareValues(_ levels: [Level]) -> RareValues {
    RareValues(
      ColumnProfile(name: "x", type: .category, levels: levels),
      valueCount: levels.reduce(0) { $0 + $1.count }, minimumRows: 5)
  }

  /// Codes such as `qabzk01`, of seven or five letters.
  private func playerCodes(_ count: Int, letterCount: Int, seed: Int) -> [String] {
    var generator = SplitMix64(seed: UInt64(seed))
    let letters = (0..<26).map { UInt8(97 + $0) }
    return (0..<count).map { index in
      let name = (0..<letterCount).map { _ in letters.randomElement(using: &generator)! }
      return String(decoding: name, as: UTF8.self) + String(format: "%02d", index % 100)
    }
  }

  private func codes(_ values: RareValues, key: UInt64) throws -> [String] {
    guard case .madeUp(let codes) = values else { throw TableError.noColumns }
    let writer = MadeUpCodeWriter(codes, key: key)
    return (0..<writer.count).map { index in
      var bytes: [UInt8] = []
      writer.append(index: index, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
  }

  @Test func frequentValuesWhereHardlyAnyAreRare() {
    #expect(rareValues(levels(frequent: [("a", 91)], rare: ["b", "c"])) == .frequent)
    #expect(rareValues(levels(frequent: [("a", 90)], rare: ["b", "c", "d", "e", "f"])) == .token)
  }

  @Test func wordsHaveNoCodes() {
    let towns = ["Ulm", "Bonn", "Halle", "Trier", "Worms", "Mainz", "Fulda", "Kleve", "Essen"]
    #expect(rareValues(levels(frequent: [("Berlin", 20)], rare: towns)) == .token)
    let capitals = towns.map { $0.uppercased() }
    #expect(rareValues(levels(frequent: [("BERLIN", 20)], rare: capitals)) == .token)
  }

  @Test func manyWordsAreMadeUp() {
    let names = (0..<100).map { "\(["Mac", "O'", "van "][$0 % 3])\(codeOfLetters($0))" }
    #expect(rareValues(levels(frequent: [("Smith", 100)], rare: names)) == .words)
    #expect(rareValues(levels(frequent: [("Smith", 100)], rare: Array(names.dropLast()))) == .token)
    #expect(rareValues(levels(frequent: [("Smith", 2_000)], rare: names)) == .frequent)
  }

  /// A word of letters, another for each number.
  private func codeOfLetters(_ number: Int) -> String {
    ["a", "e", "i", "o", "u"][number % 5] + String(repeating: "n", count: 1 + number / 5)
  }

  /// Made-up codes have the rare ones' patterns in their shares, are as many, and none of them is one of the table's.
  @Test(arguments: 0..<5)
  func codesAreMadeUpInTheirPatterns(seed: Int) throws {
    let long = playerCodes(300, letterCount: 7, seed: seed)
    let short = playerCodes(100, letterCount: 5, seed: seed + 50)
    let odd = ["Babe Ruth", "x"]
    let values = rareValues(
      levels(frequent: [("aaronha01", 30), ("bondsba01", 25)], rare: long + short + odd))
    let made = try codes(values, key: UInt64(seed))
    #expect(made.count == 400 && Set(made).count == 400)
    #expect(made.filter { $0.wholeMatch(of: #/[a-z]{7}[0-9]{2}/#) != nil }.count == 300)
    #expect(made.filter { $0.wholeMatch(of: #/[a-z]{5}[0-9]{2}/#) != nil }.count == 100)
    #expect(Set(made).isDisjoint(with: long + short + ["aaronha01", "bondsba01"]))
    #expect(try codes(values, key: 77) != made)
  }

  @Test func shortCapitalsAreCodes() throws {
    let airports = ["ABE", "CAK", "DAB", "EAT", "FAY", "GCC", "HDN", "ITH", "JAN", "KOA"]
    let made = try codes(rareValues(levels(frequent: [("ATL", 9)], rare: airports)), key: 1)
    #expect(made.count == 10 && made.allSatisfy { $0.wholeMatch(of: #/[A-Z]{3}/#) != nil })
  }

  @Test func damagedPatternsAreRefused() throws {
    let values = rareValues(
      levels(frequent: [], rare: playerCodes(50, letterCount: 4, seed: 3)))
    let json = String(decoding: try JSONEncoder().encode(values), as: UTF8.self)
    let copy = try JSONDecoder().decode(RareValues.self, from: Data(json.utf8))
    #expect(copy == values && json.contains(#""count":50"#))
    for (old, new) in [(#""count":50"#, #""count":0"#), (#""count":50"#, #""count":-1"#)] {
      let damaged = json.replacingOccurrences(of: old, with: new)
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(RareValues.self, from: Data(damaged.utf8))
      }
    }
  }
}
