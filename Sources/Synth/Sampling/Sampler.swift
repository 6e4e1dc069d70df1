import NN

/// Draws the codes of rows, block by block. Each thread has a sampler of its own.
package final class Sampler {
  /// Rows of an aligned block: all of them are computed whatever part is asked for, so that a row does not depend on it.
  package static let blockRows = 64

  /// Blocks that are balanced together, an aligned run of them. More of them balance better, and no row can be had before those that
  /// precede it in its run.
  package static let runBlocks = 64

  /// What stands in place of a logit so that the code is not drawn.
  static let unreachableLogit: Float = -1e30

  private let network: Network
  private let values: ParameterArena
  private let prior: PairPrior?
  private let prefixCache: PrefixCache
  private let recurrence: DecoderState
  private let choice: StratifiedUniforms
  /// nil where there are no rules.
  private var mask: ConstraintMask?
  /// nil where blocks are independent of each other.
  private let balance: BalancedDraws?
  private var lastBlock: Int?
  private var uniforms = [Float](repeating: 0, count: Sampler.blockRows)
  /// The codes of the last block: `blockRows` for each column.
  package private(set) var codes: [Int32]

  /// - Parameters:
  ///   - values: weights, with codes that must not be drawn suppressed.
  ///   - prior: of the same model.
  ///   - weights: the values, laid out for drawing.
  ///   - prefixCache: of this network with these weights.
  ///   - rules: what columns may have together, in diagrams that share none.
  ///   - groups: of codes whose pairs are balanced; nil draws every block for itself.
  init(
    _ network: Network, values: ParameterArena, prior: PairPrior?, weights: DrawingWeights,
    prefixCache: PrefixCache, rules: [DecisionDiagram], groups: BalancingStrata? = nil,
    seed: UInt64
  ) {
    self.network = network
    self.prior = prior
    self.values = values
    self.prefixCache = prefixCache
    recurrence = DecoderState(
      network, values: values, weights: weights, rows: Sampler.blockRows)
    choice = StratifiedUniforms(seed: seed, purpose: .choice)
    mask = rules.isEmpty ? nil : ConstraintMask(rules, columnCount: network.columnCount)
    balance = groups.map { BalancedDraws(groupStarts: $0.starts, rows: Sampler.blockRows) }
    codes = Array(repeating: 0, count: network.columnCount * Sampler.blockRows)
  }

  /// A sampler with prefixCache of its own.
  package convenience init(
    _ network: Network, values: ParameterArena, prior: PairPrior? = nil,
    rules: [DecisionDiagram] = [], groups: BalancingStrata? = nil, seed: UInt64
  ) {
    let weights = DrawingWeights(network, values: values)
    self.init(
      network, values: values, prior: prior, weights: weights,
      prefixCache: PrefixCache(network, values: values, weights: weights), rules: rules,
      groups: groups, seed: seed)
  }

  /// Draws the rows block · blockRows ..< (block + 1) · blockRows. With balance, the blocks of a run are drawn in order from its
  /// first.
  ///
  /// - Parameter probabilities: for each column a place (1, V) that the rows' probabilities of its codes are added to.
  package func draw(block: Int, addingProbabilitiesTo probabilities: [Matrix]? = nil) {
    if let balance {
      let isFirst = block % Sampler.runBlocks == 0
      precondition(isFirst || lastBlock == block - 1, "block \(block) is out of order")
      if isFirst { balance.reset() }
      lastBlock = block
    }
    codes.withUnsafeMutableBufferPointer { codes in
      for column in 0..<network.columnCount {
        choice.fill(&uniforms, firstRow: block * Sampler.blockRows, column: column)
        let drawn = codes.baseAddress! + column * Sampler.blockRows
        let logits =
          column == 0 ? firstLogits() : logits(of: column, after: drawn - Sampler.blockRows)
        if let prior {
          for (index, parent) in prior.parents[column].enumerated() {
            Inference.addGathered(
              codes.baseAddress! + parent * Sampler.blockRows,
              of: prior.table(of: column, parent: index), to: logits)
          }
        }
        mask?.restrict(logits, column: column)
        let bias = values[network.heads[column].bias!]
        if let balance {
          balance.sample(column: column, logits, bias: bias, uniforms: uniforms, codes: drawn)
        } else {
          Inference.sample(logits, bias: bias, uniforms: uniforms, codes: drawn)
        }
        mask?.follow(drawn, column: column)
        if let probabilities { Inference.addShares(of: logits, to: probabilities[column]) }
      }
    }
  }

  private func firstLogits() -> Matrix {
    recurrence.reset()
    let logits = recurrence.logitsMatrix(of: 0)
    Inference.fill(logits, with: prefixCache.firstLogits.row)
    return logits
  }

  /// The logits of a column without their bias, after the column before it took its codes.
  private func logits(of column: Int, after codes: UnsafePointer<Int32>) -> Matrix {
    if column == 1, let second = prefixCache.second {
      let logits = recurrence.logitsMatrix(of: 1)
      Inference.gather(codes, of: second.logits, into: logits)
      Inference.gather(codes, of: second.states, into: recurrence.state)
      Inference.gather(codes, of: second.products, into: recurrence.product)
      return logits
    }
    recurrence.read(codes, of: column - 1)
    let logits = recurrence.logits(of: column)
    if column + 1 < network.columnCount { recurrence.updateProduct() }
    return logits
  }
}
