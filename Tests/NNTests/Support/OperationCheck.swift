import NN
import TestSupport
import Testing

/// Random numbers in the shape of a matrix.
struct Tensor {
  let elements: [Float]
  let rows: Int
  let columns: Int

  var dense: Dense { Dense(elements, rows: rows, columns: columns) }
}

extension SplitMix64 {
  mutating func tensor(_ rows: Int, _ columns: Int, deviation: Float = 1) -> Tensor {
    Tensor(elements: normal(rows * columns, deviation: deviation), rows: rows, columns: columns)
  }
}

extension Tape {
  /// A tape without parameters whose memory is full of NaN, so that nothing undefined is read unnoticed.
  static func soiled() -> Tape {
    let layout = ParameterLayout()
    let tape = Tape(values: ParameterArena(layout), gradients: ParameterArena(layout))
    tape.value(of: tape.variable(rows: 1 << 9, columns: 1 << 9)).fill(.nan)
    tape.reset()
    return tape
  }

  func constant(_ tensor: Tensor) -> Variable {
    constant(tensor.elements, rows: tensor.rows, columns: tensor.columns)
  }

  /// Backward from a matrix whose gradient is given.
  func backward(from variable: Variable, upstream: [Float]) {
    gradient(of: variable).assign(upstream)
    backward(from: constant(rows: 1, columns: 1))
  }
}

/// What an operator's results may differ by: absolute + relative · |expected|.
struct Tolerance {
  var absolute: Double
  var relative = 1e-6
}

/// Checks the value of an operation against a reference in Double, and the gradient of every input against finite
/// differences of the reference.
func checkOperation(
  _ inputs: [Tensor], value: Tolerance, gradient: Tolerance,
  sourceLocation: SourceLocation = #_sourceLocation, on build: (Tape, [Variable]) -> Variable,
  reference: ([Dense]) -> Dense
) {
  let tape = Tape.soiled()
  let variables = inputs.map(tape.constant(_:))
  let result = build(tape, variables)
  let expected = reference(inputs.map(\.dense))
  #expect(result.rows == expected.rows, sourceLocation: sourceLocation)
  #expect(result.columns == expected.columns, sourceLocation: sourceLocation)
  expectClose(
    tape.value(of: result).elements, expected.elements, absolute: value.absolute,
    relative: value.relative, "value:", sourceLocation: sourceLocation)
  var generator = SplitMix64(seed: 4711)
  let upstream = generator.normal(result.rows * result.columns)
  tape.backward(from: result, upstream: upstream)
  expectGradients(
    variables.map { tape.gradient(of: $0).elements }, at: inputs.map(\.elements),
    absolute: gradient.absolute, relative: gradient.relative, sourceLocation: sourceLocation
  ) { moved in
    let dense = zip(moved, inputs).map { Dense($0, rows: $1.rows, columns: $1.columns) }
    return zip(reference(dense).elements, upstream).reduce(0) { $0 + $1.0 * Double($1.1) }
  }
}
