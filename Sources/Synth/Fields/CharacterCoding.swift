import Tables

/// Codes of a fixed pattern, such as postal codes: every position that varies is a part.
package struct CharacterCoding: Codable, Equatable, Sendable {
  package let pattern: TextPattern
  /// The positions that vary, ascending.
  package let positions: [Int]

  var partCount: Int { positions.count }

  /// Marks the first part of a value that is not of the pattern, and is a whole.
  private static let wholeMark = UInt8(ascii: "=")
  /// More positions than these would cost the model more than they tell.
  package static let mostPositions = 24

  /// nil where the pattern has no position that varies, or too many.
  package init?(_ pattern: TextPattern) {
    self.pattern = pattern
    positions = pattern.variablePositions
    guard 1...CharacterCoding.mostPositions ~= positions.count else { return nil }
  }

  func split(_ field: UnsafeBufferPointer<UInt8>, into parts: inout PartWriter) {
    guard pattern.matches(field) else {
      parts.append([CharacterCoding.wholeMark] + field)
      return parts.appendMissing(partCount - 1)
    }
    for position in positions { parts.append(byte: field[position]) }
  }

  /// Appends the value that drawn parts make; false where the first is missing.
  func compose(
    _ parts: ArraySlice<PartValue>, random: RowRandom, to bytes: inout [UInt8]
  ) -> Bool {
    guard case .text(let first) = parts.first else { return false }
    if first.utf8.first == CharacterCoding.wholeMark, first.utf8.count > 1 {
      bytes.append(contentsOf: first.utf8.dropFirst())
      return true
    }
    return false
  }
}
