import Foundation
import Tables

/// In a model file the n-grams are bytes: for each node in level order its number of children and, if there are some, its escape
/// weight, and for each child the distance of its symbol from the one before, and its weight.
extension CharacterModel: Codable {
  private enum CodingKeys: CodingKey {
    case alphabet, singles, grams, unseen
  }

  /// Reads the n-grams.
  ///
  /// - Throws: `DecodingError` if they do not form a trie.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let alphabet = Array(try container.decode(String.self, forKey: .alphabet).unicodeScalars)
    let singles = try container.decode([Symbol].self, forKey: .singles)
    var grams = NumberReader(try container.decode(Data.self, forKey: .grams))
    var unseen = NumberReader(try container.decode(Data.self, forKey: .unseen))
    guard let entries = Self.entries(&grams), let continuations = Self.continuations(&unseen),
      let model = CharacterModel(
        alphabet: alphabet, singles: singles, entries: entries, unseen: continuations)
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .grams, in: container, debugDescription: "There are no such n-grams.")
    }
    self = model
  }

  /// Writes the n-grams.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    var text = String.UnicodeScalarView()
    text.append(contentsOf: alphabet)
    try container.encode(String(text), forKey: .alphabet)
    try container.encode(singles, forKey: .singles)
    var grams = Data()
    for node in nodes {
      grams.append(number: node.children.count)
      if !node.children.isEmpty { grams.append(node.escape.byte) }
      var last = 0
      for child in node.children {
        grams.append(number: Int(nodes[child].symbol) - last)
        grams.append(nodes[child].weight.byte)
        last = Int(nodes[child].symbol)
      }
    }
    try container.encode(grams, forKey: .grams)
    var unseen = Data()
    var last = 0
    for (index, node) in nodes.enumerated() {
      for symbol in unseenSymbols[node.unseen] {
        unseen.append(number: index - last)
        unseen.append(number: Int(symbol))
        last = index
      }
    }
    try container.encode(unseen, forKey: .unseen)
  }

  private static func entries(_ grams: inout NumberReader) -> [Entry]? {
    var entries = [Entry()]
    var index = 0
    while index < entries.count {
      guard let count = grams.number(), count <= mostNodes - entries.count else { return nil }
      entries[index].childCount = count
      if count > 0 {
        guard let escape = grams.count() else { return nil }
        entries[index].escape = escape
      }
      var symbol = 0
      for _ in 0..<count {
        guard let step = grams.number(), let weight = grams.count(), symbol + step <= mostSymbols
        else { return nil }
        symbol += step
        entries.append(Entry(symbol: Symbol(symbol), weight: weight))
      }
      index += 1
    }
    return grams.isAtEnd ? entries : nil
  }

  private static func continuations(
    _ unseen: inout NumberReader
  ) -> [(node: Int, symbol: Symbol)]? {
    var continuations: [(node: Int, symbol: Symbol)] = []
    var node = 0
    while !unseen.isAtEnd {
      guard let step = unseen.number(), let symbol = unseen.number(), node + step < mostNodes,
        symbol <= mostSymbols
      else { return nil }
      node += step
      continuations.append((node, Symbol(symbol)))
    }
    return continuations
  }
}

/// Reads numbers in base 128, the lowest digit first; all but the last have the highest bit set.
private struct NumberReader {
  private var bytes: Data

  init(_ bytes: Data) { self.bytes = bytes }

  var isAtEnd: Bool { bytes.isEmpty }

  /// A number below 2^21; nil if there is none.
  mutating func number() -> Int? {
    var number = 0
    for shift in [0, 7, 14] {
      guard let byte = bytes.popFirst() else { return nil }
      number |= Int(byte & 0x7f) << shift
      if byte < 0x80 { return number }
    }
    return nil
  }

  /// A count of one byte.
  mutating func count() -> RoughCount? { bytes.popFirst().flatMap { RoughCount(byte: $0) } }
}

extension Data {
  fileprivate mutating func append(number: Int) {
    var number = number
    while number >= 0x80 {
      append(UInt8(number & 0x7f | 0x80))
      number >>= 7
    }
    append(UInt8(number))
  }
}
