extension Constraint {
  private static let (fixedWord, oneHotWord, atMostOneWord) = ("fixed", "onehot", "atmostone")

  /// Reads a rule, as in
  ///
  ///     fixed(education, education_num)
  ///     start <= end
  ///     price in 0...100
  ///     age >= 18
  ///     onehot(red, green, blue)
  ///     color: atmostone(red, green, blue)
  ///
  /// `<`, `>` and `>=` compare columns as well. What stands before a colon is the rule's name. A name, of a rule or a column,
  /// that does not begin with a letter or `_`, or has more than letters, digits, `_`, `-` and `.` in it, stands in double quotes,
  /// and a number or date that has spaces or begins with a letter in single ones.
  ///
  /// - Throws: ``ConstraintError/syntax(text:position:remedy:)``, ``ConstraintError/shape(rule:remedy:)``.
  public init(parsing text: String) throws(ConstraintError) {
    var scanner = ConstraintScanner(text)
    let name = try scanner.readName()
    let condition = try Constraint.condition(&scanner)
    try scanner.readEnd()
    self.init(condition, name: name)
    try checkShape()
  }

  private static func condition(
    _ scanner: inout ConstraintScanner
  ) throws(ConstraintError) -> Condition {
    for (word, condition) in [
      (fixedWord, Condition.fixedCombinations), (oneHotWord, Condition.oneHot),
      (atMostOneWord, Condition.atMostOne),
    ] where scanner.skipCall(word) {
      var columns = [try scanner.readColumn()]
      while scanner.skip(",") { columns.append(try scanner.readColumn()) }
      try scanner.expect(")", "Write , or ) after a column.")
      return condition(columns)
    }
    let column = try scanner.readColumn()
    if scanner.skipWord("in") {
      let lower = try scanner.readValue()
      try scanner.expect("...", "Write both ends of a range as in 0...100.")
      return .range(column: column, lower: lower, upper: try scanner.readValue())
    }
    let comparison = try scanner.readComparison()
    if scanner.isAtValue {
      guard !comparison.isStrict else {
        throw scanner.error("A range includes its ends: write <= or >= before a value.")
      }
      let value = try scanner.readValue()
      return comparison.isLess
        ? .range(column: column, lower: nil, upper: value)
        : .range(column: column, lower: value, upper: nil)
    }
    let other = try scanner.readColumn()
    let (lower, upper) = comparison.isLess ? (column, other) : (other, column)
    return .inequality(lower: lower, upper: upper, isStrict: comparison.isStrict)
  }
}

extension Constraint {
  /// The text form.
  public var description: String {
    let prefix = name.map { ConstraintScanner.nameText($0) + ": " } ?? ""
    func call(_ word: String, _ columns: [String]) -> String {
      "\(word)(\(columns.map(ConstraintScanner.nameText).joined(separator: ", ")))"
    }
    switch condition {
    case .fixedCombinations(let columns): return prefix + call(Constraint.fixedWord, columns)
    case .oneHot(let columns): return prefix + call(Constraint.oneHotWord, columns)
    case .atMostOne(let columns): return prefix + call(Constraint.atMostOneWord, columns)
    case .inequality(let lower, let upper, let isStrict):
      let (lower, upper) = (
        ConstraintScanner.nameText(lower), ConstraintScanner.nameText(upper)
      )
      return prefix + "\(lower) \(isStrict ? "<" : "<=") \(upper)"
    case .range(let column, let lower, let upper):
      let column = ConstraintScanner.nameText(column)
      let (lower, upper) = (
        lower.map(ConstraintScanner.valueText), upper.map(ConstraintScanner.valueText)
      )
      if let lower, let upper { return prefix + "\(column) in \(lower)...\(upper)" }
      return prefix + column + (lower.map { " >= " + $0 } ?? "") + (upper.map { " <= " + $0 } ?? "")
    }
  }
}

/// A value that is coded as the text that describes it.
public protocol TextCodable: Codable, CustomStringConvertible {
  /// Reads the text form.
  init(parsing text: String) throws
}

extension TextCodable {
  /// Reads the text form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    do {
      try self.init(parsing: text)
    } catch {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(error)")
    }
  }

  /// Writes the text form.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
