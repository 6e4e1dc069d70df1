extension String {
  /// The text for one line of a terminal: control characters, line breaks and marks of writing direction become
  /// escapes such as `\n`, `\t` and `\u{1B}`.
  ///
  /// So names and values of a table cannot colour or move the text around them. Other text is unchanged.
  package var printable: String { escaping(where: \.needsEscape) }

  /// The same for text of several lines: line feeds are kept.
  package var printableLines: String { escaping { $0.needsEscape && $0 != "\n" } }

  private func escaping(where needsEscape: (Unicode.Scalar) -> Bool) -> String {
    guard unicodeScalars.contains(where: needsEscape) else { return self }
    var result = ""
    for scalar in unicodeScalars {
      if needsEscape(scalar) {
        result += scalar.escape
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  fileprivate var needsEscape: Bool {
    switch value {
    case 0...0x1F, 0x7F...0x9F: true
    // Line and paragraph separators.
    case 0x2028, 0x2029: true
    // Embeddings, overrides and isolates of bidirectional text.
    case 0x202A...0x202E, 0x2066...0x2069: true
    default: false
    }
  }

  fileprivate var escape: String {
    switch self {
    case "\n": "\\n"
    case "\r": "\\r"
    case "\t": "\\t"
    default: "\\u{" + String(value, radix: 16, uppercase: true) + "}"
    }
  }
}

/// The name closest to a misspelled one by edit distance, ignoring letter case; the first of equally close ones.
///
/// An edit inserts, deletes or replaces a letter (Levenshtein, 1966). A name that differs in more than half of its letters is not
/// close.
/// - Returns: nil if no name is close.
package func nearestName(to name: String, among names: [String]) -> String? {
  let wanted = Array(name.lowercased())
  let distances = names.map { editDistance(wanted, Array($0.lowercased())) }
  guard let index = distances.indices.min(by: { distances[$0] < distances[$1] }),
    distances[index] * 2 <= max(wanted.count, names[index].count)
  else { return nil }
  return names[index]
}

private func editDistance(_ first: [Character], _ second: [Character]) -> Int {
  var distances = Array(0...second.count)
  for (row, letter) in first.enumerated() {
    var diagonal = distances[0]
    distances[0] = row + 1
    for column in second.indices {
      let replaced = diagonal + (second[column] == letter ? 0 : 1)
      diagonal = distances[column + 1]
      distances[column + 1] = min(replaced, diagonal + 1, distances[column] + 1)
    }
  }
  return distances[second.count]
}
