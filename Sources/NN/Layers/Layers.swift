/// x W + b.
public struct Linear: Sendable {
  /// (in, out).
  public let weight: Parameter
  /// (1, out).
  public let bias: Parameter?

  /// Adds the layer's parameters, `name.weight` and `name.bias`, to a layout.
  public init(
    inputSize: Int, outputSize: Int, hasBias: Bool = true, name: String,
    layout: inout ParameterLayout
  ) {
    weight = layout.add(name + ".weight", rows: inputSize, columns: outputSize)
    bias = hasBias ? layout.add(name + ".bias", rows: 1, columns: outputSize) : nil
  }

  /// (B, in) to (B, out).
  public func callAsFunction(_ input: Variable, on tape: Tape) -> Variable {
    tape.linear(input, weight: tape.parameter(weight), bias: bias.map(tape.parameter))
  }
}

/// One learnt row per code.
public struct Embedding: Sendable {
  /// (V, E).
  public let table: Parameter

  /// Adds the table, `name.table`, to a layout.
  public init(
    vocabularySize: Int, embeddingSize: Int, name: String, layout: inout ParameterLayout
  ) {
    table = layout.add(name + ".table", rows: vocabularySize, columns: embeddingSize)
  }

  /// Codes (B) to (B, E).
  public func callAsFunction(_ codes: Codes, on tape: Tape) -> Variable {
    tape.embedding(codes, table: tape.parameter(table))
  }
}

/// Layer normalisation with a learnt gain and bias.
public struct LayerNorm: Sendable {
  /// (1, N), to be initialised to ones.
  public let gain: Parameter
  /// (1, N).
  public let bias: Parameter

  /// Adds `name.gain` and `name.bias` to a layout.
  public init(size: Int, name: String, layout: inout ParameterLayout) {
    gain = layout.add(name + ".gain", rows: 1, columns: size)
    bias = layout.add(name + ".bias", rows: 1, columns: size)
  }

  /// (B, N) to (B, N).
  public func callAsFunction(_ input: Variable, on tape: Tape) -> Variable {
    tape.layerNorm(input, gain: tape.parameter(gain), bias: tape.parameter(bias))
  }
}

/// x + W2 dropout(gelu(W1 layernorm(x) + b1)) + b2, where x is an input plus a query.
public struct ResidualBlock: Sendable {
  public let norm: LayerNorm
  /// (H, R).
  public let expand: Linear
  /// (R, H).
  public let contract: Linear
  /// The dropout rate after the GELU.
  public let dropout: Float

  /// Adds `name.norm.*`, `name.expand.*` and `name.contract.*` to a layout.
  public init(
    size: Int, innerSize: Int, dropout: Float, name: String, layout: inout ParameterLayout
  ) {
    norm = LayerNorm(size: size, name: name + ".norm", layout: &layout)
    expand = Linear(
      inputSize: size, outputSize: innerSize, name: name + ".expand", layout: &layout)
    contract = Linear(
      inputSize: innerSize, outputSize: size, name: name + ".contract", layout: &layout)
    self.dropout = dropout
  }

  /// Input (B, H) and query (1, H) to (B, H): see ``Tape/residual(_:rows:query:block:dropout:epsilon:)``.
  public func callAsFunction(_ input: Variable, query: Variable, on tape: Tape) -> Variable {
    tape.residual(input, rows: input.rows, query: query, block: self)
  }

  /// The parameters as variables of a tape.
  struct Variables {
    let gain, bias, expand, expandBias, contract, contractBias: Variable
    let dropout: Float
  }

  func variables(on tape: Tape) -> Variables {
    Variables(
      gain: tape.parameter(norm.gain), bias: tape.parameter(norm.bias),
      expand: tape.parameter(expand.weight), expandBias: tape.parameter(expand.bias!),
      contract: tape.parameter(contract.weight), contractBias: tape.parameter(contract.bias!),
      dropout: dropout)
  }
}
