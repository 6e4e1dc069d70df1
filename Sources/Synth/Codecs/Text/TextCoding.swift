import Tables

/// The codec of personal or free text, such as names, addresses and titles.
///
/// The subfields are the whole text if enough rows share it, its length, and its first word if that is a frequent one. Other texts
/// are made up with this word and length.
package struct TextCoding: Codec {
  /// Frequent first words with the space after them, most frequent first.
  package let openings: [String]
  /// What texts are made up from; nil if too few rows share anything.
  package let model: CharacterModel?

  /// The most first words that are kept.
  private static let mostOpenings = 100

  var subfieldCount: Int { openings.isEmpty ? 2 : 3 }
  var encoder: any CellEncoder { TextReader(openings: openings) }
  var drawsRareCodes: Bool { true }

  func decode(field: Int, in block: inout DecodedBlock) {
    let reader = TextReader(openings: openings)
    for row in block.rows {
      let values = block.subfields(of: field, row: row)
      let random = block.random(field: field, row: row)
      block.appendText(field: field) { bytes in
        switch values[0] {
        case .missing: return false
        case .text(let text): bytes.append(contentsOf: text.utf8)
        case .rare, .code, .number: compose(values, reader, random: random, to: &bytes)
        }
        return true
      }
    }
  }

  /// Appends a text that is made up; ``CategoryEncoder/rareToken`` if there is none.
  private func compose(
    _ values: [SubfieldValue], _ reader: TextReader, random: RowRandom, to bytes: inout [UInt8]
  ) {
    var length: Int?
    if case .number(let number) = values[1] { length = number.ordinal }
    var opening: String?
    if values.count > 2, case .code(let code) = values[2], openings.indices.contains(code) {
      opening = openings[code]
    }
    if let model {
      var composer = TextComposer(model, random: random)
      let isComposed = composer.compose(opening: opening, length: length) { text in
        opening != nil || reader.opening(of: text) == nil
      }
      if isComposed { return bytes.append(contentsOf: composer.text.utf8) }
    }
    bytes.append(contentsOf: CategoryEncoder.rareToken.utf8)
  }

  func isConsistent(at index: Int, of fields: [Field]) -> Bool {
    openings.count <= TextCoding.mostOpenings
  }
}

/// Takes texts apart.
private struct TextReader: ValueEncoder {
  private let codes: [String: Int]

  init(openings: [String]) {
    codes = Dictionary(zip(openings, openings.indices)) { first, _ in first }
  }

  func encode(_ cells: RowCells, field: Int, into subfields: inout SubfieldWriter) {
    let text = String(decoding: cells[field], as: UTF8.self).unicodeScalars
    subfields.append(.word)
    subfields.append(.integer(text.count))
    if !codes.isEmpty { subfields.append(opening(of: text).map { .code($0) } ?? .rare) }
  }

  /// The place of the text's first word; nil if it is not a frequent one.
  func opening(of text: String.UnicodeScalarView) -> Int? {
    codes.isEmpty ? nil : TextCoding.opening(of: text).flatMap { codes[$0] }
  }
}

// MARK: - Fitting

/// Fits the codec of a column of texts.
struct TextFit {
  let column: Int
  private let openings: [String]
  private var unseen: UnseenContinuations?
  /// Whether every row must be read: the profile does not hold all texts.
  let needsRows: Bool

  /// - Parameters:
  ///   - profile: a column of texts.
  ///   - column: its place in the table.
  init(_ profile: ColumnProfile, column: Int, policy: ColumnPolicy) {
    self.column = column
    openings = TextCoding.openings(of: profile.levels, minimumRows: policy.minimumRows)
    needsRows = !profile.isExact
    let frequent = profile.levels.prefix(CategoryEncoder.mostLevels)
      .filter { $0.keyCount >= policy.minimumRows }
    let kept = Set(frequent.map(\.text))
    var counter = NGramCounter(
      profile.levels.filter { !kept.contains($0.text) }, minimumRows: policy.minimumRows)
    unseen = counter.model().map(UnseenContinuations.init)
    for level in profile.levels { unseen?.strike(level.text) }
  }

  /// Takes note of the rows of a batch.
  mutating func add(_ batch: ColumnBatch) {
    for row in 0..<batch.rowCount where !batch.isMissing(row, column) {
      unseen?.strike(String(decoding: batch[row, column], as: UTF8.self))
    }
  }

  func coding() -> TextCoding {
    TextCoding(openings: openings, model: unseen?.finished())
  }
}

extension TextCoding {
  /// The first word and the space after it; nil if there is no other word.
  fileprivate static func opening(of text: String.UnicodeScalarView) -> String? {
    guard let space = text.firstIndex(of: " "), space > text.startIndex else { return nil }
    let end = text.index(after: space)
    return end < text.endIndex ? String(text[..<end]) : nil
  }

  fileprivate static func openings(of levels: [Level], minimumRows: Int) -> [String] {
    var tallies: [String: (tally: RowTally, count: Int)] = [:]
    for level in levels {
      guard let opening = opening(of: level.text.unicodeScalars) else { continue }
      tallies[opening, default: (RowTally(), 0)].tally +=
        RowTally(rows: level.count, keys: level.keys)
      tallies[opening]!.count += level.count
    }
    return tallies.filter { $0.value.tally.count >= minimumRows }
      .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
      .prefix(mostOpenings).map(\.key)
  }
}
