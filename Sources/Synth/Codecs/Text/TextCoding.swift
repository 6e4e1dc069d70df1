import Tables

/// The codec of personal or free text, such as names, addresses and titles.
///
/// The subfields are the whole text if enough rows share it, its length, and its keyword if the column has some. Other texts are
/// made up with this word and length.
package struct TextCoding: Codec {
  package let keywords: Keywords
  /// What texts are made up from; nil if too few rows share anything.
  package let model: CharacterModel?

  var subfieldCount: Int { keywords.isEmpty ? 2 : 3 }
  var encoder: any CellEncoder { TextReader(keywords: keywords) }
  var drawsRareCodes: Bool { true }

  func decode(field: Int, in block: inout DecodedBlock) {
    for row in block.rows {
      let values = block.subfields(of: field, row: row)
      let random = block.random(field: field, row: row)
      block.appendText(field: field) { bytes in
        switch values[0] {
        case .missing: return false
        case .text(let text): bytes.append(contentsOf: text.utf8)
        case .rare, .code, .number: compose(values, random: random, to: &bytes)
        }
        return true
      }
    }
  }

  /// Appends a text that is made up.
  private func compose(_ values: [SubfieldValue], random: RowRandom, to bytes: inout [UInt8]) {
    var length: Int?
    if case .number(let number) = values[1] { length = number.ordinal }
    var keyword: Int?
    if values.count > 2, case .code(let code) = values[2], keywords.words.indices.contains(code) {
      keyword = code
    }
    bytes += (text(keyword: keyword, length: length, random) ?? CategoryEncoder.rareToken).utf8
  }

  private func text(keyword: Int?, length: Int?, _ random: RowRandom) -> String? {
    guard let model else { return nil }
    var composer = TextComposer(model, keywords: keywords, random: random)
    return composer.compose(keyword: keyword, length: length)
  }

  func isConsistent(at index: Int, of fields: [Field]) -> Bool {
    keywords.words.count <= Keywords.most
  }
}

/// Takes texts apart.
private struct TextReader: ValueEncoder {
  let keywords: Keywords

  func encode(_ cells: RowCells, field: Int, into subfields: inout SubfieldWriter) {
    let text = String(decoding: cells[field], as: UTF8.self)
    subfields.append(.word)
    subfields.append(.integer(text.unicodeScalars.count))
    // A text without a keyword has a code too.
    if !keywords.isEmpty {
      subfields.append(.code(keywords.rank(in: text) ?? keywords.words.count))
    }
  }
}

// MARK: - Fitting

/// Fits what the rare texts of a column are made up from.
struct TextFit {
  let column: Int
  private let minimumRows: Int
  /// The texts with a code of their own.
  private let frequent: Set<String>
  private var unseen: UnseenContinuations?
  private var keywords = Keywords()
  /// Whether every row must be read: the profile does not hold all texts.
  let needsRows: Bool

  /// - Parameters:
  ///   - profile: a column of texts.
  ///   - column: its place in the table.
  init(_ profile: ColumnProfile, column: Int, policy: ColumnPolicy) {
    self.column = column
    minimumRows = policy.minimumRows
    frequent = Set(
      profile.levels.prefix(CategoryEncoder.mostLevels)
        .lazy.filter { $0.keyCount >= policy.minimumRows }.map(\.text))
    needsRows = !profile.isExact
    var counter = NGramCounter(
      profile.levels.filter { [frequent] in !frequent.contains($0.text) },
      minimumRows: policy.minimumRows)
    unseen = counter.model().map(UnseenContinuations.init)
    for level in profile.levels { unseen?.strike(level.text) }
  }

  /// Takes note of the rows of a batch.
  mutating func add(_ batch: ColumnBatch) {
    for row in 0..<batch.rowCount where !batch.isMissing(row, column) {
      unseen?.strike(String(decoding: batch[row, column], as: UTF8.self))
    }
  }

  /// Finds the words that say something about the other columns.
  mutating func findKeywords(_ sample: GroupedSample) {
    let texts = sample.texts(of: column).map { text in
      text.flatMap { frequent.contains($0) ? nil : $0 }
    }
    keywords = KeywordSearch(
      texts, groups: sample.groups(without: column), keys: sample.keys, minimumRows: minimumRows
    ).keywords()
  }

  /// What rare texts are made up from; nil if too few rows share anything.
  func model() -> CharacterModel? { unseen?.finished() }

  func coding() -> TextCoding {
    let model = model()
    let known = keywords.words.filter { model?.symbols(of: $0) != nil }
    return TextCoding(keywords: Keywords(known), model: model)
  }
}
