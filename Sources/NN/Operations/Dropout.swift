import CKernels

/// The masks of one dropout: a function of rate, key and stream.
struct Dropout {
  let rate: Float
  let key: UInt64
  let stream: UInt64

  /// Multiplies a matrix by its mask, which `mask`, of the same shape, becomes. A rate of 0 has no mask.
  func apply(to matrix: Matrix, keeping mask: Matrix? = nil) {
    precondition(mask?.count ?? matrix.count == matrix.count, "the mask does not fit")
    if rate > 0 { lk_dropout(matrix.count, rate, key, stream, matrix.start, mask?.start) }
  }
}

struct DropoutOperation {
  let input: Variable
  let dropout: Dropout
  let output: Variable
}

extension Tape {
  /// Each element with probability 1 - rate, then divided by that, else 0 (Srivastava et al., 2014); the input itself while
  /// the tape is not training.
  public func dropout(_ input: Variable, rate: Float) -> Variable {
    let dropout = nextDropout(rate: rate)
    if dropout.rate == 0 { return input }
    let output = variable(rows: input.rows, columns: input.columns)
    value(of: output).assign(value(of: input))
    dropout.apply(to: value(of: output))
    record(.dropout(DropoutOperation(input: input, dropout: dropout, output: output)))
    return output
  }

  /// The next dropout of the tape; of rate 0 where it is not training.
  func nextDropout(rate: Float) -> Dropout {
    precondition(rate >= 0 && rate < 1, "a dropout rate of \(rate) is not in 0..<1")
    guard isTraining, rate > 0 else { return Dropout(rate: 0, key: 0, stream: 0) }
    return Dropout(rate: rate, key: dropoutKey, stream: nextDropoutStream())
  }
}

extension DropoutOperation {
  func backward(on tape: Tape) {
    let above = tape.gradient(of: output)
    dropout.apply(to: above)
    lk_add(above.count, above.start, tape.gradient(of: input).start)
  }
}
