import NN

/// Makes up texts: draws characters from a model until the text has about the wanted length.
///
/// Every text has an unseen continuation, so it differs from all texts of the table.
package struct TextComposer {
  private let model: CharacterModel
  private let random: RowRandom
  private var drawCount = 0
  private var draft = Draft()
  /// Whether the first unseen continuation that is possible is taken.
  private var isEager = false

  /// A text so far.
  private struct Draft {
    var text = String.UnicodeScalarView()
    var length = 0
    /// The longest context that ends the text.
    var node = CharacterModel.root
    /// Whether the text has an unseen continuation.
    var isUnseen = false
    var singlesLeft: [CharacterModel.Symbol] = []
  }

  /// The most characters of a text, and of one without a wanted length.
  private static let (longestText, longestFreeText) = (1 << 14, 1 << 8)
  /// The attempts in which unseen continuations come by chance, those of the right length and opening, and all.
  private static let attempts = (natural: 8, exact: 16, all: 24)

  package init(_ model: CharacterModel, random: RowRandom) {
    self.model = model
    self.random = random
  }

  /// Makes up a text; false if there is none.
  ///
  /// - Parameters:
  ///   - opening: how the text begins; nil leaves it to the model.
  ///   - length: about how many characters it has; nil leaves it to the model.
  ///   - accepts: whether a text may be taken.
  package mutating func compose(
    opening: String?, length: Int?, accepts: (String.UnicodeScalarView) -> Bool
  ) -> Bool {
    let wanted = length.map { min(max(1, $0), Self.longestText) }
    for attempt in 0..<Self.attempts.all {
      start(opening)
      let isLast = attempt >= Self.attempts.exact
      isEager = attempt >= Self.attempts.natural
      let isWhole = grow(to: isLast ? nil : wanted)
      if isWhole, draft.isUnseen, isLast || accepts(draft.text) { return true }
    }
    return false
  }

  /// The text that was made up.
  package var text: String { String(draft.text) }

  private mutating func start(_ opening: String?) {
    draft = Draft()
    draft.singlesLeft = model.singles
    draft.node = model.next(CharacterModel.root, CharacterModel.border)
    for scalar in opening?.unicodeScalars ?? String.UnicodeScalarView() {
      guard let symbol = model.symbols[scalar] else {
        draft.text.append(scalar)
        draft.length += 1
        draft.node = CharacterModel.root
        continue
      }
      append(symbol)
    }
  }

  private mutating func append(_ symbol: CharacterModel.Symbol) {
    noteUnseen(symbol)
    draft.text.append(model.alphabet[Int(symbol) - 1])
    draft.length += 1
    draft.singlesLeft.removeAll { $0 == symbol }
    draft.node = model.next(draft.node, symbol)
  }

  /// Draws characters until the text ends; false if it cannot end where it must.
  private mutating func grow(to wanted: Int?) -> Bool {
    let (least, most) = wanted.map { ($0 - $0 / 8, $0 + $0 / 8 + 1) } ?? (1, Self.longestFreeText)
    var wordEnd = draft
    var rewindsLeft = Self.mostRewinds
    while true {
      let mayEnd = draft.length >= max(1, least) && draft.singlesLeft.isEmpty
      if draft.length >= most {
        // A word that does not fit is left out.
        if wordEnd.length >= max(1, least), wordEnd.singlesLeft.isEmpty { draft = wordEnd }
        return end()
      }
      if mayEnd, draft.length >= wanted ?? .max, endsOften { return end() }
      guard let symbol = draw() else { return false }
      if symbol == CharacterModel.border {
        if mayEnd { return end() }
        // The model ends the text too early: another word comes in place of the last.
        if rewindsLeft == 0 { return false }
        rewindsLeft -= 1
        draft = wordEnd
        continue
      }
      if symbol == model.symbols[" "] { wordEnd = draft }
      append(symbol)
    }
  }

  private static let mostRewinds = 64

  /// Ends the text; false if it must not end here.
  private mutating func end() -> Bool {
    noteUnseen(CharacterModel.border)
    return draft.singlesLeft.isEmpty
  }

  /// Whether at least one in eight texts ends where this one stands.
  private var endsOften: Bool {
    var context = draft.node
    while model.nodes[context].children.isEmpty { context = model.nodes[context].link }
    guard let border = model.child(context, CharacterModel.border) else { return false }
    let node = model.nodes[context]
    return model.nodes[border].weight.value * 8 >= node.total + node.escape.value
  }

  /// Draws the next symbol, or the border; nil if nothing is allowed.
  private mutating func draw() -> CharacterModel.Symbol? {
    var context = draft.node
    var left: Int?
    var refusals = 0
    while true {
      let current = model.nodes[context]
      let position = below(current.total + (current.children.isEmpty ? 1 : current.escape.value))
      if isEager, !draft.isUnseen, let symbol = drawUnseen(context) { return symbol }
      if position >= current.total || refusals == Self.mostRefusals {
        if context == CharacterModel.root { return nil }
        (left, context, refusals) = (context, current.link, 0)
        continue
      }
      let symbol = model.nodes[
        current.children.partitioningIndex { model.nodes[$0].weightThrough > position }
      ].symbol
      // What follows the longer context is not drawn again.
      let wasRefused = left.map { model.child($0, symbol) != nil } ?? false
      if !wasRefused, allows(symbol) { return symbol }
      refusals += 1
    }
  }

  private static let mostRefusals = 16

  private mutating func drawUnseen(_ context: Int) -> CharacterModel.Symbol? {
    let unseen = model.nodes[context].unseen
    guard !unseen.isEmpty else { return nil }
    let symbol = model.unseenSymbols[unseen.lowerBound + below(unseen.count)]
    return allows(symbol) ? symbol : nil
  }

  /// Notes whether the next symbol is an unseen continuation of the text.
  private mutating func noteUnseen(_ symbol: CharacterModel.Symbol) {
    var context = draft.node
    while context != CharacterModel.root, !draft.isUnseen {
      draft.isUnseen = model.unseenSymbols[model.nodes[context].unseen].contains(symbol)
      context = model.nodes[context].link
    }
  }

  private func allows(_ symbol: CharacterModel.Symbol) -> Bool {
    !model.singles.contains(symbol) || draft.singlesLeft.contains(symbol)
  }

  private mutating func below(_ limit: Int) -> Int {
    defer { drawCount += 1 }
    return random.below(limit, draw: drawCount)
  }
}
