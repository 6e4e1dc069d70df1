/// A formula of columns of the row, numbers, `+ - * /`, parentheses and minus signs.
///
/// Formulas have a text form, in which they are also encoded: see ``init(parsing:)``.
public struct Formula: Hashable, Sendable, TextCodable {
  indirect enum Node: Hashable, Sendable {
    case number(Double)
    /// One of ``Formula/columns``.
    case column(Int)
    case negation(Node)
    case operation(Operator, Node, Node)
  }

  enum Operator: String, CaseIterable, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case over = "/"
  }

  /// The columns in it, each once, in the order of their first appearance.
  public let columns: [String]
  let root: Node

  init(columns: [String], root: Node) {
    self.columns = columns
    self.root = root
  }

  /// Its value where the columns have these; not finite where a column has none, and after division by zero.
  ///
  /// - Parameter values: of one of ``columns``; NaN for none.
  func value(_ values: (Int) -> Double) -> Double {
    func value(_ node: Node) -> Double {
      switch node {
      case .number(let number): number
      case .column(let column): values(column)
      case .negation(let node): -value(node)
      case .operation(.plus, let first, let second): value(first) + value(second)
      case .operation(.minus, let first, let second): value(first) - value(second)
      case .operation(.times, let first, let second): value(first) * value(second)
      case .operation(.over, let first, let second): value(first) / value(second)
      }
    }
    return value(root)
  }

  /// What its value is counted in; nil where it combines what cannot be combined. The difference of two dates of one precision is a
  /// number of days.
  ///
  /// - Parameter units: of each of ``columns``.
  func unit(_ units: [RuleColumn.Unit]) -> RuleColumn.Unit? {
    func unit(_ node: Node) -> RuleColumn.Unit? {
      switch node {
      case .number: return .number
      case .column(let column): return units[column]
      case .negation(let node): return unit(node) == .number ? .number : nil
      case .operation(let operation, let first, let second):
        guard let common = unit(first), common == unit(second) else { return nil }
        return common == .number || operation == .minus ? .number : nil
      }
    }
    return unit(root)
  }
}
