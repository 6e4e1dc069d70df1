import CKernels

/// What one step of a ``GRUOperation`` reads.
struct GRUInput {
  let input: Variable
  let codes: Codes?
}

struct GRUOperation {
  /// The steps' inputs, among ``Tape/gruInputs``.
  let steps: Range<Int>
  let recurrent: Variable
  let bias: Variable
  /// The state before the first step, (B, H); nil is zero.
  let state: Variable?
  let convention: GRUConvention
  /// r, z and the candidate's recurrent part of every step, (T B, 3H).
  let gates: Matrix
  /// The candidates, (T B, H).
  let candidates: Matrix
  /// The states after every step, (T B, H).
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
  ///   - convention: what z multiplies.
  ///   - output: where the next state goes; a new variable unless given.
  /// - Returns: the next state (B, H).
  public func gruStep(
    input: Variable, codes: Codes? = nil, recurrent: Variable, bias: Variable, state: Variable,
    convention: GRUConvention, into output: Variable? = nil
  ) -> Variable {
    let output = output ?? variable(rows: state.rows, columns: state.columns)
    return gru(
      stepCount: 1, recurrent: recurrent, bias: bias, state: state, convention: convention,
      into: output
    ) { _ in GRUInput(input: input, codes: codes) }
  }

  /// Steps of a gated recurrent unit that look their inputs up, as in ``gruStep(input:codes:recurrent:bias:state:convention:into:)``,
  /// from a state of zeros.
  ///
  /// - Parameters:
  ///   - stepCount: T.
  ///   - batchSize: B.
  ///   - recurrent: U (H, 3H).
  ///   - bias: (1, 3H).
  ///   - convention: what z multiplies.
  ///   - step: the table (V, 3H) and the codes (B) of a step.
  /// - Returns: the states after each step, one under the other, (T B, H).
  public func gruSequence(
    stepCount: Int, batchSize: Int, recurrent: Variable, bias: Variable,
    convention: GRUConvention, step: (Int) -> (table: Variable, codes: Codes)
  ) -> Variable {
    let output = variable(rows: stepCount * batchSize, columns: recurrent.rows)
    return gru(
      stepCount: stepCount, recurrent: recurrent, bias: bias, state: nil, convention: convention,
      into: output
    ) { index in
      let (table, codes) = step(index)
      return GRUInput(input: table, codes: codes)
    }
  }

  private func gru(
    stepCount: Int, recurrent: Variable, bias: Variable, state: Variable?,
    convention: GRUConvention, into output: Variable, step: (Int) -> GRUInput
  ) -> Variable {
    let hiddenSize = recurrent.rows
    precondition(
      recurrent.columns == 3 * hiddenSize && bias.columns == 3 * hiddenSize
        && state?.columns ?? hiddenSize == hiddenSize && output.columns == hiddenSize
        && output.rows == stepCount * (state?.rows ?? output.rows / max(1, stepCount)),
      "recurrent weights, bias, state and output do not fit \(hiddenSize) hidden units")
    let batchSize = output.rows / max(1, stepCount)
    let gates = scratch(rows: output.rows, columns: 3 * hiddenSize)
    let candidates = scratch(rows: output.rows, columns: hiddenSize)
    let firstInput = gruInputs.count
    for index in 0..<stepCount {
      let input = step(index)
      precondition(
        input.input.columns == 3 * hiddenSize
          && input.codes?.count ?? input.input.rows == batchSize,
        "the input of step \(index) does not fit a state of \(batchSize) × \(hiddenSize)")
      assert(input.codes?.allBelow(input.input.rows) ?? true)
      gruInputs.append(input)
    }
    let operation = GRUOperation(
      steps: firstInput..<gruInputs.count, recurrent: recurrent, bias: bias, state: state,
      convention: convention, gates: gates, candidates: candidates, output: output)
    operation.forward(on: self, batchSize: batchSize)
    record(.gru(operation))
    return output
  }
}

extension GRUConvention {
  var flag: Int32 { self == .updateKeeps ? 1 : 0 }
}

extension GRUOperation {
  fileprivate func forward(on tape: Tape, batchSize: Int) {
    let states = tape.value(of: output)
    let hiddenSize = states.columns
    let packed = tape.packedWeights(of: recurrent)?.forward.packedStart
    for step in 0..<steps.count {
      let rows = step * batchSize..<(step + 1) * batchSize
      let before =
        step > 0
        ? states.rows(rows.lowerBound - batchSize..<rows.lowerBound)
        : state.map { tape.value(of: $0) }
      let stepGates = gates.rows(rows)
      let input = tape.gruInputs[steps.lowerBound + step]
      if let packed {
        lk_gru_step(
          batchSize, hiddenSize, convention.flag, tape.value(of: input.input).start,
          input.codes?.start, packed, tape.value(of: bias).start, before?.start, stepGates.start,
          candidates.rows(rows).start, states.rows(rows).start)
      } else {
        let before = before ?? tape.zeros(rows: batchSize, columns: hiddenSize)
        tape.multiply(before, by: recurrent, into: stepGates)
        lk_gru_forward(
          batchSize, hiddenSize, convention.flag, tape.value(of: input.input).start,
          input.codes?.start, tape.value(of: bias).start, before.start, stepGates.start,
          candidates.rows(rows).start, states.rows(rows).start)
      }
    }
  }

  func backward(on tape: Tape) {
    guard !steps.isEmpty else { return }
    let (states, above) = (tape.value(of: output), tape.gradient(of: output))
    let (hiddenSize, batchSize) = (states.columns, states.rows / steps.count)
    for step in stride(from: steps.count - 1, through: 0, by: -1) {
      let rows = step * batchSize..<(step + 1) * batchSize
      let earlier = rows.lowerBound - batchSize..<rows.lowerBound
      let before: Matrix
      let beforeGradient: Matrix
      if step > 0 {
        (before, beforeGradient) = (states.rows(earlier), above.rows(earlier))
      } else if let state {
        (before, beforeGradient) = (tape.value(of: state), tape.gradient(of: state))
      } else {
        before = tape.zeros(rows: batchSize, columns: hiddenSize)
        beforeGradient = tape.scratch(rows: batchSize, columns: hiddenSize)
      }
      let stepGates = gates.rows(rows)
      let input = tape.gruInputs[steps.lowerBound + step]
      // The gates' memory becomes the gradient of state · U.
      lk_gru_backward(
        batchSize, hiddenSize, convention.flag, input.codes?.start, before.start,
        candidates.rows(rows).start, above.rows(rows).start, stepGates.start,
        beforeGradient.start, tape.gradient(of: input.input).start)
      if step > 0 || state != nil {
        tape.multiply(stepGates, byTransposeOf: recurrent, into: beforeGradient, adds: true)
      }
    }
    // All steps' parts of the recurrent weights' gradient in one product.
    if let state {
      tape.addWeightGradient(
        of: recurrent, input: tape.value(of: state), above: gates.rows(0..<batchSize))
    }
    if steps.count > 1 || state == nil {
      tape.addWeightGradient(
        of: recurrent, input: states.rows(0..<states.rows - batchSize),
        above: gates.rows(batchSize..<states.rows))
    }
    lk_add_column_sums(gates.rows, gates.columns, gates.start, tape.gradient(of: bias).start)
  }
}
