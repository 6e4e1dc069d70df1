import CKernels

/// Skip connections: a state plus several inputs, each times its gains.
struct SkipOperation {
  let state: Variable
  /// (N B, H).
  let inputs: Variable
  let gains: Variable
  /// The row of the gains for each input; negative where it has none.
  let gainRows: Codes
  let output: Variable
}

extension Tape {
  /// state (B, H) plus the sum over N inputs (B, H) of the input times a row of gains, element by element: (B, H).
  ///
  /// - Parameters:
  ///   - inputs: one under the other, (N B, H).
  ///   - gains: (G, H).
  ///   - gainRows: for each of the N inputs its row of the gains; negative to leave the input out.
  public func skip(
    _ state: Variable, inputs: Variable, gains: Variable, gainRows: Codes
  ) -> Variable {
    let (rows, width, count) = (state.rows, state.columns, gainRows.count)
    precondition(
      inputs.rows == count * rows && inputs.columns == width && gains.columns == width,
      "\(count) rows of gains do not fit inputs of \(inputs.rows) × \(inputs.columns)")
    assert((0..<count).allSatisfy { gainRows[$0] < gains.rows })
    let output = variable(rows: rows, columns: width)
    let sum = value(of: output)
    sum.assign(value(of: state))
    lk_skip_forward(
      rows, width, count, value(of: inputs).start, value(of: gains).start, gainRows.start,
      sum.start)
    record(
      .skip(
        SkipOperation(
          state: state, inputs: inputs, gains: gains, gainRows: gainRows, output: output)))
    return output
  }
}

extension SkipOperation {
  func backward(on tape: Tape) {
    let above = tape.gradient(of: output)
    lk_add(above.count, above.start, tape.gradient(of: state).start)
    lk_skip_backward(
      above.rows, above.columns, gainRows.count, tape.value(of: inputs).start,
      tape.value(of: gains).start, gainRows.start, above.start, tape.gradient(of: inputs).start,
      tape.gradient(of: gains).start)
  }
}
