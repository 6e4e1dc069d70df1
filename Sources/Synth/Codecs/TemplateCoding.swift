import Tables

/// The codec of personal or free text, such as names and addresses: it keeps frequent words and the shape of all others, for which new
/// letters and digits are drawn.
///
/// The only subfield is the template: the text in which every letter and digit of rarer words is replaced by a mark of its class.
/// Bytes of the text that equal a mark are escaped.
package struct TemplateCoding: ValueEncoder, ValueDecoder {
  /// The words that are kept unchanged, in the order of their bytes.
  package let words: [String]

  /// The marks of classes of characters.
  private enum Mark {
    static let upper: UInt8 = 1
    static let lower: UInt8 = 2
    static let digit: UInt8 = 3
    /// The escape before a byte of the text that equals a mark.
    static let escape: UInt8 = 4

    static let all = upper...escape
  }

  /// At most this many words are kept.
  private static let mostWords = 1_000

  /// - Parameter profile: a column of texts.
  package init(_ profile: ColumnProfile, policy: ColumnPolicy) {
    var tokens = StringInterner()
    var counts: [Int] = []
    var tallies: [RowTally] = []
    for level in profile.levels {
      var text = level.text
      text.withUTF8 { bytes in
        var seen: Set<Int> = []
        TemplateCoding.forEachWord(in: bytes) { range, isWord in
          guard isWord else { return }
          let index = tokens.insert(UnsafeBufferPointer(rebasing: bytes[range]))
          if index == counts.count {
            counts.append(0)
            tallies.append(RowTally())
          }
          if seen.insert(index).inserted {
            counts[index] += level.count
            tallies[index] += RowTally(rows: level.count, keys: level.keys)
          }
        }
      }
    }
    words = counts.indices.filter { tallies[$0].count >= policy.minimumRows }
      .sorted { (counts[$1], tokens.text($0)) < (counts[$0], tokens.text($1)) }
      .prefix(TemplateCoding.mostWords).map(tokens.text).sorted()
  }

  /// Calls `body` with every word (a longest run of letters and digits) and with the text between words.
  private static func forEachWord(
    in bytes: UnsafeBufferPointer<UInt8>, _ body: (Range<Int>, _ isWord: Bool) -> Void
  ) {
    var start = 0
    while start < bytes.count {
      let isWord = isWordByte(bytes[start])
      var end = start + 1
      while end < bytes.count, isWordByte(bytes[end]) == isWord { end += 1 }
      body(start..<end, isWord)
      start = end
    }
  }

  private static func isWordByte(_ byte: UInt8) -> Bool { mark(of: byte) != nil }

  /// The mark of a character's class; nil for separators of words. The first byte of a multi-byte character counts as a
  /// letter, the others as nothing.
  private static func mark(of byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Mark.upper
    case UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...0xff: Mark.lower
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Mark.digit
    default: nil
    }
  }
}

// MARK: - Taking apart and putting together

extension TemplateCoding {
  var subfieldCount: Int { 1 }

  func decode(field: Int, row: Int, in block: inout DecodedBlock) {
    let value = block.subfield(block.subfields(of: field).lowerBound, row: row)
    let random = block.random(field: field, row: row)
    block.appendText(field: field) { compose(value, random: random, to: &$0) }
  }

  func encode(_ cells: RowCells, field: Int, into subfields: inout SubfieldWriter) {
    let cell = cells[field]
    var template: [UInt8] = []
    TemplateCoding.forEachWord(in: cell) { range, isWord in
      let bytes = cell[range]
      guard isWord, !keeps(bytes) else {
        for byte in bytes {
          if Mark.all.contains(byte) { template.append(Mark.escape) }
          template.append(byte)
        }
        return
      }
      for byte in bytes where byte & 0xc0 != 0x80 {
        template.append(TemplateCoding.mark(of: byte)!)
      }
    }
    subfields.append(text: template)
  }

  private func keeps(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    let word = String(decoding: word, as: UTF8.self)
    let index = words.partitioningIndex { $0 >= word }
    return index < words.count && words[index] == word
  }

  /// Appends a text of the drawn template; false if it is missing.
  private func compose(
    _ value: SubfieldValue, random: RowRandom, to bytes: inout [UInt8]
  ) -> Bool {
    if case .rare = value {
      bytes.append(contentsOf: CategoryEncoder.rareToken.utf8)
      return true
    }
    guard case .text(let template) = value else { return false }
    var isEscaped = false
    for (index, byte) in template.utf8.enumerated() {
      if isEscaped {
        bytes.append(byte)
        isEscaped = false
        continue
      }
      switch byte {
      case Mark.escape: isEscaped = true
      case Mark.digit: bytes.append(UInt8(ascii: "0") + UInt8(random.below(10, draw: index)))
      case Mark.lower: bytes.append(TemplateCoding.letter(index, random))
      case Mark.upper: bytes.append(TemplateCoding.letter(index, random) & 0xdf)
      default: bytes.append(byte)
      }
    }
    return true
  }

  private static let letters = [Array("bcdfghklmnprstvw".utf8), Array("aeiou".utf8)]

  /// Alternating consonants and vowels, so that names are pronounceable.
  private static func letter(_ index: Int, _ random: RowRandom) -> UInt8 {
    let letters = letters[index % 2]
    return letters[random.below(letters.count, draw: index)]
  }
}
