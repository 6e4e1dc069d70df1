import CKernels

struct CrossEntropyOperation {
  let logits: Variable
  let targets: Codes
  let output: Variable
}

extension Tape {
  /// The cross-entropy of softmax(logits) (B, V) against targets (B), in nats: (B, 1), into `output` where one is given.
  ///
  /// The logits are used up: their memory holds the probabilities afterwards, and their gradient on the way back.
  public func crossEntropy(
    _ logits: Variable, targets: Codes, into output: Variable? = nil
  ) -> Variable {
    precondition(targets.count == logits.rows, "\(targets.count) targets, \(logits.rows) rows")
    assert(targets.allBelow(logits.columns))
    let output = output ?? variable(rows: logits.rows, columns: 1)
    precondition(output.rows == logits.rows && output.columns == 1, "the output does not fit")
    let memory = value(of: logits).start
    lk_cross_entropy_forward(
      logits.rows, logits.columns, memory, targets.start, value(of: output).start, memory)
    record(
      .crossEntropy(CrossEntropyOperation(logits: logits, targets: targets, output: output)))
    return output
  }
}

extension CrossEntropyOperation {
  func backward(on tape: Tape) {
    let memory = tape.value(of: logits)
    lk_cross_entropy_backward(
      logits.rows, logits.columns, memory.start, targets.start,
      tape.gradient(of: output).start, memory.start)
    tape.setGradient(of: logits, memory)
  }
}
