/// Words of a column of texts that say something about the other columns, the most informative first.
///
/// The keyword of a text is the first of them that it contains.
package struct Keywords: Equatable, Sendable {
  package let words: [String]
  private let ranks: [String: Int]

  /// The most words of a column.
  static let most = 100

  package init(_ words: [String] = []) {
    self.words = words
    ranks = Dictionary(zip(words, words.indices)) { first, _ in first }
  }

  var isEmpty: Bool { words.isEmpty }

  /// The place of a text's keyword; nil if it has none.
  package func rank(in text: String) -> Int? {
    isEmpty ? nil : Keywords.words(of: text).compactMap { rank(of: $0) }.min()
  }

  /// The place of a word; nil if it is not a keyword.
  func rank(of word: String) -> Int? { ranks[word] }

  /// The words of a text: its longest runs of letters and digits.
  static func words(of text: String) -> [String] {
    text.unicodeScalars.split { !$0.isWordCharacter }.map { String($0) }
  }
}

extension Keywords: Codable {
  package init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode([String].self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(words)
  }
}

extension Unicode.Scalar {
  /// Whether a character is a letter or a digit.
  var isWordCharacter: Bool {
    switch self {
    case "a"..."z", "A"..."Z", "0"..."9": true
    default: !isASCII && (properties.isAlphabetic || properties.numericType != nil)
    }
  }
}
