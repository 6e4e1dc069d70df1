import Tables

/// Codes of a fixed pattern, such as postal codes: every position that varies is a part.
package struct CharacterCoding: Codable, Equatable, Sendable {
  package let pattern: TextPattern

  /// Marks the first part of a value that is not of the pattern, and is a whole.
  private static let wholeMark = UInt8(ascii: "=")
  /// More positions than these would cost the model more than they tell.
  static let mostParts = 24

  /// nil where too many positions of the pattern vary.
  package init?(_ pattern: TextPattern) {
    self.pattern = pattern
    guard partCount <= CharacterCoding.mostParts else { return nil }
  }

  package var partCount: Int { pattern.positions.count(where: \.isFree) }

  func split(_ field: UnsafeBufferPointer<UInt8>, into parts: inout SubfieldWriter) {
    guard pattern.matches(field) else {
      parts.append([CharacterCoding.wholeMark] + field)
      return parts.appendMissing(partCount - 1)
    }
    for (byte, position) in zip(field, pattern.positions) where position.isFree {
      parts.append(byte: byte)
    }
  }

  /// Appends the code that drawn parts make; false where the first is missing.
  ///
  /// - Parameter random: draws what the model left out.
  func compose(
    _ parts: ArraySlice<SubfieldValue>, random: RowRandom, to bytes: inout [UInt8]
  ) -> Bool {
    switch parts.first {
    case .missing: return false
    case .rare:
      bytes.append(contentsOf: CategoryEncoder.rareToken.utf8)
      return true
    case .text(let text) where text.utf8.first == CharacterCoding.wholeMark:
      bytes.append(contentsOf: text.utf8.dropFirst())
      return true
    default: break
    }
    var parts = parts
    for (index, position) in pattern.positions.enumerated() {
      switch position {
      case .literal(let byte): bytes.append(byte)
      case .free(let classes):
        let characters = classes.characters
        bytes.append(
          parts.popFirst()?.character ?? characters[random.below(characters.count, draw: index)])
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
  /// The character that it is; nil where that is not known. Digits are read as numbers.
  fileprivate var character: UInt8? {
    switch self {
    case .missing, .rare: nil
    case .number(let number): UInt8(ascii: "0") + UInt8(min(max(number, 0), 9))
    case .text(let text): text.utf8.first
    }
  }
}
