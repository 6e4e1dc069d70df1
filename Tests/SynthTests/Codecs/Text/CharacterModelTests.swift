import Foundation
import NN
import Synth
import Tables
import TestSupport
import Testing

@Suite struct CharacterModelTests {
  private static let minimumRows = 5

  /// Texts that share words, by rows.
  private static func levels(seed: UInt64 = 1) -> [Level] {
    var random = SplitMix64(seed: seed)
    let words = ["sunny", "Room", "näher", "日本", "in", "Soho", "🙂", "no. 7", "zu  zweit"]
    var counts: [String: Int] = [:]
    for _ in 0..<400 {
      let count = Int.random(in: 1...5, using: &random)
      let text = (0..<count).map { _ in words.randomElement(using: &random)! }
        .joined(separator: " ")
      counts[text, default: 0] += 1
    }
    return counts.sorted { $0.key < $1.key }.map { Level(text: $0.key, count: $0.value) }
  }

  private static func model(_ levels: [Level]) throws -> CharacterModel {
    var counter = NGramCounter(levels, minimumRows: minimumRows)
    let model = counter.model()
    return try #require(model)
  }

  /// The symbols of every node.
  private static func grams(of model: CharacterModel) -> [[CharacterModel.Symbol]] {
    var grams = model.nodes.map { _ in [CharacterModel.Symbol]() }
    for (index, node) in model.nodes.enumerated() {
      for child in node.children { grams[child] = grams[index] + [model.nodes[child].symbol] }
    }
    return grams
  }

  /// The symbols of a text between borders; nil for characters that are not in the alphabet.
  private static func symbols(_ text: String, _ model: CharacterModel) -> [CharacterModel.Symbol?] {
    [0] + text.unicodeScalars.map { model.symbols[$0] } + [0]
  }

  private static func contains(
    _ text: [CharacterModel.Symbol?], _ gram: [CharacterModel.Symbol]
  ) -> Int {
    guard text.count >= gram.count else { return 0 }
    return (0...text.count - gram.count).count { start in
      zip(text[start...], gram).allSatisfy { $0 == $1 }
    }
  }

  @Test func everyNGramIsSharedByEnoughRows() throws {
    let levels = Self.levels()
    let model = try Self.model(levels)
    let texts = levels.map { Self.symbols($0.text, model) }
    let grams = Self.grams(of: model)
    #expect(model.nodes.map(\.depth).max() == CharacterModel.longest)
    for (gram, node) in zip(grams, model.nodes).dropFirst() {
      var (rows, occurrences) = (0, 0)
      for (text, level) in zip(texts, levels) {
        let count = Self.contains(text, gram)
        rows += count > 0 ? level.count : 0
        occurrences += count * level.count
      }
      // The border at the start is a context and no continuation.
      if gram == [CharacterModel.border] { occurrences = rows }
      #expect(rows >= Self.minimumRows)
      #expect(node.weight == RoughCount(occurrences), "\(gram)")
    }
  }

