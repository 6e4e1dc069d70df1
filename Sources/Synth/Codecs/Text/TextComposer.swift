import NN

/// Makes up texts: draws characters from a model until the text has about the wanted length.
///
/// Every text has an unseen continuation, so it differs from all texts of the table. A text with a keyword grows from it to the left,
/// and then to the right.
package struct TextComposer {
  private let model: CharacterModel
  private let keywords: Keywords
  private let random: RowRandom
  private var drawCount = 0
  /// The text so far; in reverse order while it grows to the left.
  private var symbols: [CharacterModel.Symbol] = []
  private var end = End()
  private var isLeftward = false
  /// From this length on the first unseen continuation that is possible is taken.
  private var eagerStart = Int.max
  /// Keywords of a lower rank are left out of the text.
  private var leastRank = 0
  /// Whether any unseen continuation is taken, even where all texts go on in the same few ways.
  private var takesAnyUnseen = false

  /// The end of a text so far.
  private struct End {
    var length = 0
    /// The longest context that ends the text.
    var node = CharacterModel.root
    /// Whether the text has an unseen continuation.
    var isUnseen = false
    /// The symbols that every text has once and this one does not have yet.
    var singlesLeft: [CharacterModel.Symbol] = []
  }

  /// The number of characters of a text.
  fileprivate struct LengthRange {
    var least = 1
    var wanted = Int.max
    /// Without a wanted length.
    var most = 1 << 8
  }

  /// The most characters of a text.
  private static let longestText = 1 << 14
  /// The attempts in which unseen continuations come by chance, those of the right length and keyword, and all.
  private static let attempts = (natural: 2, exact: 16, all: 24)
  private static let (mostRewinds, mostRefusals) = (32, 16)

  package init(_ model: CharacterModel, keywords: Keywords = Keywords(), random: RowRandom) {
    self.model = model
    self.keywords = keywords
    self.random = random
  }

  /// Makes up a text; nil if there is none.
  ///
  /// - Parameters:
  ///   - keyword: the place of the text's keyword; nil if it has none.
  ///   - length: about how many characters it has; nil leaves it to the model.
  package mutating func compose(keyword: Int?, length: Int?) -> String? {
    let word = keyword.flatMap { model.symbols(of: keywords.words[$0]) } ?? []
    // The length of any text: of those with an unseen continuation, many end in one and are too short.
    let isAny = length == nil && grow(from: word, to: LengthRange())
    let exact = (isAny ? symbols.count : length).map {
      LengthRange(around: min(max(1, $0), Self.longestText))
    }
    for attempt in 0..<Self.attempts.all {
      let isLast = attempt >= Self.attempts.exact
      if attempt >= Self.attempts.natural { eagerStart = below(max(1, symbols.count)) }
      leastRank = isLast ? 0 : keyword ?? .max
      takesAnyUnseen = isLast
      if grow(from: word, to: isLast ? LengthRange() : exact ?? LengthRange()), end.isUnseen {
        return model.text(symbols)
      }
    }
    return nil
  }

  /// Makes up a text with a word in it; false if it cannot end where it must.
  private mutating func grow(
    from word: [CharacterModel.Symbol], to range: LengthRange
  ) -> Bool {
    var beginning = word
    if !word.isEmpty {
      start(leftward: true, at: word.reversed().reduce(CharacterModel.root, model.before.next))
      end.singlesLeft.removeAll(where: word.contains)
      let before = LengthRange(least: 0, most: max(0, range.most - word.count))
      guard grow(to: before, isAtWord: true) else { return false }
      beginning = symbols.reversed() + word
    }
    start(leftward: false, at: model.after.next(CharacterModel.root, CharacterModel.border))
    for symbol in beginning { append(symbol) }
    return grow(to: range, isAtWord: !word.isEmpty) && end.singlesLeft.isEmpty
  }

  private mutating func start(leftward: Bool, at node: Int) {
    isLeftward = leftward
    symbols.removeAll(keepingCapacity: true)
    end = End(node: node, singlesLeft: model.singles)
  }

  /// Draws characters until the text ends; false if it cannot end where it must.
  ///
  /// - Parameter isAtWord: whether a whole word ends where the text begins to grow.
  private mutating func grow(to range: LengthRange, isAtWord: Bool) -> Bool {
    let start = symbols.count
    // Where the last space is, and where the last word begins.
    var (space, wordStart) = (end, end)
    for _ in 0..<Self.mostRewinds {
      while let symbol = next(within: range, mustBreak: isAtWord && symbols.count == start) {
        if !model.isWordSymbol(symbol), hasForbiddenWord(from: wordStart.length) {
          rewind(to: wordStart)
          break
        }
        if symbol == CharacterModel.border {
          if mayEnd(within: range) { return finish() }
          // The model ends the text too early: another word comes in place of the last.
          rewind(to: space)
          wordStart = space
          break
        }
        if symbol == model.space { space = end }
        append(symbol)
        if !model.isWordSymbol(symbol) { wordStart = end }
      }
      if symbols.count >= range.most {
        // A word that does not fit is left out.
        if isLeftward { return false }
        if space.length >= range.least, space.singlesLeft.isEmpty { rewind(to: space) }
        return finish()
      }
    }
    return false
  }

  private func mayEnd(within range: LengthRange) -> Bool {
    symbols.count >= range.least && (isLeftward || end.singlesLeft.isEmpty)
  }

  private mutating func append(_ symbol: CharacterModel.Symbol) {
    symbols.append(symbol)
    end.length += 1
    if !end.singlesLeft.isEmpty { end.singlesLeft.removeAll { $0 == symbol } }
    move(symbol)
  }

  /// Moves to the longest context with another symbol, and notes whether this is an unseen continuation.
  private mutating func move(_ symbol: CharacterModel.Symbol) {
    if isLeftward {
      end.node = model.before.next(end.node, symbol)
      return
    }
    while true {
      if let longer = model.after.longer(end.node, symbol) {
        end.node = longer
        return
      }
      if end.node == CharacterModel.root { return }
      if !end.isUnseen { end.isUnseen = model.isUnseen(symbol, after: end.node) }
      end.node = model.after.shorter(end.node)
    }
  }

  private mutating func rewind(to earlier: End) {
    end = earlier
    symbols.removeLast(symbols.count - end.length)
  }

  private mutating func finish() -> Bool {
    move(CharacterModel.border)
    return true
  }

  /// Whether the last word is a keyword that is left out.
  private func hasForbiddenWord(from start: Int) -> Bool {
    guard !keywords.isEmpty, start < symbols.count else { return false }
    let word = symbols[start...]
    let text = isLeftward ? model.text(word.reversed()) : model.text(word)
    return keywords.rank(of: text).map { $0 < leastRank } ?? false
  }
}

