/// An error in derived columns. The description says what, where and what to do.
public enum DerivationError: Error, Equatable, Sendable {
  /// A text that is not a formula; `position` is the first wrong character, counted from 1.
  case syntax(text: String, position: Int, remedy: String)
  /// Two formulas for one column.
  case derivedTwice(column: String)
  /// A formula of, or for, a column that the table does not have.
  case unknownColumn(name: String, derivation: String, nearest: String?)
  /// A formula of, or for, a column that is left out.
  case excludedColumn(name: String, derivation: String)
  /// Formulas of columns that are derived from each other, or from themselves.
  case cycle(columns: [String])
  /// A formula of a column that holds neither numbers nor dates, or for one that holds no numbers.
  case notNumeric(column: String, derivation: String)
  /// A formula that uses dates other than to subtract dates of the same precision.
  case units(derivation: String)
  /// A derived column that is the key of the table.
  case key(column: String)
  /// A rule about a derived column.
  case ruled(column: String, rule: String)
  /// A formula that holds in fewer than half of the rows.
  case rarelyHolds(derivation: String, brokenRows: Int, rowCount: Int)

  /// Calls what reads a text, and makes its errors those of formulas.
  static func ofSyntax<Value>(
    _ read: () throws(ConstraintError) -> Value
  ) throws(DerivationError) -> Value {
    do {
      return try read()
    } catch .syntax(let text, let position, let remedy) {
      throw .syntax(text: text, position: position, remedy: remedy)
    } catch {
      preconditionFailure("A text was read with another error: \(error)")
    }
  }
}

extension DerivationError: CustomStringConvertible {
  /// The place, the error and the remedy.
  public var description: String {
    switch self {
    case .syntax(let text, let position, let remedy):
      return "'\(text)' is not a formula: the error is at character \(position). \(remedy)"
    case .derivedTwice(let column):
      return "The column '\(column)' is derived by two formulas. Give it one."
    case .unknownColumn(let name, let derivation, let nearest):
      let hint = nearest.map { " Do you mean '\($0)'?" } ?? " Look at the header of the table."
      let note = name.contains("-") ? " A minus sign after a name needs a space before it." : ""
      return "The formula '\(derivation)': there is no column '\(name)'.\(hint)\(note)"
    case .excludedColumn(let name, let derivation):
      return "The formula '\(derivation)' is about the column '\(name)', which is left out. "
        + "Remove the formula, or keep the column."
    case .cycle(let columns):
      let names = columns.map { "'\($0)'" }.joined(separator: ", ")
      return columns.count == 1
        ? "The column \(names) is derived from itself. Name other columns in its formula."
        : "The columns \(names) are derived from each other. Drop the formula of one of them."
    case .notNumeric(let column, let derivation):
      return "The formula '\(derivation)': the column '\(column)' has no learnt numbers."
        + " Name columns of numbers, or subtract dates from each other."
    case .units(let derivation):
      return
        "The formula '\(derivation)' combines values of different kinds. Dates and times can only"
        + " be subtracted from others of the same precision."
    case .key(let column):
      return "The key '\(column)' cannot be derived: every new row gets its own. Drop its formula."
    case .ruled(let column, let rule):
      return "The rule '\(rule)' is about the column '\(column)', which is derived from others."
        + " Give rules about those, or drop the formula."
    case .rarelyHolds(let derivation, let brokenRows, let rowCount):
      return
        "The formula '\(derivation)' does not hold in \(brokenRows) of \(rowCount) rows. Give one"
        + " that holds in most, or let the column be learnt."
    }
  }
}
