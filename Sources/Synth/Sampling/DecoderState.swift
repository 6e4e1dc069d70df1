import NN

/// The model's forward pass over the columns for a block of rows, in memory of its own.
final class DecoderState {
  private let network: Network
  private let values: ParameterArena
  private let weights: DrawingWeights
  private let memory: Buffer
  /// What was read so far, (B, H).
  let state: Matrix
  /// state U, (B, 3H).
  let product: Matrix
  private let query: Matrix
  private let normal: Matrix
  /// (B, R).
  private let inner: Matrix
  /// Where logits begin: (B, V) for the vocabulary at hand.
  private let logitsOffset: Int

  init(_ network: Network, values: ParameterArena, weights: DrawingWeights, rows: Int) {
    self.network = network
    self.values = values
    self.weights = weights
    let hidden = network.hiddenSize
    let innerSize = network.block.expand.weight.columns
    let widest = network.vocabularySizes.max() ?? 0
    logitsOffset = rows * (6 * hidden + innerSize)
    let memory = Buffer(count: logitsOffset + rows * widest)
    self.memory = memory
    func hiddenMatrix(_ index: Int) -> Matrix {
      memory.matrix(at: index * rows * hidden, rows: rows, columns: hidden)
    }
    state = hiddenMatrix(0)
    query = hiddenMatrix(1)
    normal = hiddenMatrix(2)
    product = memory.matrix(at: 3 * rows * hidden, rows: rows, columns: 3 * hidden)
    inner = memory.matrix(at: 6 * rows * hidden, rows: rows, columns: innerSize)
  }

  /// Forgets all that was read.
  func reset() {
    state.fill(0)
    product.fill(0)
  }

  /// Room for the logits of a column, (B, V).
  func logitsMatrix(of column: Int) -> Matrix {
    memory.matrix(at: logitsOffset, rows: state.rows, columns: network.vocabularySizes[column])
  }

  /// The logits of a column without their bias, given what was read.
  func logits(of column: Int) -> Matrix {
    let block = network.block
    Inference.query(
      state, query: values[network.query].rows(column..<column + 1),
      offset: values[block.contract.bias!], gain: values[block.norm.gain],
      bias: values[block.norm.bias], sum: query, normal: normal)
    weights.expand.multiply(normal, into: inner)
    Inference.addBiasAndGELU(inner, bias: values[block.expand.bias!])
    weights.contract.multiply(inner, into: query, adds: true)
    let logits = logitsMatrix(of: column)
    weights.heads[column].multiply(query, into: logits)
    return logits
  }

  /// Brings ``product`` up to date with ``state``.
  func updateProduct() {
    weights.recurrent.multiply(state, into: product)
  }

  /// Reads the codes that a column took. Needs an up-to-date ``product``.
  func read(_ codes: UnsafePointer<Int32>, of column: Int) {
    let gru = network.gru
    Inference.gruStep(
      table: values[gru.tables[column]], codes: codes, product: product, bias: values[gru.bias],
      state: state, convention: .updateReplaces, next: state)
  }
}

/// The matrices that states are multiplied by, laid out for drawing; shared by all threads.
struct DrawingWeights: Sendable {
  let recurrent: PackedWeights
  let expand: PackedWeights
  let contract: PackedWeights
  let heads: [PackedWeights]

  init(_ network: Network, values: ParameterArena) {
    recurrent = PackedWeights(values[network.gru.recurrent])
    expand = PackedWeights(values[network.block.expand.weight])
    contract = PackedWeights(values[network.block.contract.weight])
    heads = network.heads.map { PackedWeights(values[$0.weight]) }
  }
}
