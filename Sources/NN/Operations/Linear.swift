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
    let result = value(of: output)
    if let bias {
      lk_fill_rows(result.rows, result.columns, value(of: bias).start, result.start)
    }
    Product.multiply(
      value(of: input), value(of: weight), into: result, beta: bias == nil ? 0 : 1)
    record(.linear(LinearOperation(input: input, weight: weight, bias: bias, output: output)))
    return output
  }
}

extension LinearOperation {
  func backward(on tape: Tape) {
    let above = tape.gradient(of: output)
    let (weightGradient, weightBeta) = tape.productGradient(of: weight)
    Product.multiply(
      tape.value(of: input), above, transposeA: true, into: weightGradient, beta: weightBeta)
    let (inputGradient, inputBeta) = tape.productGradient(of: input)
    tape.multiply(above, byTransposeOf: weight, into: inputGradient, beta: inputBeta)
    if let bias {
      lk_add_column_sums(above.rows, above.columns, above.start, tape.gradient(of: bias).start)
    }
  }
}
