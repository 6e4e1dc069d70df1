/// A gated recurrent unit over a sequence (Cho et al., 2014), in PyTorch's variant: gates in order r, z, n, the reset gate
/// applied to the candidate's recurrent product, two biases.
public struct GRU: Sendable {
  /// The input's projection, (E, 3H) and (1, 3H).
  public let input: Linear
  /// Recurrent weights, (H, 3H).
  public let recurrent: Parameter
  /// Recurrent bias, (1, 3H).
  public let bias: Parameter

  /// Adds `name.input.*`, `name.recurrent` and `name.bias` to a layout.
  public init(inputSize: Int, hiddenSize: Int, name: String, layout: inout ParameterLayout) {
    input = Linear(
      inputSize: inputSize, outputSize: 3 * hiddenSize, name: name + ".input", layout: &layout)
    recurrent = layout.add(name + ".recurrent", rows: hiddenSize, columns: 3 * hiddenSize)
    bias = layout.add(name + ".bias", rows: 1, columns: 3 * hiddenSize)
  }

  /// The states (B, H) after each of the inputs (B, E), from `state` (B, H), which is zero unless given.
  public func callAsFunction(
    _ inputs: [Variable], state: Variable? = nil, on tape: Tape
  ) -> [Variable] {
    guard let batchSize = inputs.first?.rows else { return [] }
    var state = state ?? tape.constant(rows: batchSize, columns: recurrent.rows)
    return inputs.map { step in
      state = tape.gruStep(
        input: input(step, on: tape), recurrent: tape.parameter(recurrent),
        bias: tape.parameter(bias), state: state, convention: .updateKeeps)
      return state
    }
  }
}

/// A gated recurrent unit that reads codes: the input's projection is folded into one table per vocabulary, so that a look-up
/// takes the place of a product.
public struct FoldedGRU: Sendable {
  /// Projected inputs of each vocabulary, (V, 3H).
  public let tables: [Parameter]
  /// Recurrent weights, (H, 3H).
  public let recurrent: Parameter
  /// (1, 3H).
  public let bias: Parameter

  /// Adds `name.tables.<index>`, `name.recurrent` and `name.bias` to a layout.
  public init(
    vocabularySizes: [Int], hiddenSize: Int, name: String, layout: inout ParameterLayout
  ) {
    recurrent = layout.add(name + ".recurrent", rows: hiddenSize, columns: 3 * hiddenSize)
    bias = layout.add(name + ".bias", rows: 1, columns: 3 * hiddenSize)
    tables = vocabularySizes.enumerated().map { index, size in
      layout.add(name + ".tables.\(index)", rows: size, columns: 3 * hiddenSize)
    }
  }

  /// The states after reading the codes of several vocabularies one after another, from a state of zeros, one under the other.
  ///
  /// - Parameters:
  ///   - codes: B codes of each vocabulary.
  ///   - order: the vocabularies in the order in which they are read.
  ///   - tape: where the steps are recorded.
  /// - Returns: (T B, H) for T vocabularies in `order`.
  public func callAsFunction(
    _ codes: [Codes], order: ArraySlice<Int>, on tape: Tape
  ) -> Variable {
    tape.gruSequence(
      stepCount: order.count, batchSize: codes[0].count, recurrent: tape.parameter(recurrent),
      bias: tape.parameter(bias), convention: .updateReplaces
    ) { step in
      let vocabulary = order[order.startIndex + step]
      return (tape.parameter(tables[vocabulary]), codes[vocabulary])
    }
  }
}
