import Tables

/// Which character follows the last few in the texts of a column: n-grams with back-off to shorter ones.
///
/// The n-grams form a trie in level order. A node is an n-gram: as a context, its children are the characters that follow it, and
/// its link is the same n-gram without its first character. What follows a context but is not among its children has the
/// context's escape weight, and is drawn from the linked context.
///
/// In addition some contexts have unseen continuations: plausible characters that follow them in no row at all. A text with one of
/// them is not a text of the table.
package struct CharacterModel: Equatable, Sendable {
  /// A character, as its place in ``alphabet`` plus one, or ``border``.
  package typealias Symbol = UInt16

  /// The characters of the n-grams.
  package let alphabet: [Unicode.Scalar]
  package let symbols: SymbolTable
  /// The characters that nearly all texts have exactly once, such as the `@` of addresses, ascending.
  package let singles: [Symbol]
  package private(set) var nodes: [Node]
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
    /// The sum of the weights of the siblings up to and with this one.
    var weightThrough = 0
    /// The sum of the weights of the children.
    var total = 0
    var link = root
    package var unseen = 0..<0
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
    for index in nodes.indices { connect(index) }
    guard setUnseen(unseen) else { return nil }
  }

  /// Sets the links of a node's children and the sums of their weights.
  private mutating func connect(_ parent: Int) {
    var sum = 0
    for child in nodes[parent].children {
      sum += nodes[child].weight.value
      nodes[child].weightThrough = sum
      if parent != Self.root { nodes[child].link = next(nodes[parent].link, nodes[child].symbol) }
    }
    nodes[parent].total = sum
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
}

extension CharacterModel {
  /// The n-gram that a symbol makes of a context; nil if it is not kept.
  func child(_ node: Int, _ symbol: Symbol) -> Int? {
    let children = nodes[node].children
    var (low, high) = (children.lowerBound, children.upperBound)
    while low < high {
      let middle = (low + high) / 2
      if nodes[middle].symbol < symbol { low = middle + 1 } else { high = middle }
    }
    return low < children.upperBound && nodes[low].symbol == symbol ? low : nil
  }

  /// The longest kept context after another symbol.
  func next(_ node: Int, _ symbol: Symbol) -> Int {
    var node = node
    while true {
      if let child = child(node, symbol) { return child }
      if node == Self.root { return Self.root }
      node = nodes[node].link
    }
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
