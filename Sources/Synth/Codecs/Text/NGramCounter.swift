import Hashing
import Tables

/// Counts the n-grams of texts, one length after another, and keeps those that enough rows share.
///
/// An n-gram is counted only if both shorter ones in it are kept, so memory is bounded by the number of characters.
package struct NGramCounter {
  private let minimumRows: Int
  private let alphabet: [Unicode.Scalar]
  /// The symbols of all texts, one after another, each with a border at both ends; nil for characters that are not kept.
  private var symbols: [CharacterModel.Symbol?] = []
  private var texts: [Text] = []
  private var grams: [Gram] = []
  /// For each symbol, the n-gram of the current length that ends with it; none if it is not kept.
  private var gramAt: [Int32] = []

  private struct Text {
    let range: Range<Int>
    let count: Int
    let keys: PrivacyUnitSet
  }

  private struct Gram {
    let prefix: Int32
    let symbol: CharacterModel.Symbol
    var occurrences = 0
    /// The occurrences that are not the end of a text.
    var followed = 0
    var rows = RowTally()
    private var lastText = -1

    init(prefix: Int32, symbol: CharacterModel.Symbol) {
      self.prefix = prefix
      self.symbol = symbol
    }

    mutating func add(_ text: Text, number: Int, isStart: Bool, isEnd: Bool) {
      // A border at the start is a context, but not a continuation.
      if !isStart { occurrences += text.count }
      if !isEnd { followed += text.count }
      guard number != lastText else { return }
      rows += RowTally(rows: text.count, keys: text.keys)
      lastText = number
    }
  }

  private static let none: Int32 = -1
  /// The most characters that are looked at.
  private static let mostCharacters = 1 << 20

  /// - Parameter levels: texts; of very many, some that are spread evenly.
  package init(_ levels: [Level], minimumRows: Int) {
    self.minimumRows = minimumRows
    let sample = NGramCounter.sample(levels)
    alphabet = NGramCounter.alphabet(of: sample, minimumRows: minimumRows)
    let table = SymbolTable(alphabet)
    for level in sample {
      let start = symbols.count
      symbols.append(CharacterModel.border)
      symbols += level.text.unicodeScalars.lazy.map { table[$0] }
      symbols.append(CharacterModel.border)
      texts.append(Text(range: start..<symbols.count, count: level.count, keys: level.keys))
    }
  }

  private static func sample(_ levels: [Level]) -> [Level] {
    let total = levels.reduce(0) { $0 + $1.text.utf8.count }
    guard total > mostCharacters else { return levels }
    let share = UInt64(Double(mostCharacters) / Double(total) * 0x1p64)
    return levels.enumerated().filter { UInt64($0.offset) &* .goldenStep < share }.map(\.element)
  }

  /// The characters that enough rows share, most frequent first.
  private static func alphabet(of levels: [Level], minimumRows: Int) -> [Unicode.Scalar] {
    var tallies: [Unicode.Scalar: (tally: RowTally, count: Int)] = [:]
    for level in levels {
      for scalar in Set(level.text.unicodeScalars) {
        tallies[scalar, default: (RowTally(), 0)].tally +=
          RowTally(rows: level.count, keys: level.keys)
        tallies[scalar]!.count += level.count
      }
    }
    return tallies.filter { $0.value.tally.count >= minimumRows }
      .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
      .prefix(CharacterModel.mostSymbols).map(\.key)
  }

  /// The model of all kept n-grams; nil if there are none.
  package mutating func model() -> CharacterModel? {
    for length in 1...CharacterModel.longest where !count(length: length) { break }
    return CharacterModel(alphabet: alphabet, singles: singles, entries: entries())
  }

  /// Counts the n-grams of a length; false if none is kept.
  private mutating func count(length: Int) -> Bool {
    var places: [UInt64: Int32] = [:]
    var found: [Gram] = []
    var foundAt = symbols.map { _ in NGramCounter.none }
    for (number, text) in texts.enumerated() {
      for place in text.range {
        let isStart = place == text.range.lowerBound
        guard let symbol = symbols[place], length == 1 || !isStart else { continue }
        let prefix = length == 1 ? NGramCounter.none : gramAt[place - 1]
        if length > 1, prefix == NGramCounter.none || gramAt[place] == NGramCounter.none {
          continue
        }
        let key = UInt64(UInt32(bitPattern: prefix)) << 16 | UInt64(symbol)
        let index = places[key] ?? Int32(found.count)
        if index == found.count {
          places[key] = index
          found.append(Gram(prefix: prefix, symbol: symbol))
        }
        foundAt[place] = index
        let isEnd = place == text.range.upperBound - 1
        found[Int(index)].add(text, number: number, isStart: isStart, isEnd: isEnd)
      }
    }
    var kept = found.map { _ in NGramCounter.none }
    for (index, gram) in found.enumerated() where gram.rows.count >= minimumRows {
      kept[index] = Int32(grams.count)
      grams.append(gram)
    }
    gramAt = foundAt.map { $0 == NGramCounter.none ? $0 : kept[Int($0)] }
    return kept.contains { $0 != NGramCounter.none }
  }

  /// The n-grams in level order: the most frequent, if there are too many.
  private func entries() -> [CharacterModel.Entry] {
    let ranked = grams.map(\.occurrences).sorted(by: >)
    let most = CharacterModel.mostNodes - 1
    let least = ranked.count > most ? ranked[most] + 1 : 0
    var children: [Int32: [Int32]] = [:]
    for (index, gram) in grams.enumerated() where gram.occurrences >= least {
      children[gram.prefix, default: []].append(Int32(index))
    }
    var entries = [CharacterModel.Entry()]
    var order = [NGramCounter.none]
    var index = 0
    while index < order.count {
      let below = (children[order[index]] ?? [])
        .sorted { grams[Int($0)].symbol < grams[Int($1)].symbol }
      order += below
      entries[index].childCount = below.count
      if index > 0, !below.isEmpty {
        let followed = grams[Int(order[index])].followed
        entries[index].escape = RoughCount(
          followed - below.reduce(0) { $0 + grams[Int($1)].occurrences })
      }
      entries += below.map {
        let gram = grams[Int($0)]
        return CharacterModel.Entry(symbol: gram.symbol, weight: RoughCount(gram.occurrences))
      }
      index += 1
    }
    return entries
  }

  /// The characters that nearly all texts have exactly once.
  private var singles: [CharacterModel.Symbol] {
    var counts: [CharacterModel.Symbol: Int] = [:]
    for text in texts {
      var inText: [CharacterModel.Symbol: Int] = [:]
      for symbol in symbols[text.range] { if let symbol { inText[symbol, default: 0] += 1 } }
      for (symbol, count) in inText where count == 1 { counts[symbol, default: 0] += text.count }
    }
    let rows = texts.reduce(0) { $0 + $1.count }
    return counts.filter { $0.key != CharacterModel.border && $0.value * 100 >= rows * 99 }
      .map(\.key).sorted()
  }
}