extension TextComposer.LengthRange {
  /// Lengths that differ from a given one by an eighth.
  fileprivate init(around wanted: Int) {
    self.init(
      least: max(1, wanted - wanted / 8), wanted: wanted, most: wanted + wanted / 8 + 1)
  }
}

// MARK: - Drawing symbols

extension TextComposer {
  /// Draws the next symbol, or the border; nil if the text is too long or nothing is allowed.
  ///
  /// - Parameter mustBreak: whether the symbol must not belong to a word.
  private mutating func next(
    within range: LengthRange, mustBreak: Bool
  ) -> CharacterModel.Symbol? {
    if symbols.count >= range.most { return nil }
    if symbols.count >= range.wanted, mayEnd(within: range), endsOften {
      return CharacterModel.border
    }
    if !isLeftward, !end.isUnseen, symbols.count >= eagerStart,
      let symbol = drawUnseen(mustBreak, mayEnd: mayEnd(within: range))
    {
      return symbol
    }
    var context = end.node
    var longer: Int?
    var refusals = 0
    while true {
      // What stands beside the longer context is not drawn from the shorter one.
      let (total, escape) = weights(context, without: longer)
      let isRoot = context == CharacterModel.root
      let sum = isRoot ? total : total + escape
      let position = total > 0 && refusals < Self.mostRefusals ? below(sum) : total
      if position >= total {
        if isRoot { return nil }
        (longer, context, refusals) = (context, shorter(context), 0)
        continue
      }
      let symbol = symbol(context, at: position, without: longer)
      if allows(symbol, mustBreak) { return symbol }
      refusals += 1
    }
  }

  /// An unseen continuation of one of the longer contexts; nil if there is none.
  private mutating func drawUnseen(
    _ mustBreak: Bool, mayEnd: Bool
  ) -> CharacterModel.Symbol? {
    var context = end.node
    while context != CharacterModel.root {
      let node = model.nodes[context]
      if !node.unseen.isEmpty, takesAnyUnseen || node.isOpen {
        let symbol = model.unseenSymbols[node.unseen.lowerBound + below(node.unseen.count)]
        let isAllowed = symbol == CharacterModel.border ? mayEnd : allows(symbol, mustBreak)
        if isAllowed { return symbol }
      }
      context = model.after.shorter(context)
    }
    return nil
  }

  private func allows(_ symbol: CharacterModel.Symbol, _ mustBreak: Bool) -> Bool {
    if mustBreak, model.isWordSymbol(symbol) { return false }
    return !model.singles.contains(symbol) || end.singlesLeft.contains(symbol)
  }

  /// Whether at least one in eight texts ends where this one stands.
  private var endsOften: Bool {
    var context = end.node
    while model.after.isEmpty(context) { context = model.after.shorter(context) }
    guard let border = model.after.longer(context, CharacterModel.border) else { return false }
    let (total, escape) = model.after.weights(context)
    return model.nodes[border].weight.value * 8 >= total + escape
  }

  private mutating func below(_ limit: Int) -> Int {
    defer { drawCount += 1 }
    return random.below(limit, draw: drawCount)
  }

  // MARK: The side on which the text grows

  private func weights(_ node: Int, without longer: Int?) -> (total: Int, escape: Int) {
    isLeftward
      ? model.before.weights(node, without: longer) : model.after.weights(node, without: longer)
  }

  private func shorter(_ node: Int) -> Int {
    isLeftward ? model.before.shorter(node) : model.after.shorter(node)
  }

  private func symbol(
    _ node: Int, at position: Int, without longer: Int?
  ) -> CharacterModel.Symbol {
    isLeftward
      ? model.before.symbol(node, at: position, without: longer)
      : model.after.symbol(node, at: position, without: longer)
  }
}
