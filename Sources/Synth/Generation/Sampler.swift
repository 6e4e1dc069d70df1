import NN

/// Draws the codes of rows, block by block. Each thread has a sampler of its own.
package final class Sampler {
  /// Rows of an aligned block: all of them are computed whatever part is asked for, so that a row does not depend on it.
  package static let blockRows = 64

  private let network: Network
  private let values: ParameterArena
  private let choice: StratifiedUniforms
  private var uniforms = [Float](repeating: 0, count: Sampler.blockRows)
  private let memory: Buffer
  /// (B, H) each.
  private let (state, query, normal, candidate): (Matrix, Matrix, Matrix, Matrix)
  /// (B, R).
  private let inner: Matrix
  /// (B, 3H).
  private let product: Matrix
  /// Where logits begin: (B, V) for the vocabulary at hand.
  private let logitsOffset: Int
  /// The codes of the last block: `blockRows` for each column.
  package private(set) var codes: [Int32]

  /// - Parameter values: weights, with codes that must not be drawn suppressed.
  package init(_ network: Network, values: ParameterArena, seed: UInt64) {
    self.network = network
    self.values = values
    choice = StratifiedUniforms(seed: seed, purpose: .choice)
    codes = Array(repeating: 0, count: network.columnCount * Sampler.blockRows)
    let (rows, hidden) = (Sampler.blockRows, network.hiddenSize)
    let innerSize = network.block.expand.weight.columns
    let widest = network.vocabularySizes.max() ?? 0
    logitsOffset = rows * (7 * hidden + innerSize)
    let memory = Buffer(count: logitsOffset + rows * widest)
    self.memory = memory
    func hiddenMatrix(_ index: Int) -> Matrix {
      memory.matrix(at: index * rows * hidden, rows: rows, columns: hidden)
    }
    (state, query, normal) = (hiddenMatrix(0), hiddenMatrix(1), hiddenMatrix(2))
    candidate = hiddenMatrix(3)
    product = memory.matrix(at: 4 * rows * hidden, rows: rows, columns: 3 * hidden)
    inner = memory.matrix(at: 7 * rows * hidden, rows: rows, columns: innerSize)
  }

  /// Draws the rows block · blockRows ..< (block + 1) · blockRows.
  package func draw(block: Int) {
    let rows = Sampler.blockRows
    state.fill(0)
    for column in 0..<network.columnCount {
      choice.fill(&uniforms, firstRow: block * rows, column: column)
      let logits = logits(of: column)
      codes.withUnsafeMutableBufferPointer { codes in
        let drawn = codes.baseAddress! + column * rows
        Inference.sample(
          logits, bias: values[network.heads[column].bias!], uniforms: uniforms, codes: drawn)
        if column + 1 < network.columnCount { read(drawn, of: column) }
      }
    }
  }

  /// The logits of a column without their bias.
  private func logits(of column: Int) -> Matrix {
    let block = network.block
    Inference.query(
      state, query: values[network.query].rows(column..<column + 1),
      offset: values[block.contract.bias!], gain: values[block.norm.gain],
      bias: values[block.norm.bias], sum: query, normal: normal)
    Product.multiply(normal, values[block.expand.weight], into: inner)
    Inference.addBiasAndGELU(inner, bias: values[block.expand.bias!])
    Product.multiply(inner, values[block.contract.weight], into: query, beta: 1)
    let head = values[network.heads[column].weight]
    let logits = memory.matrix(at: logitsOffset, rows: Sampler.blockRows, columns: head.columns)
    Product.multiply(query, head, into: logits)
    return logits
  }

  /// Moves the state on by the codes that a column took.
  private func read(_ codes: UnsafePointer<Int32>, of column: Int) {
    let gru = network.gru
    Product.multiply(state, values[gru.recurrent], into: product)
    Inference.gruStep(
      table: values[gru.tables[column]], codes: codes, product: product, bias: values[gru.bias],
      state: state, convention: .updateReplaces, candidate: candidate, next: state)
  }
}
