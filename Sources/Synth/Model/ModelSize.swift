/// The width of the model.
public enum ModelSize: String, CaseIterable, Codable, Sendable {
  case small, medium, large

  /// Hidden width H of the recurrent state.
  var hiddenSize: Int {
    switch self {
    case .small: 32
    case .medium: 64
    case .large: 128
    }
  }

  /// Width R inside the residual block.
  var residualSize: Int { hiddenSize }

  /// The highest learning rate at a batch of 256 rows.
  var learningRate: Float {
    switch self {
    case .small, .medium: 1.6e-2
    case .large: 1e-2
    }
  }
}
