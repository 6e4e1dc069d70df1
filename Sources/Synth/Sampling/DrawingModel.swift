import NN

/// A model prepared for drawing: weights laid out for inference, biases for whole-row drawing, and the prefix cache.
/// All threads share it.
package struct DrawingModel: Sendable {
  let network: Network
  let values: ParameterArena
  /// Calibrated head biases; codes that must not be drawn have an unreachable one.
  let biases: CodeValues
  let prior: PairPrior?
  /// Which combinations of codes are allowed; no two diagrams share a column.
  let rules: [DecisionDiagram]
  let weights: InferenceWeights
  let prefixCache: PrefixCache

  /// - Parameters:
  ///   - values: the trained weights.
  ///   - biases: the biases of all heads; nil takes those of the weights.
  ///   - prior: the pair prior of the same model.
  ///   - rules: no two share a column.
  ///   - precision: of the products.
  package init(
    _ network: Network, values: ParameterArena, biases: CodeValues? = nil,
    prior: PairPrior? = nil, rules: [DecisionDiagram] = [], precision: Precision = .auto
  ) {
    self.network = network
    self.values = values
    self.biases = biases ?? CodeValues(biasesOf: network, values: values)
    self.prior = prior
    self.rules = rules
    weights = InferenceWeights(network, values: values, precision: precision)
    prefixCache = PrefixCache(network, values: values, weights: weights)
  }

  package init(_ generator: Generator) {
    let biases = generator.drawingBiases
    for (column, encoder) in generator.columns.enumerated() {
      if let code = encoder.suppressedCode { biases[column][0, code] = Sampler.unreachableLogit }
    }
    self.init(
      generator.network, values: generator.values, biases: biases, prior: generator.prior,
      rules: generator.rules, precision: generator.precision)
  }
}
