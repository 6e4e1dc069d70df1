import CKernels

/// Transposed copies of some parameters, kept beside their values.
///
/// Why they exist: the way back multiplies by transposed weights, and BLAS is faster where it need not transpose itself.
public final class TransposedParameters: Sendable {
  /// The parameters that have a copy.
  public let parameters: [Parameter]
  private let values: ParameterArena
  private let copies: ParameterArena
  /// The copies' places, by the parameters' indices in their layout.
  private let places: [Parameter?]

  /// Room for copies of some of the parameters; ``refresh(_:)`` makes them.
  public init(of parameters: [Parameter], values: ParameterArena) {
    var layout = ParameterLayout()
    var places = [Parameter?](repeating: nil, count: values.layout.parameters.count)
    for parameter in parameters {
      places[parameter.index] = layout.add(
        parameter.name, rows: parameter.columns, columns: parameter.rows)
    }
    self.parameters = parameters
    self.values = values
    self.places = places
    copies = ParameterArena(layout)
  }

  /// The transposed copy of a parameter, nil where it has none.
  public subscript(parameter: Parameter) -> Matrix? {
    places[parameter.index].map { copies[$0] }
  }

  /// Copies one of ``parameters`` again. Threads may refresh different ones at the same time.
  public func refresh(_ index: Int) {
    let (value, copy) = (values[parameters[index]], self[parameters[index]]!)
    lk_transpose(value.rows, value.columns, value.start, copy.start)
  }
}
