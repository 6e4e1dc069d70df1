import CKernels

struct DropoutOperation {
  let input: Variable
  let mask: Matrix
  let output: Variable
}

extension Tape {
  /// Each element with probability 1 - rate, then divided by that, else 0 (Srivastava et al., 2014); the input itself while
  /// the tape is not training.
  public func dropout(_ input: Variable, rate: Float) -> Variable {
    guard let mask = dropoutMask(rate: rate, rows: input.rows, columns: input.columns) else {
      return input
    }
    let output = constant(rows: input.rows, columns: input.columns)
    lk_add_product(mask.count, value(of: input).start, mask.start, value(of: output).start)
    record(.dropout(DropoutOperation(input: input, mask: mask, output: output)))
    return output
  }

  /// The factors of the next dropout, nil where nothing is dropped.
  func dropoutMask(rate: Float, rows: Int, columns: Int) -> Matrix? {
    precondition(rate >= 0 && rate < 1, "a dropout rate of \(rate) is not in 0..<1")
    guard isTraining, rate > 0 else { return nil }
    let mask = scratch(rows: rows, columns: columns)
    lk_dropout_mask(mask.count, rate, dropoutKey, nextDropoutStream(), mask.start)
    return mask
  }
}

extension DropoutOperation {
  func backward(on tape: Tape) {
    lk_add_product(
      mask.count, tape.gradient(of: output).start, mask.start, tape.gradient(of: input).start)
  }
}