  /// No pair of characters that enough rows share is left out.
  @Test func pairsAreComplete() throws {
    let levels = Self.levels(seed: 3)
    let model = try Self.model(levels)
    let grams = Set(Self.grams(of: model))
    var rows: [[CharacterModel.Symbol]: Int] = [:]
    for level in levels {
      let symbols = Self.symbols(level.text, model)
      let pairs = zip(symbols, symbols.dropFirst()).compactMap { first, second in
        first.flatMap { first in second.map { [first, $0] } }
      }
      for pair in Set(pairs) { rows[pair, default: 0] += level.count }
    }
    for (pair, count) in rows { #expect(grams.contains(pair) == (count >= Self.minimumRows)) }
  }

  @Test func rareCharactersAreNotInTheAlphabet() throws {
    var levels = (0..<20).map { Level(text: "ab \($0 % 10) cd", count: 1) }
    levels += [Level(text: "abÿ", count: 4), Level(text: "abé", count: 5)]
    let alphabet = try Self.model(levels).alphabet
    #expect(alphabet.contains("é") && !alphabet.contains("ÿ") && !alphabet.contains("7"))
  }

  /// In a table with a key, n-grams are shared by people, not by rows.
  @Test func keysAreCounted() throws {
    func levels(_ keys: Int) -> [Level] {
      (0..<40).map { number in
        var units = PrivacyUnitSet()
        units.insert(UInt16(1 + number % keys))
        return Level(text: "word \(number)", count: 1, keys: units)
      }
    }
    for (keys, hasModel) in [(4, false), (5, true)] {
      var counter = NGramCounter(levels(keys), minimumRows: Self.minimumRows)
      let model = counter.model()
      #expect((model != nil) == hasModel)
    }
  }

  @Test func unseenContinuationsAreInNoText() throws {
    let levels = Self.levels(seed: 2)
    var unseen = UnseenContinuations(try Self.model(levels))
    for level in levels { unseen.strike(level.text) }
    let model = unseen.finished()
    let texts = levels.map { Self.symbols($0.text, model) }
    let grams = Self.grams(of: model)
    var count = 0
    for (gram, node) in zip(grams, model.nodes) {
      for symbol in model.unseenSymbols[node.unseen] {
        count += 1
        #expect(texts.allSatisfy { Self.contains($0, gram + [symbol]) == 0 }, "\(gram) \(symbol)")
      }
    }
    #expect(count > 100)
  }

  @Test func nearlyEveryTextHasSingles() throws {
    let levels = (0..<200).map { number in
      Level(text: number == 7 ? "none" : "a\(number)@example.com", count: 1)
    }
    let model = try Self.model(levels)
    let singles = model.singles.map { model.alphabet[Int($0) - 1] }
    #expect(singles.contains("@") && singles.contains(".") && !singles.contains("e"))
  }

  @Test func roughCounts() {
    for count in [0, 1, 7, 8, 15, 16, 17, 100, 1_000, 123_456, 1 << 31] {
      let rough = RoughCount(count).value
      #expect(rough <= count && Double(count - rough) <= Double(count) / 8, "\(count)")
    }
    #expect(RoughCount(.max).value > 1 << 31 && RoughCount(byte: 240) == nil)
  }

  @Test func comesBackFromAFile() throws {
    let levels = Self.levels()
    var unseen = UnseenContinuations(try Self.model(levels))
    for level in levels { unseen.strike(level.text) }
    let model = unseen.finished()
    let data = try JSONEncoder().encode(model)
    #expect(try JSONDecoder().decode(CharacterModel.self, from: data) == model)
  }

  /// Damaged n-grams are refused, or texts can be made up from them.
  @Test func damagedFiles() throws {
    let data = try JSONEncoder().encode(Self.model(Self.levels()))
    var parts = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
    let grams = try #require((parts["grams"] as? String).flatMap { Data(base64Encoded: $0) })
    var random = SplitMix64(seed: 11)
    var refused = 0
    for round in 0..<300 {
      var damaged = grams
      for _ in 0..<1 + round % 3 {
        damaged[Int.random(in: 0..<grams.count, using: &random)] = UInt8.random(
          in: 0...255, using: &random)
      }
      if round % 10 == 0 { damaged = damaged.prefix(round) }
      parts["grams"] = damaged.base64EncodedString()
      parts["unseen"] = Data((0..<round % 7).map { _ in UInt8.random(in: 0...9, using: &random) })
        .base64EncodedString()
      let json = try JSONSerialization.data(withJSONObject: parts)
      do {
        let model = try JSONDecoder().decode(CharacterModel.self, from: json)
        for row in 0..<3 {
          var composer = TextComposer(
            model, keywords: Keywords(["Room"]),
            random: RowRandom(philox: Philox(key: 1), row: row, field: 0))
          _ = composer.compose(keyword: row == 1 ? 0 : nil, length: row * 20)
        }
      } catch is DecodingError { refused += 1 }
    }
    #expect(refused > 30)
  }
}
