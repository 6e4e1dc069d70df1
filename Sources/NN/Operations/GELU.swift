import CKernels

struct GELUOperation {
  let input: Variable
  /// The derivative at each element, dropout included.
  let slope: Matrix
  let output: Variable
}

extension Tape {
  /// x Φ(x) for every element (Hendrycks and Gimpel, "Gaussian error linear units", 2016), then dropout of `rate`, in one
  /// pass.
  public func gelu(_ input: Variable, dropout rate: Float = 0) -> Variable {
    let output = variable(rows: input.rows, columns: input.columns)
    let slope = scratch(rows: input.rows, columns: input.columns)
    let dropout = nextDropout(rate: rate)
    lk_gelu_forward(
      slope.count, dropout.rate, dropout.key, dropout.stream, value(of: input).start,
      slope.start, value(of: output).start)
    record(.gelu(GELUOperation(input: input, slope: slope, output: output)))
    return output
  }
}

extension GELUOperation {
  func backward(on tape: Tape) {
    lk_add_product(
      slope.count, tape.gradient(of: output).start, slope.start, tape.gradient(of: input).start)
  }
}
