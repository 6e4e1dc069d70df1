import CKernels

struct CrossEntropyOperation {
  let logits: Variable
  let targets: Codes
  let probabilities: Matrix
  let output: Variable
}

extension Tape {
  /// The cross-entropy of softmax(logits) (B, V) against targets (B), in nats: (B, 1), into `output` where one is given.
  public func crossEntropy(
    _ logits: Variable, targets: Codes, into output: Variable? = nil
  ) -> Variable {
    precondition(targets.count == logits.rows, "\(targets.count) targets, \(logits.rows) rows")
    assert(targets.allBelow(logits.columns))
    let output = output ?? variable(rows: logits.rows, columns: 1)
    precondition(output.rows == logits.rows && output.columns == 1, "the output does not fit")
    let probabilities = scratch(rows: logits.rows, columns: logits.columns)
    lk_cross_entropy_forward(
      logits.rows, logits.columns, value(of: logits).start, targets.start,
      value(of: output).start, probabilities.start)
    record(
      .crossEntropy(
        CrossEntropyOperation(
          logits: logits, targets: targets, probabilities: probabilities, output: output)))
    return output
  }
}

extension CrossEntropyOperation {
  func backward(on tape: Tape) {
    lk_cross_entropy_backward(
      logits.rows, logits.columns, probabilities.start, targets.start,
      tape.gradient(of: output).start, tape.gradient(of: logits).start)
  }
}
