import Tables

/// The codec of texts with a fixed pattern, such as postal codes: every position that varies is a subfield.
package struct CharacterCoding: ValueEncoder, ValueDecoder {
  package let pattern: TextPattern

  /// The most subfields: more cost too much time for their benefit.
  static let mostParts = 24

  /// nil if too many positions of the pattern vary.
  package init?(_ pattern: TextPattern) {
    self.pattern = pattern
    guard subfieldCount <= CharacterCoding.mostParts else { return nil }
  }

  var subfieldCount: Int { pattern.positions.count(where: \.isFree) }

  func encode(_ cells: RowCells, field: Int, into subfields: inout SubfieldWriter) {
    let cell = cells[field]
    guard pattern.matches(cell) else {
      // A value with another pattern is one word.
      subfields.append(.word)
      return subfields.append(.missing, count: subfieldCount - 1)
    }
    for (byte, position) in zip(cell, pattern.positions) where position.isFree {
      subfields.append(.character(byte))
    }
  }

  func decode(field: Int, row: Int, in block: inout DecodedBlock) {
    let values = block.subfields(of: field, row: row)
    let random = block.random(field: field, row: row)
    block.appendText(field: field) { compose(values[...], random: random, to: &$0) }
  }

  func isConsistent(at index: Int, of fields: [Field]) -> Bool {
    (1...CharacterCoding.mostParts).contains(subfieldCount)
  }

  /// Appends the text of drawn characters; false if the first is missing.
  ///
  /// - Parameter random: draws characters that the model left out.
  private func compose(
    _ values: ArraySlice<SubfieldValue>, random: RowRandom, to bytes: inout [UInt8]
  ) -> Bool {
    switch values.first {
    case .missing: return false
    case .rare:
      bytes.append(contentsOf: CategoryEncoder.rareToken.utf8)
      return true
    case .text(let word):
      bytes.append(contentsOf: word.utf8)
      return true
    default: break
    }
    var values = values
    for (index, position) in pattern.positions.enumerated() {
      switch position {
      case .literal(let byte): bytes.append(byte)
      case .free(let classes):
        let characters = classes.characters
        bytes.append(
          values.popFirst()?.character ?? characters[random.below(characters.count, draw: index)])
      }
    }
    return true
  }
}

extension TextPattern.Position {
  var isFree: Bool {
    if case .free = self { true } else { false }
  }
}

extension SubfieldValue {
  /// The character of the value; nil if it is not known. Digits are read as numbers.
  fileprivate var character: UInt8? {
    switch self {
    case .missing, .rare, .text: nil
    case .code(let byte): UInt8(truncatingIfNeeded: byte)
    case .number(let number): UInt8(ascii: "0") + UInt8(min(max(number, 0), 9))
    }
  }
}
