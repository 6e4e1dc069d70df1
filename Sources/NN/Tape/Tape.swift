import CKernels

/// Reverse-mode automatic differentiation: operations are recorded as they are computed, and run backwards once.
///
/// All memory is used again after `reset`, so that a loop of `reset`, forward and `backward` allocates in its first round only. A tape belongs to one thread at a time.
///
/// Operations live in extensions, one file each: a method that computes the value and records an `Operation`, and that
/// operation's `backward`.
public final class Tape {
  private struct Node {
    let value: Matrix
    /// The gradient; nil until it receives a contribution.
    var gradient: Matrix? = nil
    /// A parameter's weights, packed for products; nil for others.
    var packed: PackedParameters.Pair? = nil
    /// The node whose rows this one is, and the first of them.
    var container: (index: Int, firstRow: Int)? = nil
  }

  private let workspace: Workspace
  private var nodes: [Node] = []
  private var operations: [Operation] = []
  /// The inputs of all recurrent steps: operations refer to ranges of them.
  var gruInputs: [GRUInput] = []
  private let values: ParameterArena
  private let gradients: ParameterArena?
  private let packed: PackedParameters?
  /// Nodes before the open mark: they may have no new gradients, whose memory would be used again.
  private var markedCount = 0

  /// Whether dropout is applied; true by default.
  public var isTraining = true
  /// Where dropout masks are drawn from.
  var dropoutKey: UInt64 = 0
  private(set) var dropoutStream: UInt64 = 0

  /// A tape whose parameters have these values, and whose parameter gradients are added to `gradients`, an arena of the
  /// same layout. Without it, gradients are not available. `packed` are parameters of `values` that the caller keeps up to date:
  /// products are faster with them. Tapes with the same `memory` take turns to use it.
  public init(
    values: ParameterArena, gradients: ParameterArena? = nil,
    packed: PackedParameters? = nil, memory: TapeMemory = TapeMemory()
  ) {
    workspace = Workspace(memory)
    self.values = values
    self.gradients = gradients
    self.packed = packed
  }

  /// Forgets everything recorded; the memory is used again. Every variable, matrix and code of the tape becomes invalid.
  public func reset() {
    nodes.removeAll(keepingCapacity: true)
    operations.removeAll(keepingCapacity: true)
    gruInputs.removeAll(keepingCapacity: true)
    markedCount = 0
    workspace.reset()
  }

  /// Draws the dropout masks from here on as a function of `generator`, `stream` and their number since this call.
  public func seedDropout(_ generator: Philox, stream: UInt64) {
    dropoutKey = generator.key
    dropoutStream = stream << 16
  }

  func nextDropoutStream() -> UInt64 {
    dropoutStream += 1
    return dropoutStream
  }

  // MARK: Variables

  /// A new variable of undefined elements, for a computed value or for rows that others fill.
  public func variable(rows: Int, columns: Int) -> Variable {
    add(Node(value: workspace.matrix(rows: rows, columns: columns)))
  }

  /// A new variable whose elements are all `value`.
  public func constant(_ value: Float = 0, rows: Int, columns: Int) -> Variable {
    let variable = variable(rows: rows, columns: columns)
    self.value(of: variable).fill(value)
    return variable
  }

  /// A new variable with these elements, row after row.
  public func constant(_ elements: [Float], rows: Int, columns: Int) -> Variable {
    let variable = variable(rows: rows, columns: columns)
    value(of: variable).assign(elements)
    return variable
  }

  /// A parameter of the model, without a copy.
  public func parameter(_ parameter: Parameter) -> Variable {
    add(
      Node(
        value: values[parameter], gradient: gradients?[parameter], packed: packed?[parameter]))
  }

  /// Some rows of a variable, sharing its value and its gradient.
  public func rows(_ range: Range<Int>, of variable: Variable) -> Variable {
    let node = Node(
      value: value(of: variable).rows(range),
      container: (variable.index, range.lowerBound))
    return add(node)
  }

  /// Codes with memory of the tape's own, for tables of `limit` rows.
  public func codes(_ elements: some Collection<Int32>, below limit: Int) -> Codes {
    let codes = codes(count: elements.count)
    for (index, element) in elements.enumerated() { codes.start[index] = element }
    precondition(codes.allBelow(limit), "a code is not in 0..<\(limit)")
    return codes
  }

  /// Undefined codes, for the caller to fill.
  package func codes(count: Int) -> Codes {
    let memory = UnsafeMutableRawPointer(workspace.matrix(rows: 1, columns: count).start)
    return Codes(start: memory.bindMemory(to: Int32.self, capacity: count), count: count)
  }

  private func add(_ node: Node) -> Variable {
    nodes.append(node)
    return Variable(index: nodes.count - 1, rows: node.value.rows, columns: node.value.columns)
  }

  /// The value of a variable, valid until the next ``reset()``.
  public func value(of variable: Variable) -> Matrix { nodes[variable.index].value }

  // MARK: Backward

  func record(_ operation: Operation) {
    operations.append(operation)
  }

  /// Memory that an operation keeps for its backward pass.
  func scratch(rows: Int, columns: Int) -> Matrix { workspace.matrix(rows: rows, columns: columns) }

  /// A matrix of zeros, for reading only.
  func zeros(rows: Int, columns: Int) -> Matrix {
    let zeros = workspace.matrix(rows: rows, columns: columns)
    zeros.fill(0)
    return zeros
  }

