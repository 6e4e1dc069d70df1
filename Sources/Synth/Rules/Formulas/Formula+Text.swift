extension Formula {
  /// Reads a formula, as in
  ///
  ///     price * quantity
  ///     (gross - net) / net
  ///     "check out" - "check in"
  ///     log(population + .1)
  ///     min(first, second) ^ 2
  ///
  /// Powers bind more strongly than minus signs, and from the right: `-a ^ b ^ 2` is `-(a ^ (b ^ 2))`. `log` is the natural
  /// logarithm. A word is a function only before a parenthesis, so that a column may have the same name.
  ///
  /// Names of columns are written as in rules (``Constraint/init(parsing:)``): a minus sign after a name needs a space before it.
  ///
  /// - Throws: ``DerivationError/syntax(text:position:remedy:)``.
  public init(parsing text: String) throws(DerivationError) {
    self = try DerivationError.ofSyntax { () throws(ConstraintError) in
      var scanner = ConstraintScanner(text)
      return try Formula(&scanner)
    }
  }

  /// Reads the rest of a text.
  init(_ scanner: inout ConstraintScanner) throws(ConstraintError) {
    var parser = FormulaParser(scanner: scanner)
    root = try parser.readFormula()
    columns = parser.columns
    scanner = parser.scanner
  }
}

/// Reads a formula by recursive descent.
private struct FormulaParser {
  var scanner: ConstraintScanner
  private(set) var columns: [String] = []
  /// Signs, parentheses and operands that may still follow, so that no text is too deep for the stack.
  private var room = 1_000

  init(scanner: ConstraintScanner) { self.scanner = scanner }

  mutating func readFormula() throws(ConstraintError) -> Formula.Node {
    let node = try readSum()
    try scanner.readEnd(
      "Write +, -, *, / or ^ here. The functions are "
        + Formula.Function.allCases.map(\.rawValue).joined(separator: ", ") + ".")
    if columns.isEmpty { throw scanner.error("Name a column to compute from.") }
    return node
  }

  private mutating func readSum() throws(ConstraintError) -> Formula.Node {
    var sum = try readProduct()
    while let operation = skip([.plus, .minus]) {
      sum = .operation(operation, sum, try readProduct())
    }
    return sum
  }

  private mutating func readProduct() throws(ConstraintError) -> Formula.Node {
    var product = try readOperand()
    while let operation = skip([.times, .over]) {
      product = .operation(operation, product, try readOperand())
    }
    return product
  }

  private mutating func readOperand() throws(ConstraintError) -> Formula.Node {
    room -= 1
    guard room > 0 else { throw scanner.error("Write a shorter formula, or several.") }
    if skip([.minus]) != nil { return .negation(try readOperand()) }
    let base = try readBase()
    return skip([.power]) == nil ? base : .operation(.power, base, try readOperand())
  }

  private mutating func readBase() throws(ConstraintError) -> Formula.Node {
    if scanner.skip("(") {
      let sum = try readSum()
      try scanner.expect(")", "Write an operator, or ) to close a parenthesis.")
      return sum
    }
    if let number = try scanner.readNumber() { return .number(number) }
    for function in Formula.Function.allCases where scanner.skipCall(function.rawValue) {
      return .call(function, try readArguments(of: function))
    }
    let name = try scanner.readColumn()
    if let column = columns.firstIndex(of: name) { return .column(column) }
    columns.append(name)
    return .column(columns.count - 1)
  }

  /// Reads what stands between the parentheses after a function.
  private mutating func readArguments(
    of function: Formula.Function
  ) throws(ConstraintError) -> [Formula.Node] {
    var arguments = [try readSum()]
    while arguments.count < function.argumentCounts.upperBound, scanner.skip(",") {
      arguments.append(try readSum())
    }
    guard arguments.count >= function.argumentCounts.lowerBound else {
      throw scanner.error("Write a comma and another number for \(function.rawValue) here.")
    }
    try scanner.expect(")", "Write an operator, or ) to close the parenthesis of a function.")
    return arguments
  }

  private mutating func skip(_ operators: [Formula.Operator]) -> Formula.Operator? {
    for operation in operators where scanner.skip(operation.rawValue) { return operation }
    return nil
  }
}

extension Formula {
  /// The text form.
  public var description: String { text(root) }

  private func text(_ node: Node) -> String {
    switch node {
    case .number(let number):
      let text = number.description
      return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    case .column(let column): return ConstraintScanner.nameText(columns[column])
    case .negation(let node): return "-" + text(node, atLeast: .sign)
    case .operation(.power, let base, let exponent):
      return text(base, atLeast: .base) + " ^ " + text(exponent, atLeast: .sign)
    case .operation(let operation, let first, let second):
      let rank = node.rank
      return text(first, atLeast: rank) + " \(operation.rawValue) "
        + text(second, atLeast: rank == .sum ? .product : .sign)
    case .call(let function, let arguments):
      return "\(function.rawValue)(\(arguments.map { text($0) }.joined(separator: ", ")))"
    }
  }

  /// The text of an operand, in parentheses where it binds less than it has to.
  private func text(_ node: Node, atLeast rank: Rank) -> String {
    node.rank.rawValue < rank.rawValue ? "(\(text(node)))" : text(node)
  }
}

/// How strongly the parts of a formula bind.
private enum Rank: Int {
  case sum, product, sign, base
}

extension Formula.Node {
  fileprivate var rank: Rank {
    switch self {
    case .operation(.plus, _, _), .operation(.minus, _, _): .sum
    case .operation(.times, _, _), .operation(.over, _, _): .product
    case .negation, .operation(.power, _, _): .sign
    case .number, .column, .call: .base
    }
  }
}
