/// What the values of a column are.
public enum ColumnType: String, Sendable, Codable {
  /// Two spellings: true and false, yes and no, t and f, or y and n, in one letter case.
  case boolean
  /// Integers of at most 15 digits.
  case integer
  /// Numbers of which at least one has a decimal point or an exponent.
  case decimal
  /// Any other text.
  case category
}

extension ColumnType {
  /// Whether two texts are the two truth values in one style of letter case.
  static func areBooleans(_ first: String, _ second: String) -> Bool {
    let pair = Set([first, second])
    return [("true", "false"), ("yes", "no"), ("t", "f"), ("y", "n")].contains { yes, no in
      pair == [yes, no] || pair == [yes.uppercased(), no.uppercased()]
        || pair == [capitalized(yes), capitalized(no)]
    }
  }

  private static func capitalized(_ word: String) -> String {
    word.prefix(1).uppercased() + word.dropFirst()
  }
}
