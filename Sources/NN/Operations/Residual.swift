import CKernels

/// A residual block with a query before it and dropout after it, as one operation: its rows pass all steps while they are in
/// the processor's first caches.
struct ResidualOperation {
  /// Nil: zeros.
  let input: Variable?
  let query: Variable
  let block: ResidualBlock.Variables
  /// Mean and inverse deviation of input + query, (B, 2).
  let statistics: Matrix
  /// The layer norm, (B, H).
  let normal: Matrix
  /// GELU and dropout of the first product, and the derivative, (B, R).
  let active: Matrix
  let slope: Matrix
  /// The mask of the last dropout, (B, H); nil without one.
  let mask: Matrix?
  let output: Variable
}

extension Tape {
  /// For x = input (B, H) + query (1, H) in every row: x + W2 dropout(gelu(W1 layernorm(x) + b1)) + b2, then dropout of
  /// `rate`, (B, H).
  ///
  /// - Parameter input: nil is zeros; `rows` gives B then.
  public func residual(
    _ input: Variable?, rows: Int, query: Variable, block: ResidualBlock, dropout rate: Float = 0,
    epsilon: Float = 1e-5
  ) -> Variable {
    let width = query.columns
    let block = block.variables(on: self)
    precondition(
      input?.rows ?? rows == rows && input?.columns ?? width == width && query.rows == 1
        && block.gain.columns == width,
      "input and query do not fit a block of \(block.gain.columns)")
    let output = variable(rows: rows, columns: width)
    let outer = nextDropout(rate: rate)
    let operation = ResidualOperation(
      input: input, query: query, block: block, statistics: scratch(rows: rows, columns: 2),
      normal: scratch(rows: rows, columns: width),
      active: scratch(rows: rows, columns: block.expand.columns),
      slope: scratch(rows: rows, columns: block.expand.columns),
      mask: outer.rate > 0 ? scratch(rows: rows, columns: width) : nil, output: output)
    let inner = nextDropout(rate: block.dropout)
    let (sum, normal, slope) = (value(of: output), operation.normal, operation.slope)
    lk_query_forward(
      rows, width, epsilon, input.map { value(of: $0).start }, value(of: query).start,
      value(of: block.contractBias).start, value(of: block.gain).start,
      value(of: block.bias).start, operation.statistics.start, sum.start, normal.start)
    multiply(normal, by: block.expand, bias: value(of: block.expandBias), into: slope)
    lk_gelu_forward(
      slope.count, inner.rate, inner.key, inner.stream, slope.start, slope.start,
      operation.active.start)
    multiply(operation.active, by: block.contract, into: sum, adds: true)
    outer.apply(to: sum, keeping: operation.mask)
    record(.residual(operation))
    return output
  }
}

extension ResidualOperation {
  func backward(on tape: Tape) {
    let above = tape.gradient(of: output)
    let (rows, width) = (above.rows, above.columns)
    let biasGradient = tape.gradient(of: block.contractBias)
    if let mask {
      lk_scale_and_add_column_sums(rows, width, mask.start, above.start, biasGradient.start)
    } else {
      lk_add_column_sums(rows, width, above.start, biasGradient.start)
    }
    tape.addWeightGradient(of: block.contract, input: active, above: above)
    let inner = tape.scratch(rows: rows, columns: active.columns)
    tape.multiply(above, byTransposeOf: block.contract, into: inner, adds: false)
    lk_scale_and_add_column_sums(
      rows, inner.columns, slope.start, inner.start, tape.gradient(of: block.expandBias).start)
    tape.addWeightGradient(of: block.expand, input: normal, above: inner)
    let normalGradient = tape.scratch(rows: rows, columns: width)
    tape.multiply(inner, byTransposeOf: block.expand, into: normalGradient, adds: false)
    lk_query_backward(
      rows, width, input.map { tape.value(of: $0).start }, tape.value(of: query).start,
      tape.value(of: block.gain).start, statistics.start, above.start, normalGradient.start,
      input.map { tape.gradient(of: $0).start }, tape.gradient(of: query).start,
      tape.gradient(of: block.gain).start, tape.gradient(of: block.bias).start)
  }
}
