/// Some parameters of a network, packed for the products of training: as they are for the way forward, transposed for the way
/// back.
public final class PackedParameters: Sendable {
  /// One parameter, packed both ways.
  struct Pair: Sendable {
    let forward: PackedWeights
    let backward: PackedWeights
  }

  /// The parameters that are packed.
  public let parameters: [Parameter]
  private let values: ParameterArena
  /// By the parameters' indices in their layout.
  private let pairs: [Pair?]

  /// Packs some of the parameters.
  public init(of parameters: [Parameter], values: ParameterArena) {
    var pairs = [Pair?](repeating: nil, count: values.layout.parameters.count)
    for parameter in parameters {
      pairs[parameter.index] = Pair(
        forward: PackedWeights(rows: parameter.rows, columns: parameter.columns),
        backward: PackedWeights(rows: parameter.columns, columns: parameter.rows))
    }
    self.parameters = parameters
    self.values = values
    self.pairs = pairs
    for index in parameters.indices { refresh(index) }
  }

  subscript(parameter: Parameter) -> Pair? { pairs[parameter.index] }

  /// Packs one of ``parameters`` again, after its values have changed. Threads may refresh different ones at the same time.
  public func refresh(_ index: Int) {
    let pair = pairs[parameters[index].index]!
    let weights = values[parameters[index]]
    pair.forward.pack(weights)
    pair.backward.pack(weights, transposed: true)
  }
}
