import NN

/// What samplers need of a model: its weights laid out for drawing, the biases that whole rows are drawn with, and
/// what rows share. All threads use the same.
package struct DrawingModel: Sendable {
  let network: Network
  let values: ParameterArena
  /// Head biases, calibrated, with codes that must not be drawn out of reach.
  let biases: CodeValues
  let prior: PairPrior?
  /// Which codes columns may have together, in diagrams of which no two share a column.
  let rules: [DecisionDiagram]
  let weights: InferenceWeights
  let prefixCache: PrefixCache

  /// - Parameters:
  ///   - values: the trained weights.
  ///   - biases: of all heads; nil takes those of the weights.
  ///   - prior: of the same model.
  ///   - rules: of which no two share a column.
  package init(
    _ network: Network, values: ParameterArena, biases: CodeValues? = nil,
    prior: PairPrior? = nil, rules: [DecisionDiagram] = []
  ) {
    self.network = network
    self.values = values
    self.biases = biases ?? CodeValues(biasesOf: network, values: values)
    self.prior = prior
    self.rules = rules
    weights = InferenceWeights(network, values: values)
    prefixCache = PrefixCache(network, values: values, weights: weights)
  }

  package init(_ generator: Generator) {
    let biases = generator.drawingBiases
    for (column, encoder) in generator.columns.enumerated() {
      if let code = encoder.suppressedCode { biases[column][0, code] = Sampler.unreachableLogit }
    }
    self.init(
      generator.network, values: generator.values, biases: biases, prior: generator.prior,
      rules: generator.rules)
  }
}
