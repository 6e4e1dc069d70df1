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
