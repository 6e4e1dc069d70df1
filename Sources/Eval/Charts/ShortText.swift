/// The text, or its beginning and an ellipsis if it is wider than a number of letters.
///
/// Emoji and the ideographs of East Asia count as two.
package func shortened(_ text: String, to width: Int) -> String {
  var result = ""
  var used = 0
  for character in text {
    used += displayWidth(character)
    guard used <= width else {
      while displayWidth(result) > width - 1 { result.removeLast() }
      return result + "…"
    }
    // Heaps of accents would be drawn over other lines; an emoji has at most ten parts.
    let isHeap = character.unicodeScalars.count > 10
    if isHeap {
      result.unicodeScalars.append(contentsOf: character.unicodeScalars.prefix(4))
    } else {
      result.append(character)
    }
  }
  return result
}

/// How many letters wide a text is, roughly.
package func displayWidth(_ text: String) -> Int {
  text.reduce(0) { $0 + displayWidth($1) }
}

private func displayWidth(_ character: Character) -> Int {
  guard let scalar = character.unicodeScalars.first else { return 0 }
  switch scalar.value {
  case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
    0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
    return 2
  default:
    return 1
  }
}

/// How wide a text of 11 pixels is, roughly, so that charts have room for it.
package func pixelWidth(_ text: String) -> Double {
  text.reduce(0) { $0 + pixelWidth($1) }
}

private func pixelWidth(_ character: Character) -> Double {
  switch character {
  case "i", "j", "l", "I", "f", "t", "r", ".", ",", ":", ";", "|", "!", "'", " ", "\u{A0}", "(",
    ")":
    4.2
  case "m", "w", "M", "W", "%", "@", "…": 10.5
  case "<", "=", ">", "+", "−", "~", "_", "A"..."Z", "#", "&": 8.4
  default: displayWidth(character) == 2 ? 13 : 6.8
  }
}
