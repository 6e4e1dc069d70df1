/// Reads the words of a rule's text, and spells them.
struct ConstraintScanner {
  private let text: [Unicode.Scalar]
  private var position = 0

  init(_ text: String) { self.text = Array(text.unicodeScalars) }

  /// The error at the place that was read last.
  func error(_ remedy: String) -> ConstraintError {
    .syntax(text: string(text[...]), position: position + 1, remedy: remedy)
  }

  // MARK: Reading

  /// The name before a colon; nil where the rule has none.
  mutating func readName() throws(ConstraintError) -> String? {
    let start = position
    if isAtName {
      let name = try readColumn()
      if skip(":") {
        guard !name.isEmpty else { throw error("Write a name before the colon, or no colon.") }
        return name
      }
    }
    position = start
    return nil
  }

  mutating func readColumn() throws(ConstraintError) -> String {
    skipSpaces()
    if isAt("\"") { return try readQuoted("\"") }
    let name = ConstraintScanner.bareName(text[position...])
    guard !name.isEmpty else {
      throw error("Write the name of a column here, in double quotes if it is not a plain word.")
    }
    position += name.count
    return string(name)
  }

  /// Whether a value follows, and not a column.
  var isAtValue: Bool {
    guard let first = text[position...].first(where: { !$0.properties.isWhitespace }) else {
      return false
    }
    return first == "'" || ConstraintScanner.beginsValue(first)
  }

  mutating func readValue() throws(ConstraintError) -> String {
    skipSpaces()
    if isAt("'") { return try readQuoted("'") }
    let value = ConstraintScanner.bareValue(text[position...])
    guard !value.isEmpty else {
      throw error("Write a number or a date here, in single quotes if it has spaces.")
    }
    position += value.count
    return string(value)
  }

  mutating func readComparison() throws(ConstraintError) -> (isLess: Bool, isStrict: Bool) {
    skipSpaces()
    let sign = text[position...].prefix { "<>=!≤≥".unicodeScalars.contains($0) }
    let comparisons = [
      "<=": (true, false), "<": (true, true), ">=": (false, false), ">": (false, true),
      "≤": (true, false), "≥": (false, false),
    ]
    guard let comparison = comparisons[string(sign)] else {
      throw error("Write <=, <, >=, > or in after a column, or fixed(...) or onehot(...).")
    }
    position += sign.count
    return comparison
  }

  mutating func expect(_ token: String, _ remedy: String) throws(ConstraintError) {
    guard skip(token) else { throw error(remedy) }
  }

  /// The number without a sign that follows; nil where none does.
  mutating func readNumber() throws(ConstraintError) -> Double? {
    skipSpaces()
    let first = text[position...].drop { $0 == "." }
    guard first.startIndex <= position + 1, first.first.map(ConstraintScanner.isDigit) ?? false
    else { return nil }
    let digits = ConstraintScanner.bareNumber(text[position...])
    guard let number = Double(string(digits)), number.isFinite else {
      throw error("Write a number such as 12, 0.5 or 1e6, within the range of a Double.")
    }
    position += digits.count
    return number
  }

  mutating func readEnd(
    _ remedy: String = "Nothing may follow here: give one rule at a time."
  ) throws(ConstraintError) {
    skipSpaces()
    if position < text.count { throw error(remedy) }
  }

  /// Skips a word and the parenthesis after it.
  mutating func skipCall(_ word: String) -> Bool {
    let start = position
    if skip(word), skip("(") { return true }
    position = start
    return false
  }

  /// Skips a word that another character ends.
  mutating func skipWord(_ word: String) -> Bool {
    let start = position
    if skip(word), position == text.count || !ConstraintScanner.isNameCharacter(text[position]) {
      return true
    }
    position = start
    return false
  }

  mutating func skip(_ token: String) -> Bool {
    skipSpaces()
    guard text[position...].starts(with: token.unicodeScalars) else { return false }
    position += token.unicodeScalars.count
    return true
  }

  private var isAtName: Bool {
    let rest = text[position...].drop { $0.properties.isWhitespace }
    return rest.first == "\"" || !ConstraintScanner.bareName(rest).isEmpty
  }

  private func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }

  private func isAt(_ character: Unicode.Scalar) -> Bool {
    position < text.count && text[position] == character
  }

  private mutating func skipSpaces() {
    while position < text.count, text[position].properties.isWhitespace { position += 1 }
  }

  /// What stands in quotes; a quote in it is doubled.
  private mutating func readQuoted(_ quote: Unicode.Scalar) throws(ConstraintError) -> String {
    let start = position
    var content = String.UnicodeScalarView()
    position += 1
    while position < text.count {
      if text[position] == quote {
        position += 1
        guard isAt(quote) else { return String(content) }
      }
      content.append(text[position])
      position += 1
    }
    position = start
    throw error("The quote that opens here is never closed.")
  }

  // MARK: Words

  private static func isNameCharacter(_ character: Unicode.Scalar) -> Bool {
    character.properties.isAlphabetic || isDigit(character)
      || "_-.".unicodeScalars.contains(character)
  }

  private static func isDigit(_ character: Unicode.Scalar) -> Bool {
    ("0"..."9").contains(character)
  }

  private static func beginsValue(_ character: Unicode.Scalar) -> Bool {
    character == "-" || isDigit(character)
  }

  /// The column's name that a text begins with.
  private static func bareName(_ text: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
    guard let first = text.first, first.properties.isAlphabetic || first == "_" else { return [] }
    return text.prefix(while: isNameCharacter)
  }

  /// The number or date that a text begins with; three dots end it.
  private static func bareValue(_ text: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
    guard let first = text.first, beginsValue(first) else { return [] }
    var end = text.startIndex
    while end < text.endIndex,
      isNameCharacter(text[end]) || ":/+".unicodeScalars.contains(text[end]),
      !text[end...].starts(with: "...".unicodeScalars)
    {
      end += 1
    }
    return text[..<end]
  }

  /// The digits that a text begins with, their fraction and their exponent.
  private static func bareNumber(_ text: ArraySlice<Unicode.Scalar>) -> ArraySlice<Unicode.Scalar> {
    let mantissa = text.prefix { isDigit($0) || $0 == "." }
    var rest = text[mantissa.endIndex...]
    guard rest.first == "e" || rest.first == "E" else { return mantissa }
    rest = rest.dropFirst()
    if rest.first == "-" || rest.first == "+" { rest = rest.dropFirst() }
    let exponent = rest.prefix(while: isDigit)
    return exponent.isEmpty ? mantissa : text[..<exponent.endIndex]
  }

  // MARK: Spelling

  /// The name of a column or rule.
  static func nameText(_ name: String) -> String {
    quoted(name, "\"", bareCount: bareName(Array(name.unicodeScalars)[...]).count)
  }

  static func valueText(_ value: String) -> String {
    let isWhole = value.unicodeScalars.last != "."
    return quoted(
      value, "'", bareCount: isWhole ? bareValue(Array(value.unicodeScalars)[...]).count : 0)
  }

  /// A text in quotes, unless all of it is bare.
  private static func quoted(
    _ text: String, _ quote: Unicode.Scalar, bareCount: Int
  ) -> String {
    if bareCount > 0, bareCount == text.unicodeScalars.count { return text }
    var content = String.UnicodeScalarView([quote])
    for scalar in text.unicodeScalars {
      content.append(scalar)
      if scalar == quote { content.append(quote) }
    }
    content.append(quote)
    return String(content)
  }
}
