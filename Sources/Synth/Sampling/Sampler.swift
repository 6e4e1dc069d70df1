import NN

/// Draws the codes of whole rows in table order, block by block. Each thread has its own sampler.
package final class Sampler {
  /// Rows of an aligned block. A block is always drawn whole, so that a row does not depend on which rows are requested.
  package static let blockRows = 64

  /// Blocks of an aligned run, which are balanced together. Longer runs balance better, but a row needs all rows before
  /// it in its run.
  package static let runBlocks = 64

  /// Replaces a logit or bias so that the code is not drawn.
  static let unreachableLogit: Float = -1e30

  private let model: DrawingModel
  private let order: VisitingOrder
  private let decoder: DecoderState
  private let choice: StratifiedUniforms
  /// nil if there are no rules.
  private var mask: ConstraintMask?
  /// nil where blocks are independent of each other.
  private let balance: BalancedDraws?
  private var lastBlock: Int?
  private var uniforms = [Float](repeating: 0, count: Sampler.blockRows)
  /// The codes of the last block: `blockRows` for each column.
  package private(set) var codes: [Int32]

  /// - Parameter strata: the groups of codes whose pairs are balanced; nil draws every block independently.
  package init(_ model: DrawingModel, strata: BalancingStrata? = nil, seed: UInt64) {
    let columnCount = model.network.columnCount
    self.model = model
    order = VisitingOrder(columnCount: columnCount)
    decoder = DecoderState(
      model.network, values: model.values, weights: model.weights, rows: Sampler.blockRows)
    choice = StratifiedUniforms(Philox(seed: seed, purpose: .choice))
    mask = model.rules.isEmpty ? nil : ConstraintMask(model.rules, columnCount: columnCount)
    balance = strata.map { BalancedDraws(groupStarts: $0.starts, rows: Sampler.blockRows) }
    codes = Array(repeating: 0, count: columnCount * Sampler.blockRows)
  }

  /// Draws the rows block · blockRows ..< (block + 1) · blockRows. With balance, the blocks of a run must be drawn in
  /// order from its first.
  ///
  /// - Parameter probabilities: the sums to which each row's probability of every code is added; not with balance.
  package func draw(block: Int, addingProbabilitiesTo probabilities: CodeValues? = nil) {
    if let balance {
      precondition(probabilities == nil, "probabilities of balanced rows are not kept")
      let isFirst = block % Sampler.runBlocks == 0
      precondition(isFirst || lastBlock == block - 1, "block \(block) is out of order")
      if isFirst { balance.reset() }
      lastBlock = block
    }
    codes.withUnsafeMutableBufferPointer { codes in
      let pass = BlockPass(
        sampler: self, block: block, codes: codes.baseAddress!, probabilities: probabilities)
      model.network.visit(order, stepsTogether: 1, prior: model.prior, with: pass)
    }
  }

  /// The forward pass of one block: asks for one column at a time and draws its codes.
  private struct BlockPass: ForwardPass {
    let sampler: Sampler
    let block: Int
    /// (C, B).
    let codes: UnsafeMutablePointer<Int32>
    let probabilities: CodeValues?

    private var decoder: DecoderState { sampler.decoder }
    private var cache: PrefixCache { sampler.model.prefixCache }

    /// SAFETY: the sampler holds B codes for each column of the network.
    private func codes(of column: Int) -> UnsafeMutablePointer<Int32> {
      codes + column * Sampler.blockRows
    }

    func read(_ columns: ArraySlice<Int>) {
      guard let column = columns.first else { return decoder.reset() }
      if column == 0, let second = cache.second {
        decoder.takeFirst(codes, states: second.states, products: second.products)
      } else {
        decoder.read(codes(of: column), of: column)
      }
    }

    func ask(_ columns: ArraySlice<Int>) {
      let column = columns[columns.startIndex]
      if !isCached(column) { decoder.ask(column) }
    }

    func head(_ column: Int, at index: Int) -> Matrix {
      guard isCached(column) else { return decoder.head(column) }
      let logits = decoder.logitsMatrix(of: column)
      if column == 1, let second = cache.second {
        Inference.gather(codes, of: second.logits, into: logits)
      } else {
        Inference.fill(logits, with: cache.firstLogits.row)
      }
      return logits
    }

    /// Whether the prefix cache has the logits of a column.
    private func isCached(_ column: Int) -> Bool {
      column == 0 || column == 1 && cache.second != nil
    }

    func add(_ table: Matrix, of parent: Int, to logits: Matrix) {
      Inference.addGathered(codes(of: parent), of: table, to: logits)
    }

    func finish(_ logits: Matrix, of column: Int, at index: Int) {
      sampler.choice.fill(
        &sampler.uniforms, firstRow: block * Sampler.blockRows, column: column)
      sampler.mask?.restrict(logits, column: column)
      let drawn = codes(of: column)
      let bias = sampler.model.biases[column]
      if let balance = sampler.balance {
        balance.sample(
          column: column, logits, bias: bias, uniforms: sampler.uniforms, codes: drawn)
      } else {
        Inference.sample(logits, bias: bias, uniforms: sampler.uniforms, codes: drawn)
      }
      sampler.mask?.follow(drawn, column: column)
      if let probabilities { Inference.addShares(of: logits, to: probabilities[column]) }
    }
  }
}
