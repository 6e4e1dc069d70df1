/// The parts of a user's definition between separators outside quotes and brackets, without surrounding
/// spaces.
///
/// Names and values are written as they are; one that contains a separator is quoted with single or double quotes.
func parts(of text: Substring, separatedBy separator: String, limit: Int = .max) -> [Substring] {
  var parts: [Substring] = []
  var (start, position) = (text.startIndex, text.startIndex)
  var quote: Character?
  var depth = 0
  // An apostrophe inside a word, as in Bob's, is not a quote.
  var isInsideWord = false
  while position < text.endIndex {
    let character = text[position]
    if let open = quote {
      if character == open { quote = nil }
    } else if depth == 0, parts.count + 1 < limit, text[position...].hasPrefix(separator) {
      parts.append(trimmed(text[start..<position]))
      position = text.index(position, offsetBy: separator.count)
      start = position
      isInsideWord = false
      continue
    } else if !isInsideWord, "'\"".contains(character) {
      quote = character
    } else if "()".contains(character) {
      depth += character == "(" ? 1 : -1
    }
    if !character.isWhitespace { isInsideWord = !"(,=".contains(character) }
    position = text.index(after: position)
  }
  return parts + [trimmed(text[start...])]
}

/// A name or value without its quotes.
func unquoted(_ text: Substring) -> String {
  guard text.count >= 2, let quote = text.first, "'\"".contains(quote), text.last == quote else {
    return String(text)
  }
  return String(text.dropFirst().dropLast())
}

private func trimmed(_ text: Substring) -> Substring {
  let start = text.drop { $0.isWhitespace }
  return start[
    ..<(start.lastIndex { !$0.isWhitespace }.map(start.index(after:)) ?? start.startIndex)]
}
