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
