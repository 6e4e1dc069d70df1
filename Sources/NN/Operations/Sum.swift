import CKernels

struct SumOperation {
  let input: Variable
  let factor: Float
  let output: Variable
}

extension Tape {
  /// The sum of all elements: (1, 1).
  public func sum(_ input: Variable) -> Variable { sum(input, times: 1) }

  /// The mean of all elements: (1, 1).
  public func mean(_ input: Variable) -> Variable {
    precondition(input.rows * input.columns > 0, "the mean of nothing is asked for")
    return sum(input, times: 1 / Float(input.rows * input.columns))
  }

  private func sum(_ input: Variable, times factor: Float) -> Variable {
    let output = variable(rows: 1, columns: 1)
    let matrix = value(of: input)
    value(of: output)[0, 0] = Float(lk_sum(matrix.count, matrix.start)) * factor
    record(.sum(SumOperation(input: input, factor: factor, output: output)))
    return output
  }
}

extension SumOperation {
  func backward(on tape: Tape) {
    let above = tape.gradient(of: output)[0, 0] * factor
    let gradient = tape.gradient(of: input)
    for index in 0..<gradient.count { gradient.start[index] += above }
  }
}
