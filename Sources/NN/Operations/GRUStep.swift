import CKernels

struct GRUOperation {
  let input: Variable
  let codes: Codes?
  let recurrent: Variable
  let bias: Variable
  let state: Variable
  let convention: GRUConvention
  /// r, z and the candidate's recurrent part, (B, 3H).
  let gates: Matrix
  /// The candidate, (B, H).
  let candidate: Matrix
  let output: Variable
}

/// What the update gate z multiplies.
public enum GRUConvention: Sendable {
  /// next = candidate + z (state - candidate): PyTorch's, z keeps.
  case updateKeeps
  /// next = state + z (candidate - state): z replaces, as in Cho et al. (2014) with z and 1 - z exchanged.
  case updateReplaces
}

extension Tape {
  /// One step of a gated recurrent unit, gates in order r, z, n. With u = state U + bias:
  ///
  ///     r = sigmoid(g_r + u_r)   z = sigmoid(g_z + u_z)   n = tanh(g_n + r u_n)
  ///
  /// - Parameters:
  ///   - input: g (B, 3H), the projected input; or, with `codes`, a table (V, 3H) of projected inputs.
  ///   - codes: which row of the table each row of the batch reads.
  ///   - recurrent: U (H, 3H).
  ///   - bias: (1, 3H).
  ///   - state: (B, H).
  ///   - output: where the next state goes; a new variable unless given.
  /// - Returns: the next state (B, H).
  public func gruStep(
    input: Variable, codes: Codes? = nil, recurrent: Variable, bias: Variable, state: Variable,
    convention: GRUConvention, into output: Variable? = nil
  ) -> Variable {
    let (batchSize, hiddenSize) = (state.rows, state.columns)
    precondition(
      input.columns == 3 * hiddenSize && recurrent.rows == hiddenSize
        && recurrent.columns == 3 * hiddenSize && bias.columns == 3 * hiddenSize
        && codes?.count ?? input.rows == batchSize,
      "input, recurrent weights and bias do not fit a state of \(batchSize) × \(hiddenSize)")
    assert(codes?.allBelow(input.rows) ?? true)
    let output = output ?? variable(rows: batchSize, columns: hiddenSize)
    precondition(
      output.rows == batchSize && output.columns == hiddenSize, "the output does not fit")
    let gates = scratch(rows: batchSize, columns: 3 * hiddenSize)
    let candidate = scratch(rows: batchSize, columns: hiddenSize)
    Product.multiply(value(of: state), value(of: recurrent), into: gates)
    lk_gru_forward(
      batchSize, hiddenSize, convention.flag, value(of: input).start, codes?.start,
      value(of: bias).start, value(of: state).start, gates.start, candidate.start,
      value(of: output).start)
    record(
      .gru(
        GRUOperation(
          input: input, codes: codes, recurrent: recurrent, bias: bias, state: state,
          convention: convention, gates: gates, candidate: candidate, output: output)))
    return output
  }
}

extension GRUConvention {
  fileprivate var flag: Int32 { self == .updateKeeps ? 1 : 0 }
}

extension GRUOperation {
  func backward(on tape: Tape) {
    let above = tape.gradient(of: output)
    let stateGradient = tape.gradient(of: state)
    let before = tape.value(of: state)
    // The gates' memory becomes the gradient of state · U.
    lk_gru_backward(
      before.rows, before.columns, convention.flag, codes?.start, before.start, candidate.start,
      above.start, gates.start, stateGradient.start, tape.gradient(of: input).start)
    let (recurrentGradient, beta) = tape.productGradient(of: recurrent)
    Product.multiply(before, gates, transposeA: true, into: recurrentGradient, beta: beta)
    lk_add_column_sums(
      gates.rows, gates.columns, gates.start, tape.gradient(of: bias).start)
    Product.multiply(
      gates, tape.value(of: recurrent), transposeB: true, into: stateGradient, beta: 1)
  }
}
