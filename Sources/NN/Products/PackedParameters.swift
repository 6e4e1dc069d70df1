/// Some parameters of a network, packed for the products of training: as they are for the way forward, transposed for the way
/// back.
public final class PackedParameters: Sendable {
  /// A view of one parameter, packed both ways.
  struct Pair: Sendable {
    let forward: PackedMatrix
    let backward: PackedMatrix
  }

  /// The parameters that are packed.
  public let parameters: [Parameter]
  private let values: ParameterArena
  private let weights: [PackedWeights]
  /// By the parameters' indices in their layout.
  private let pairs: [Pair?]

  /// Packs some of the parameters, for products in bfloat16 where `inBFloat16` is true and the processor can.
  public init(of parameters: [Parameter], values: ParameterArena, inBFloat16: Bool = false) {
    var pairs = [Pair?](repeating: nil, count: values.layout.parameters.count)
    var weights: [PackedWeights] = []
    func packed(_ rows: Int, _ columns: Int) -> PackedMatrix {
      weights.append(PackedWeights(rows: rows, columns: columns, inBFloat16: inBFloat16))
      return weights[weights.count - 1].matrix
    }
    for parameter in parameters {
      pairs[parameter.index] = Pair(
        forward: packed(parameter.rows, parameter.columns),
        backward: packed(parameter.columns, parameter.rows))
    }
    self.parameters = parameters
    self.values = values
    self.weights = weights
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
