/// A column that is not learnt but computed from others in every drawn row, and written in its own number format.
///
/// It is missing if a column of the formula is missing or the formula has no finite value. Derivations have a text form, in which
/// they are also encoded: see ``init(parsing:)``.
public struct Derivation: Hashable, Sendable, TextCodable {
  /// The column that is computed.
  public var column: String
  /// The formula that computes it.
  public var formula: Formula

  public init(_ column: String, _ formula: Formula) {
    self.column = column
    self.formula = formula
  }

  /// Reads a column and its formula, as in
  ///
  ///     total = price * quantity
  ///     nights = departure - arrival
  ///
  /// The difference of two dates, or of two timestamps of one precision, is a number of days.
  ///
  /// - Throws: ``DerivationError/syntax(text:position:remedy:)``.
  public init(parsing text: String) throws(DerivationError) {
    self = try DerivationError.ofSyntax { () throws(ConstraintError) in
      var scanner = ConstraintScanner(text)
      let column = try scanner.readColumn()
      try scanner.expect("=", "Write = and a formula after the column.")
      return Derivation(column, try Formula(&scanner))
    }
  }
}

extension Derivation {
  /// The text form.
  public var description: String { "\(ConstraintScanner.nameText(column)) = \(formula)" }
}
