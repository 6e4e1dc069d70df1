import NN

/// The states of a block of rows, with the inference kernels that read codes into them and ask them for columns. Each thread
/// has its own.
final class DecoderState {
  private let network: Network
  private let values: ParameterArena
  private let weights: InferenceWeights
  private let memory: Buffer
  /// The recurrent states, (B, H).
  let state: Matrix
  /// The product state U, (B, 3H), as of the last ``updateProduct()``.
  let product: Matrix
  private var isProductCurrent = false
  /// What skip connections bring from each column, (C B, H): zeros in rows that have not read it.
  private let skipInputs: Matrix
  /// The columns that any row has read.
  private var isRead: [Bool]
  private var gainRows: [Int32] = []
  /// State, query and residual block of the column asked for, (B, H).
  private let query: Matrix
  private let normal: Matrix
  /// (B, R).
  private let inner: Matrix
  /// The memory of logits: (B, V) for the current vocabulary.
  private let logitsOffset: Int

  /// - Parameter rows: B.
  init(_ network: Network, values: ParameterArena, weights: InferenceWeights, rows: Int) {
    self.network = network
    self.values = values
    self.weights = weights
    let hidden = network.hiddenSize
    let innerSize = network.block.expand.weight.columns
    let widest = network.vocabularySizes.max() ?? 0
    isRead = Array(repeating: false, count: network.columnCount)
    gainRows.reserveCapacity(network.columnCount)
    let skipsOffset = rows * (6 * hidden + innerSize)
    logitsOffset = skipsOffset + network.columnCount * rows * hidden
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
    skipInputs = memory.matrix(
      at: skipsOffset, rows: network.columnCount * rows, columns: hidden)
  }

  // MARK: Reading

  /// Discards everything that was read.
  func reset() {
    state.fill(0)
    product.fill(0)
    isProductCurrent = true
    for column in isRead.indices { isRead[column] = false }
  }

  /// Recomputes ``product`` from ``state``.
  func updateProduct() {
    if isProductCurrent { return }
    weights.recurrent.multiply(state, into: product)
    isProductCurrent = true
  }

  /// Reads the codes (B) that a column has in all rows.
  func read(_ codes: UnsafePointer<Int32>, of column: Int) {
    keepSkipInputs(codes, of: column, rows: 0..<state.rows)
    if isProductCurrent {
      read(codes, of: column, rows: 0..<state.rows, product: product)
    } else {
      // A few rows at a time, so that their product is still in the first cache when it is read.
      for first in stride(from: 0, to: state.rows, by: DecoderState.stepRows) {
        let rows = first..<min(first + DecoderState.stepRows, state.rows)
        let part = product.rows(0..<rows.count)
        weights.recurrent.multiply(state.rows(rows), into: part)
        read(codes + first, of: column, rows: rows, product: part)
      }
    }
    isProductCurrent = false
  }

  private static let stepRows = 32

  /// Reads one column in each row, or none. The columns may differ from row to row.
  ///
  /// - Parameters:
  ///   - columns: the column of each row (B); -1 leaves the row's state as it is.
  ///   - codes: (C, B), of which those of the rows' columns are read.
  func read(columns: [Int], codes: UnsafePointer<Int32>) {
    updateProduct()
    // Neighbouring rows that read the same column are computed together.
    var first = 0
    while first < columns.count {
      let column = columns[first]
      var end = first + 1
      while end < columns.count, columns[end] == column { end += 1 }
      // SAFETY: the caller gives B codes for each of the network's columns.
      if column >= 0 {
        let (codes, rows) = (codes + column * state.rows + first, first..<end)
        keepSkipInputs(codes, of: column, rows: rows)
        read(codes, of: column, rows: rows, product: product.rows(rows))
      }
      first = end
    }
    isProductCurrent = false
  }

  private func read(
    _ codes: UnsafePointer<Int32>, of column: Int, rows: Range<Int>, product: Matrix
  ) {
    let state = state.rows(rows)
    Inference.gruStep(
      table: values[network.gru.tables[column]], codes: codes, product: product,
      bias: values[network.gru.bias], state: state, convention: .updateReplaces, next: state)
  }

  /// Keeps what skip connections bring from a column to those asked for later.
  private func keepSkipInputs(_ codes: UnsafePointer<Int32>, of column: Int, rows: Range<Int>) {
    let inputs = skipInputs(of: column..<column + 1)
    if !isRead[column], rows.count < inputs.rows { inputs.fill(0) }
    isRead[column] = true
    Inference.gather(
      codes, of: values[network.gru.tables[column]], firstColumn: network.firstCandidateColumn,
      into: inputs.rows(rows))
  }

  private func skipInputs(of columns: Range<Int>) -> Matrix {
    skipInputs.rows(columns.lowerBound * state.rows..<columns.upperBound * state.rows)
  }

  /// Reads the codes (B) of the first column: copies states and their products from tables (V, H) and (V, 3H).
  func takeFirst(_ codes: UnsafePointer<Int32>, states: Matrix, products: Matrix) {
    keepSkipInputs(codes, of: 0, rows: 0..<state.rows)
    Inference.gather(codes, of: states, into: state)
    Inference.gather(codes, of: products, into: product)
    isProductCurrent = true
  }

  // MARK: Asking

  /// Adds skip connections and the query of a column to the states and sends the sums through the residual block.
  func ask(_ column: Int) {
    let block = network.block
    query.assign(state)
    let connected = network.skipRange(of: column)
    gainRows.removeAll(keepingCapacity: true)
    for read in connected {
      gainRows.append(isRead[read] ? network.skip(from: read, to: column) : -1)
    }
    Inference.addSkips(
      skipInputs(of: connected), gains: values[network.skips], gainRows: gainRows, to: query)
    Inference.query(
      query, query: values[network.query].rows(column..<column + 1),
      offset: values[block.contract.bias!], gain: values[block.norm.gain],
      bias: values[block.norm.bias], sum: query, normal: normal)
    weights.expand.multiply(normal, into: inner)
    Inference.addBiasAndGELU(inner, bias: values[block.expand.bias!])
    weights.contract.multiply(inner, into: query, adds: true)
  }

  /// The logits (B, V), without their bias, of the column that was asked for last. Valid until the next call.
  func head(_ column: Int) -> Matrix {
    let logits = logitsMatrix(of: column)
    weights.heads[column].multiply(query, into: logits)
    return logits
  }

  /// Room for the logits of a column, (B, V).
  func logitsMatrix(of column: Int) -> Matrix {
    memory.matrix(at: logitsOffset, rows: state.rows, columns: network.vocabularySizes[column])
  }
}

/// The matrices that states are multiplied by, laid out for the inference kernels. All threads share them.
struct InferenceWeights: Sendable {
  let recurrent: PackedWeights
  let expand: PackedWeights
  let contract: PackedWeights
  let heads: [PackedWeights]

  init(_ network: Network, values: ParameterArena, precision: Precision) {
    func packed(_ parameter: Parameter) -> PackedWeights {
      PackedWeights(values[parameter], inBFloat16: precision.usesBFloat16)
    }
    recurrent = packed(network.gru.recurrent)
    expand = packed(network.block.expand.weight)
    contract = packed(network.block.contract.weight)
    heads = network.heads.map { packed($0.weight) }
  }
}
