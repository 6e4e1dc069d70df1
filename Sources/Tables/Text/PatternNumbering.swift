/// Numbers the codes of a pattern by their counted places: see ``TextPattern/counted``.
///
/// The contribution of each byte at each place is computed once, so a text costs one look-up for each byte.
package struct PatternNumbering {
  /// The contribution of each byte to the number, (places, 256); -1 for bytes that the pattern excludes.
  private let parts: [Int]
  private let placeCount: Int

  package init(_ pattern: TextPattern) {
    placeCount = pattern.positions.count
    var parts = [Int](repeating: -1, count: placeCount << 8)
    var left = pattern.counted.classes.count
    var weight = 1
    for (place, position) in pattern.positions.enumerated().reversed() {
      switch position {
      case .literal(let byte): parts[place << 8 | Int(byte)] = 0
      case .free(let classes):
        let characters = classes.characters
        for (rank, byte) in characters.enumerated() {
          parts[place << 8 | Int(byte)] = left > 0 ? rank * weight : 0
        }
        if left > 0 { weight *= characters.count }
        left -= 1
      }
    }
    self.parts = parts
  }

  /// The number of a code among those that differ only in the counted places; nil for a text of another pattern.
  package func number(of text: String) -> Int? {
    var text = text
    return text.withUTF8 { bytes in
      guard bytes.count == placeCount else { return nil }
      var number = 0
      for (place, byte) in bytes.enumerated() {
        let part = parts[place << 8 | Int(byte)]
        guard part >= 0 else { return nil }
        number += part
      }
      return number
    }
  }
}
