/// x + W2 dropout(gelu(W1 layernorm(x) + b1)) + b2.
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

  /// (B, H) to (B, H).
  public func callAsFunction(_ input: Variable, on tape: Tape) -> Variable {
    let inner = tape.gelu(expand(norm(input, on: tape), on: tape), dropout: dropout)
    return tape.add(input, contract(inner, on: tape))
  }
}
