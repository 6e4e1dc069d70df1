import Tables

/// Which character stands beside a few others in the texts of a column: n-grams with back-off to shorter ones.
///
/// The n-grams form a trie in level order: the children of a node are the characters that follow its n-gram. What follows an n-gram
/// but is not among its children is drawn from the shorter n-gram without the first character. The same n-grams say what stands
/// before others: see ``before``.
///
/// In addition some n-grams have unseen continuations: plausible characters that follow them in no row at all. A text with one of
/// them is not a text of the table.
package struct CharacterModel: Equatable, Sendable {
  /// A character, as its place in ``alphabet`` plus one, or ``border``.
  package typealias Symbol = UInt16

  /// The characters of the n-grams.
  package let alphabet: [Unicode.Scalar]
  package let symbols: SymbolTable
  /// For each symbol, whether it belongs to a word.
  private let areWordSymbols: [Bool]
  let space: Symbol?
  /// The characters that nearly all texts have exactly once, such as the `@` of addresses, ascending.
  package let singles: [Symbol]
  package private(set) var nodes: [Node]
  /// What follows each n-gram. The shorter n-gram is the one without the first character.
  let after: NGramSide
  /// What stands before each n-gram. The shorter n-gram is the one without the last character.
  let before: NGramSide
  /// The unseen continuations of all nodes.
  package private(set) var unseenSymbols: [Symbol] = []

  /// What stands before and after every text.
  package static let border: Symbol = 0
  /// The n-gram without characters.
  package static let root = 0
  /// The most characters of an n-gram, and the most n-grams and characters.
  package static let (longest, mostNodes, mostSymbols) = (8, 1 << 16, 4_000)

  package struct Node: Equatable, Sendable {
    /// The last symbol of the n-gram.
    package let symbol: Symbol
    package let depth: Int
    /// The occurrences of the n-gram.
    package let weight: RoughCount
    /// The occurrences that are followed by something else than the children.
    let escape: RoughCount
    /// The children, in ascending order of their symbols.
    package let children: Range<Int>
    package var unseen = 0..<0

    /// Whether texts go on after it in ways that few share. What follows a shorter n-gram is hardly a word.
    var isOpen: Bool { depth >= 3 && (children.isEmpty || escape.value > 0) }
  }

  /// An n-gram as it is stored.
  struct Entry: Equatable {
    var symbol = border
    var weight = RoughCount()
    var escape = RoughCount()
    var childCount = 0
  }

  /// - Parameters:
  ///   - entries: the n-grams in level order, the root first.
  ///   - unseen: nodes and their unseen continuations, by ascending nodes.
  /// - Returns: nil if the entries do not form a trie.
  init?(
    alphabet: [Unicode.Scalar], singles: [Symbol], entries: [Entry],
    unseen: [(node: Int, symbol: Symbol)] = []
  ) {
    self.alphabet = alphabet
    symbols = SymbolTable(alphabet)
    areWordSymbols = [false] + alphabet.map(\.isWordCharacter)
    space = symbols[" "]
    self.singles = singles
    guard alphabet.count <= Self.mostSymbols, entries.count <= Self.mostNodes,
      entries.first.map({ $0.childCount > 0 }) ?? false,
      singles.allSatisfy({ 1...alphabet.count ~= Int($0) })
    else { return nil }
    nodes = []
    nodes.reserveCapacity(entries.count)
    var depths = [0]
    var end = 1
    for (index, entry) in entries.enumerated() {
      let children = end..<end + entry.childCount
      end = children.upperBound
      guard index < children.lowerBound, end <= entries.count, entry.symbol <= alphabet.count,
        entries[children].lazy.map(\.symbol).isAscending,
        children.isEmpty || depths[index] < Self.longest
      else { return nil }
      depths += children.map { _ in depths[index] + 1 }
      nodes.append(
        Node(
          symbol: entry.symbol, depth: depths[index], weight: entry.weight, escape: entry.escape,
          children: children))
    }
    guard end == entries.count else { return nil }
    after = NGramSide(after: nodes)
    before = NGramSide(before: nodes, after: after)
    guard setUnseen(unseen) else { return nil }
  }

  /// Replaces the unseen continuations.
  ///
  /// - Returns: false if nodes are not in order or symbols not in the alphabet.
  mutating func setUnseen(_ unseen: [(node: Int, symbol: Symbol)]) -> Bool {
    unseenSymbols = unseen.map(\.symbol)
    for index in nodes.indices { nodes[index].unseen = 0..<0 }
    var last = 0
    for (place, (node, symbol)) in unseen.enumerated() {
      guard node >= last, node < nodes.count, symbol <= alphabet.count else { return false }
      let isFirst = nodes[node].unseen.isEmpty
      nodes[node].unseen = (isFirst ? place : nodes[node].unseen.lowerBound)..<place + 1
      last = node
    }
    return true
  }

  /// Whether a symbol is an unseen continuation of a node.
  func isUnseen(_ symbol: Symbol, after node: Int) -> Bool {
    unseenSymbols[nodes[node].unseen].contains(symbol)
  }

  func isWordSymbol(_ symbol: Symbol) -> Bool { areWordSymbols[Int(symbol)] }

  /// The symbols of a text; nil if one of its characters is not in the alphabet.
  func symbols(of text: String) -> [Symbol]? {
    let symbols = text.unicodeScalars.compactMap { self.symbols[$0] }
    return symbols.count == text.unicodeScalars.count ? symbols : nil
  }

  /// The text of some symbols.
  func text(_ symbols: some Sequence<Symbol>) -> String {
    var text = String.UnicodeScalarView()
    for symbol in symbols { text.append(alphabet[Int(symbol) - 1]) }
    return String(text)
  }
}

/// A count in one byte, rounded to four significant bits.
package struct RoughCount: Equatable, Sendable {
  let byte: UInt8

  /// Zero.
  init() { byte = 0 }

  /// - Returns: nil for the bytes that are no count.
  package init?(byte: UInt8) {
    guard byte < 240 else { return nil }
    self.byte = byte
  }

  package init(_ count: Int) {
    guard count >= 8 else {
      byte = UInt8(max(0, count))
      return
    }
    let shift = Int.bitWidth - 1 - count.leadingZeroBitCount - 3
    byte = UInt8(min(239, (shift + 1) * 8 + (count >> shift) - 8))
  }

  package var value: Int { byte < 8 ? Int(byte) : (8 + Int(byte) % 8) << (Int(byte) / 8 - 1) }
}

/// The symbols of characters.
package struct SymbolTable: Equatable, Sendable {
  private var ofASCII = [CharacterModel.Symbol?](repeating: nil, count: 128)
  private var ofOthers: [Unicode.Scalar: CharacterModel.Symbol] = [:]

  init(_ alphabet: [Unicode.Scalar]) {
    for (index, scalar) in alphabet.enumerated() {
      let symbol = CharacterModel.Symbol(index + 1)
      if scalar.isASCII {
        ofASCII[Int(scalar.value)] = symbol
      } else {
        ofOthers[scalar] = symbol
      }
    }
  }

  /// The symbol of a character; nil if it is not kept.
  package subscript(scalar: Unicode.Scalar) -> CharacterModel.Symbol? {
    scalar.isASCII ? ofASCII[Int(scalar.value)] : ofOthers[scalar]
  }
}
