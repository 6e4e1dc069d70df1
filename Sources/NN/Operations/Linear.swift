import CKernels

struct LinearOperation {
  let input: Variable
  let weight: Variable
  let bias: Variable?
  let output: Variable
}

extension Tape {
  /// input (B, in) times weight (in, out), plus bias (1, out) in every row: (B, out).
  public func linear(_ input: Variable, weight: Variable, bias: Variable? = nil) -> Variable {
    precondition(
      input.columns == weight.rows && bias?.columns ?? weight.columns == weight.columns,
      "input \(input.columns), weight \(weight.rows) × \(weight.columns) and bias do not fit")
    let output = variable(rows: input.rows, columns: weight.columns)
    multiply(
      value(of: input), by: weight, bias: bias.map { value(of: $0) }, into: value(of: output))
    record(.linear(LinearOperation(input: input, weight: weight, bias: bias, output: output)))
    return output
  }
}

extension LinearOperation {
  func backward(on tape: Tape) {
    let above = tape.gradient(of: output)
    tape.addWeightGradient(of: weight, input: tape.value(of: input), above: above)
    let (gradient, adds) = tape.productGradient(of: input)
    tape.multiply(above, byTransposeOf: weight, into: gradient, adds: adds)
    if let bias {
      lk_add_column_sums(above.rows, above.columns, above.start, tape.gradient(of: bias).start)
    }
  }
}