  /// Adds to the gradient of every variable and parameter what `result`, a single number, with respect to it, times `gradient`.
  public func backward(from result: Variable, gradient: Float = 1) {
    precondition(
      result.rows == 1 && result.columns == 1,
      "backward starts from one number, not from \(result.rows) × \(result.columns)")
    precondition(gradients != nil, "the tape was made without gradients")
    self.gradient(of: result)[0, 0] += gradient
    backward()
  }

  /// Sends the gradients that variables have received by now on to what they were computed from.
  public func backward() {
    for operation in operations.reversed() { operation.backward(on: self) }
  }

  // MARK: Parts

  /// A place on the tape: what was recorded before it.
  public struct Mark {
    fileprivate let nodeCount: Int
    fileprivate let operationCount: Int
    fileprivate let place: Workspace.Place
  }

  /// Marks the place for ``backward(from:gradient:since:)``. One mark is open at a time.
  public func mark() -> Mark {
    markedCount = nodes.count
    return Mark(
      nodeCount: nodes.count, operationCount: operations.count, place: workspace.place)
  }

  /// Runs what was recorded since a mark backwards and forgets it. The next part uses the same memory, which is still in the
  /// processor's caches, and less of it is needed.
  ///
  /// Variables from before the mark keep the gradients that they receive, but must have gradients before the mark: ask for
  /// ``gradient(of:)``. A later ``backward()`` sends them on.
  ///
  /// - Parameters:
  ///   - losses: (B, 1).
  ///   - gradient: the gradient of each of them.
  public func backward(from losses: Variable, gradient: Float, since mark: Mark) {
    self.gradient(of: losses).fill(gradient)
    for index in stride(from: operations.count - 1, through: mark.operationCount, by: -1) {
      operations[index].backward(on: self)
    }
    nodes.removeLast(nodes.count - mark.nodeCount)
    operations.removeLast(operations.count - mark.operationCount)
    workspace.rewind(to: mark.place)
    markedCount = 0
  }

  /// The gradient of a variable: zeros until it receives a contribution.
  public func gradient(of variable: Variable) -> Matrix {
    if let gradient = nodes[variable.index].gradient { return gradient }
    let gradient = storage(of: variable)
    if nodes[variable.index].container == nil { gradient.fill(0) }
    return gradient
  }

  /// The gradient of a variable for a product to write to, and whether to add to its present value: not having to saves clearing
  /// it first.
  func productGradient(of variable: Variable) -> (gradient: Matrix, adds: Bool) {
    if let gradient = nodes[variable.index].gradient { return (gradient, true) }
    return (storage(of: variable), nodes[variable.index].container != nil)
  }

  /// Makes a matrix the gradient of a computed variable that has received none.
  func setGradient(of variable: Variable, _ gradient: Matrix) {
    precondition(!hasGradient(variable), "the variable was used twice")
    nodes[variable.index].gradient = gradient
  }

  /// Adds to the gradient of a weight (in, out) that input (B, in) was multiplied by, where the product has the gradient
  /// `above` (B, out).
  func addWeightGradient(of weight: Variable, input: Matrix, above: Matrix) {
    let (gradient, adds) = productGradient(of: weight)
    if packedWeights(of: weight)?.forward.isRounded == true {
      Product.multiplyTransposedInBFloat16(input, above, into: gradient, adds: adds)
    } else {
      Product.multiply(input, above, transposeA: true, into: gradient, adds: adds)
    }
  }

  /// The packed weights of a parameter that has them.
  func packedWeights(of variable: Variable) -> PackedParameters.Pair? {
    nodes[variable.index].packed
  }

  /// result = left times a variable, plus bias (1, out) in every row, plus its present value where `adds` is true.
  func multiply(
    _ left: Matrix, by right: Variable, bias: Matrix? = nil, into result: Matrix,
    adds: Bool = false
  ) {
    if let packed = packedWeights(of: right) {
      packed.forward.multiply(left, into: result, bias: bias, adds: adds)
    } else {
      Product.multiply(left, value(of: right), into: result, adds: adds)
      if let bias {
        lk_add_row(result.rows, result.columns, result.start, bias.start, result.start)
      }
    }
  }

  /// result = left times the transpose of a variable, plus its present value where `adds` is true.
  func multiply(
    _ left: Matrix, byTransposeOf right: Variable, into result: Matrix, adds: Bool
  ) {
    if let packed = packedWeights(of: right) {
      packed.backward.multiply(left, into: result, adds: adds)
    } else {
      Product.multiply(left, value(of: right), transposeB: true, into: result, adds: adds)
    }
  }

  /// Whether the gradient of a computed variable has received a contribution.
  package func hasGradient(_ variable: Variable) -> Bool {
    var index = variable.index
    while nodes[index].gradient == nil {
      guard let container = nodes[index].container else { return false }
      index = container.index
    }
    return true
  }

  private func storage(of variable: Variable) -> Matrix {
    let node = nodes[variable.index]
    let gradient: Matrix
    if let (index, firstRow) = node.container {
      let container = Variable(
        index: index, rows: nodes[index].value.rows, columns: nodes[index].value.columns)
      gradient = self.gradient(of: container).rows(firstRow..<firstRow + variable.rows)
    } else {
      precondition(variable.index >= markedCount, "a variable had no gradient before the mark")
      gradient = workspace.matrix(rows: variable.rows, columns: variable.columns)
    }
    nodes[variable.index].gradient = gradient
    return gradient
  }
}

/// A matrix on a ``Tape``: its value, and after ``Tape/backward(from:gradient:)`` its gradient.
public struct Variable: Hashable, Sendable {
  let index: Int
  /// Number of rows, usually those of a batch.
  public let rows: Int
  /// Number of columns.
  public let columns: Int
}
