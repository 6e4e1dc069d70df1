/// A recorded operation: what its backward pass needs.
enum Operation {
  case linear(LinearOperation)
  case embedding(EmbeddingOperation)
  case sum(SumOperation)
  case add(AddOperation)
  case addRow(AddRowOperation)
  case gru(GRUOperation)
  case layerNorm(LayerNormOperation)
  case gelu(GELUOperation)
  case residual(ResidualOperation)
  case skip(SkipOperation)
  case dropout(DropoutOperation)
  case crossEntropy(CrossEntropyOperation)

  /// The result of the operation; without a gradient of it there is nothing to pass on.
  private var output: Variable {
    switch self {
    case .linear(let operation): operation.output
    case .embedding(let operation): operation.output
    case .sum(let operation): operation.output
    case .add(let operation): operation.output
    case .addRow(let operation): operation.output
    case .gru(let operation): operation.output
    case .layerNorm(let operation): operation.output
    case .gelu(let operation): operation.output
    case .residual(let operation): operation.output
    case .skip(let operation): operation.output
    case .dropout(let operation): operation.output
    case .crossEntropy(let operation): operation.output
    }
  }

  func backward(on tape: Tape) {
    guard tape.hasGradient(output) else { return }
    switch self {
    case .linear(let operation): operation.backward(on: tape)
    case .embedding(let operation): operation.backward(on: tape)
    case .sum(let operation): operation.backward(on: tape)
    case .add(let operation): operation.backward(on: tape)
    case .addRow(let operation): operation.backward(on: tape)
    case .gru(let operation): operation.backward(on: tape)
    case .layerNorm(let operation): operation.backward(on: tape)
    case .gelu(let operation): operation.backward(on: tape)
    case .residual(let operation): operation.backward(on: tape)
    case .skip(let operation): operation.backward(on: tape)
    case .dropout(let operation): operation.backward(on: tape)
    case .crossEntropy(let operation): operation.backward(on: tape)
    }
  }
}
