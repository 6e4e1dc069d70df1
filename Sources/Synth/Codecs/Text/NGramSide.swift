import Tables

/// The characters on one side of each n-gram of a ``CharacterModel``, with their weights.
struct NGramSide: Equatable, Sendable {
  typealias Symbol = CharacterModel.Symbol

  /// Where the characters of each n-gram begin in the arrays below, and the end of the last.
  private var starts: [Int]
  /// Ascending for each n-gram.
  private var symbols: [Symbol]
  /// The n-grams with the characters.
  private var longer: [Int]
  /// The weights of the n-gram's characters up to and with this one.
  private var sums: [Int] = []
  /// For each n-gram the one without the character at the other end.
  private var shorter: [Int] = []
  /// Where each n-gram is among those with the characters.
  private var places: [Int] = []
  /// The occurrences of each n-gram beside something else than its characters.
  private var escapes: [Int] = []

  /// What follows each n-gram.
  init(after nodes: [CharacterModel.Node]) {
    starts = nodes.map { $0.children.lowerBound - 1 } + [nodes.count - 1]
    longer = Array(1..<nodes.count)
    symbols = nodes.dropFirst().map(\.symbol)
    shorter = Array(repeating: CharacterModel.root, count: nodes.count)
    for (node, parent) in nodes.enumerated() where node != CharacterModel.root {
      for child in parent.children { shorter[child] = next(shorter[node], nodes[child].symbol) }
    }
    sum(nodes) { node, _ in nodes[node].escape.value }
  }

  /// What stands before each n-gram.
  ///
  /// - Parameter after: what follows each n-gram.
  init(before nodes: [CharacterModel.Node], after: NGramSide) {
    shorter = Array(repeating: CharacterModel.root, count: nodes.count)
    var firstSymbols = nodes.map(\.symbol)
    starts = Array(repeating: 0, count: nodes.count + 1)
    for (node, parent) in nodes.enumerated() {
      for child in parent.children {
        shorter[child] = node
        if node != CharacterModel.root { firstSymbols[child] = firstSymbols[node] }
        let end = after.shorter[child]
        if parent.depth == nodes[end].depth { starts[end + 1] += 1 }
      }
    }
    for node in nodes.indices { starts[node + 1] += starts[node] }
    // In level order the n-grams with the same end come in the order of their first characters.
    longer = Array(repeating: 0, count: starts[nodes.count])
    symbols = Array(repeating: CharacterModel.border, count: longer.count)
    var places = starts
    for node in nodes.indices.dropFirst() {
      let end = after.shorter[node]
      guard nodes[end].depth + 1 == nodes[node].depth else { continue }
      longer[places[end]] = node
      symbols[places[end]] = firstSymbols[node]
      places[end] += 1
    }
    sum(nodes) { node, sum in max(0, nodes[node].weight.value - sum) }
  }

  private mutating func sum(
    _ nodes: [CharacterModel.Node], escape: (_ node: Int, _ sum: Int) -> Int
  ) {
    places = Array(repeating: 0, count: nodes.count)
    for (place, node) in longer.enumerated() { places[node] = place }
    sums.reserveCapacity(longer.count)
    escapes = nodes.indices.map { node in
      var sum = 0
      for place in starts[node]..<starts[node + 1] {
        sum += nodes[longer[place]].weight.value
        sums.append(sum)
      }
      return starts[node] == starts[node + 1] ? 1 : escape(node, sum)
    }
  }

  /// The n-gram that a character makes of another; nil if it is not kept.
  func longer(_ node: Int, _ symbol: Symbol) -> Int? {
    var (low, high) = (starts[node], starts[node + 1])
    let end = high
    while low < high {
      let middle = (low + high) / 2
      if symbols[middle] < symbol { low = middle + 1 } else { high = middle }
    }
    return low < end && symbols[low] == symbol ? longer[low] : nil
  }

  /// The longest kept n-gram after another character.
  func next(_ node: Int, _ symbol: Symbol) -> Int {
    var node = node
    while true {
      if let longer = longer(node, symbol) { return longer }
      if node == CharacterModel.root { return node }
      node = shorter[node]
    }
  }

  /// The n-gram without the character at the other end.
  func shorter(_ node: Int) -> Int { shorter[node] }

  /// Whether an n-gram has no characters on this side.
  func isEmpty(_ node: Int) -> Bool { starts[node] == starts[node + 1] }

  /// The weights of an n-gram's characters, and of what is not among them.
  ///
  /// - Parameter longer: a longer n-gram, whose characters do not count.
  func weights(_ node: Int, without longer: Int? = nil) -> (total: Int, escape: Int) {
    var total = isEmpty(node) ? 0 : sums[starts[node + 1] - 1]
    forEachPlace(of: longer, node) { place in
      total -= weight(at: place, node)
      return true
    }
    return (total, escapes[node])
  }

  /// The character at a position among the weights of an n-gram.
  ///
  /// - Parameter longer: a longer n-gram, whose characters do not count.
  func symbol(_ node: Int, at position: Int, without longer: Int? = nil) -> Symbol {
    var position = position
    forEachPlace(of: longer, node) { place in
      let weight = weight(at: place, node)
      guard sums[place] - weight <= position else { return false }
      position += weight
      return true
    }
    var (low, high) = (starts[node], starts[node + 1] - 1)
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] > position { high = middle } else { low = middle + 1 }
    }
    return symbols[low]
  }

  private func weight(at place: Int, _ node: Int) -> Int {
    place == starts[node] ? sums[place] : sums[place] - sums[place - 1]
  }

  /// Calls `body` with the places of a longer n-gram's characters among those of an n-gram, ascending, until it returns false.
  private func forEachPlace(of longer: Int?, _ node: Int, _ body: (Int) -> Bool) {
    guard let longer else { return }
    for longest in self.longer[starts[longer]..<starts[longer + 1]] {
      let place = places[shorter[longest]]
      // A damaged file may lack some of them.
      guard starts[node]..<starts[node + 1] ~= place else { continue }
      if !body(place) { return }
    }
  }
}
