import CKernels

struct LayerNormOperation {
  let input: Variable
  let gain: Variable
  let bias: Variable
  /// Mean and inverse deviation of each row, (B, 2).
  let statistics: Matrix
  let output: Variable
}

extension Tape {
  /// Each row of input (B, N) brought to mean 0 and variance 1, times gain (1, N), plus bias (1, N) (Ba, Kiros and Hinton,
  /// "Layer normalization", 2016).
  public func layerNorm(
    _ input: Variable, gain: Variable, bias: Variable, epsilon: Float = 1e-5
  ) -> Variable {
    precondition(
      gain.columns == input.columns && bias.columns == input.columns,
      "gain \(gain.columns) and bias \(bias.columns) do not fit rows of \(input.columns)")
    let output = variable(rows: input.rows, columns: input.columns)
    let statistics = scratch(rows: input.rows, columns: 2)
    lk_layer_norm_forward(
      input.rows, input.columns, epsilon, value(of: input).start, value(of: gain).start,
      value(of: bias).start, statistics.start, value(of: output).start)
    record(
      .layerNorm(
        LayerNormOperation(
          input: input, gain: gain, bias: bias, statistics: statistics, output: output)))
    return output
  }
}

extension LayerNormOperation {
  func backward(on tape: Tape) {
    lk_layer_norm_backward(
      input.rows, input.columns, tape.value(of: input).start, tape.value(of: gain).start,
      statistics.start, tape.gradient(of: output).start, tape.gradient(of: input).start,
      tape.gradient(of: gain).start, tape.gradient(of: bias).start)
  }
}
