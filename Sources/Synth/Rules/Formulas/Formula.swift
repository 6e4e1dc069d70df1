import Foundation

/// A formula of columns of the row, numbers, `+ - * / ^`, parentheses, minus signs and functions: `log`, `exp`, `sqrt`, `abs`,
/// `round`, `min` and `max`.
///
/// Formulas have a text form, in which they are also encoded: see ``init(parsing:)``.
public struct Formula: Hashable, Sendable, TextCodable {
  indirect enum Node: Hashable, Sendable {
    case number(Double)
    /// One of ``Formula/columns``.
    case column(Int)
    case negation(Node)
    case operation(Operator, Node, Node)
    case call(Function, [Node])
  }

  enum Operator: String, CaseIterable, Sendable {
    case plus = "+"
    case minus = "-"
    case times = "*"
    case over = "/"
    case power = "^"

    func callAsFunction(_ first: Double, _ second: Double) -> Double {
      switch self {
      case .plus: first + second
      case .minus: first - second
      case .times: first * second
      case .over: first / second
      case .power: pow(first, second)
      }
    }
  }

  enum Function: String, CaseIterable, Sendable {
    /// The natural logarithm.
    case log
    case exp
    case sqrt
    case abs
    /// The nearest whole number; halves are rounded away from zero.
    case round
    case min
    case max

    /// The numbers of arguments that it can have.
    var argumentCounts: ClosedRange<Int> { self == .min || self == .max ? 2...100 : 1...1 }

    func callAsFunction(_ arguments: [Double]) -> Double {
      // A minimum of a missing number is missing.
      if arguments.contains(where: \.isNaN) { return .nan }
      return switch self {
      case .log: Foundation.log(arguments[0])
      case .exp: Foundation.exp(arguments[0])
      case .sqrt: arguments[0].squareRoot()
      case .abs: arguments[0].magnitude
      case .round: arguments[0].rounded()
      case .min: arguments.min()!
      case .max: arguments.max()!
      }
    }
  }

  /// The columns in it, each once, in the order of their first appearance.
  public let columns: [String]
  let root: Node

  init(columns: [String], root: Node) {
    self.columns = columns
    self.root = root
  }

  /// Its value where the columns have these; not finite where a column has none, and where it is not defined, as after division by
  /// zero.
  ///
  /// - Parameter values: of one of ``columns``; NaN for none.
  package func value(_ values: (Int) -> Double) -> Double { root.value(values) }

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
      case .call(_, let arguments):
        return arguments.allSatisfy { unit($0) == .number } ? .number : nil
      }
    }
    return unit(root)
  }
}

extension Formula.Node {
  /// Its value: see ``Formula/value(_:)``.
  func value(_ values: (Int) -> Double) -> Double {
    switch self {
    case .number(let number): number
    case .column(let column): values(column)
    case .negation(let node): -node.value(values)
    case .operation(let operation, let first, let second):
      operation(first.value(values), second.value(values))
    case .call(let function, let arguments): function(arguments.map { $0.value(values) })
    }
  }
}
