import Tables

/// Finds continuations of contexts that the model draws now and then, but that no row of a column has.
///
/// Candidates are what follows the shorter context of a context. Every row strikes out those that it has.
package struct UnseenContinuations {
  private let model: CharacterModel
  /// The candidates of each node, the most frequent first.
  private var candidates: [[Candidate]]

  private struct Candidate {
    let symbol: CharacterModel.Symbol
    /// The occurrences that the model expects in as many rows as it was fitted to.
    let expected: Double
  }

  /// The most candidates of a context, and the most continuations that are kept.
  private static let (mostOfContext, mostKept) = (8, 1 << 14)

  package init(_ model: CharacterModel) {
    self.model = model
    candidates = model.nodes.map { _ in [] }
    for context in model.nodes.indices.dropFirst() {
      candidates[context] = likely(after: context)
    }
  }

  /// What follows the shorter context of a context, but is not kept after it.
  private func likely(after context: Int) -> [Candidate] {
    let node = model.nodes[context]
    let isEnd = node.symbol == CharacterModel.border && node.depth > 1
    if isEnd || node.depth == CharacterModel.longest { return [] }
    let escape = Double((node.children.isEmpty ? node.weight : node.escape).value)
    let shorter = model.after.shorter(context)
    let total = Double(model.after.weights(shorter).total)
    let ranked = model.nodes[shorter].children.sorted {
      (model.nodes[$1].weight.value, $0) < (model.nodes[$0].weight.value, $1)
    }
    return Array(
      ranked.lazy.map { model.nodes[$0] }
        .filter { model.after.longer(context, $0.symbol) == nil }
        .prefix(Self.mostOfContext).map { child in
          let share = Double(child.weight.value) / total
          return Candidate(symbol: child.symbol, expected: escape * share)
        })
  }

  /// Strikes out the candidates that a row has.
  package mutating func strike(_ text: String) {
    var node = model.after.next(CharacterModel.root, CharacterModel.border)
    for scalar in text.unicodeScalars {
      node = model.symbols[scalar].map { strike($0, after: node) } ?? CharacterModel.root
    }
    _ = strike(CharacterModel.border, after: node)
  }

  /// Strikes out a symbol after a context and all shorter ones. Those that are kept with the symbol have no such candidate.
  ///
  /// - Returns: the longest kept context with the symbol.
  private mutating func strike(_ symbol: CharacterModel.Symbol, after node: Int) -> Int {
    var context = node
    while true {
      if let longer = model.after.longer(context, symbol) { return longer }
      if context == CharacterModel.root { return context }
      if let place = candidates[context].firstIndex(where: { $0.symbol == symbol }) {
        candidates[context].remove(at: place)
      }
      context = model.after.shorter(context)
    }
  }

  /// The model with the most frequent of the remaining candidates.
  package func finished() -> CharacterModel {
    let all = candidates.enumerated().flatMap { node, candidates in
      candidates.map { (node: node, candidate: $0) }
    }
    let kept = all.sorted {
      ($1.candidate.expected, $0.node, $0.candidate.symbol)
        < ($0.candidate.expected, $1.node, $1.candidate.symbol)
    }.prefix(Self.mostKept).map { (node: $0.node, symbol: $0.candidate.symbol) }
    var model = model
    let isSet = model.setUnseen(kept.sorted { $0 < $1 })
    precondition(isSet, "unseen continuations of unknown nodes")
    return model
  }
}
