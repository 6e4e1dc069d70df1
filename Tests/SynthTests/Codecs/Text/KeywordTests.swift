import NN
import Synth
import Tables
import TestSupport
import Testing

/// The words of texts that say something about the other columns.
@Suite struct KeywordTests {
  private static func keywords(
    _ texts: [String?], _ groups: [ColumnGroups], keys: [UInt16]? = nil
  ) -> [String] {
    KeywordSearch(
      texts, groups: groups, keys: keys ?? texts.map { _ in 0 }, minimumRows: 5
    ).keywords().words
  }

  /// Texts of three words: the first decides the kind, the second the size in half of the rows, the third nothing.
  private static func rows(
    seed: UInt64 = 1
  ) -> (texts: [String?], groups: [ColumnGroups], kinds: [String?]) {
    var random = SplitMix64(seed: seed)
    var (texts, kinds, sizes) = ([String?](), [String?](), [Double?]())
    for row in 0..<1_000 {
      let kind = Int.random(in: 0..<3, using: &random)
      let size = Int.random(in: 0..<2, using: &random)
      let other = ["near", "by", "at"].randomElement(using: &random)!
      let end = ["", "!", " for \(row % 50)", ", no. \(row)", " w/ view", " (new)"]
      let text = "\(["Room", "Loft", "Zelt"][kind]) \(other) \(["big", "small"][size])"
      texts.append(row % 10 == 3 ? nil : text + end.randomElement(using: &random)!)
      kinds.append(["a", "b", nil][kind])
      let isKept = Bool.random(using: &random)
      sizes.append(Double(isKept ? size : Int.random(in: 0..<2, using: &random)))
    }
    return (texts, [ColumnGroups(texts: kinds), ColumnGroups(numbers: sizes)], kinds)
  }

  @Test func informativeWordsComeFirst() {
    let (texts, groups, _) = Self.rows()
    let found = Self.keywords(texts, groups)
    #expect(Set(found.prefix(2)).isSubset(of: ["Room", "Loft", "Zelt"]))
    #expect(found.contains("big") || found.contains("small"))
    #expect(Set(found).isDisjoint(with: ["near", "by", "at", "no", "view"]) && found.count <= 4)
  }

  /// Unrelated columns make no word informative, whatever their number.
  @Test func chanceIsNotInformation() {
    let texts = Self.rows(seed: 2).texts
    var random = SplitMix64(seed: 3)
    let groups = (0..<20).map { _ in
      ColumnGroups(numbers: texts.map { _ in Double.random(in: 0..<1, using: &random) })
    }
    #expect(Self.keywords(texts, groups) == [])
  }

  /// Of four rows, or rows of four people, a word is not taken.
  @Test(arguments: [(4, 0, false), (40, 4, false), (40, 5, true), (40, 0, true)])
  func wordsAreShared(rowCount: Int, keyCount: Int, isKeyword: Bool) {
    let texts = (0..<400).map { $0 < rowCount ? "secret" : "x" }
    let groups = [ColumnGroups(texts: texts)]
    let keys = texts.indices.map { keyCount == 0 ? 0 : UInt16(1 + $0 % keyCount) }
    #expect(Self.keywords(texts, groups, keys: keys).contains("secret") == isKeyword)
  }

  @Test func wordsOfTexts() {
    let keywords = Keywords(["Café", "Room", "2BR"])
    let texts = ["Room", "Rooms", "my Room, Café", "CAFÉ", "(2BR)", "Room2", ""]
    #expect(texts.map(keywords.rank(in:)) == [1, nil, 0, nil, 2, nil, nil])
    #expect(Keywords().rank(in: "Room") == nil)
  }

  @Test func groupsOfNumbers() {
    let numbers: [Double?] = (0..<80).map { $0 % 5 == 0 ? nil : Double($0) } + [nil, 1e300]
    let groups = ColumnGroups(numbers: numbers).groups
    #expect(zip(numbers, groups).allSatisfy { ($0 == nil) == ($1 == 0) })
    let counts = (1...8).map { group in groups.count { $0 == group } }
    #expect(counts.allSatisfy { 7...9 ~= $0 } && groups.last == 8)
    #expect(Set(ColumnGroups(numbers: [2, 2, 2]).groups).count == 1)
    #expect(ColumnGroups(numbers: [nil, nil]).groups == [0, 0])
  }

  /// A made-up text has its keyword as a whole word and none of a lower rank; one without a keyword has none.
  @Test func textsHaveTheirKeyword() throws {
    let texts = Self.rows().texts.compactMap { $0 }
    var counter = NGramCounter(texts.map { Level(text: $0, count: 1) }, minimumRows: 5)
    let counted = counter.model()
    var unseen = UnseenContinuations(try #require(counted))
    for text in texts { unseen.strike(text) }
    let model = unseen.finished()
    let keywords = Keywords(["big", "Room", "Loft", "by"])
    for keyword in [nil, 0, 1, 2, 3] {
      var found = 0
      for row in 0..<200 {
        var composer = TextComposer(
          model, keywords: keywords,
          random: RowRandom(philox: Philox(key: 7), row: row, field: 0))
        let composed = composer.compose(keyword: keyword, length: 18)
        let text = try #require(composed)
        #expect(!texts.contains(text) && 15...21 ~= text.unicodeScalars.count, "\(text)")
        found += keywords.rank(in: text) == keyword ? 1 : 0
      }
      #expect(found >= 190, "\(keyword as Int?): \(found)")
    }
  }
}
