import NN

extension Network {
  /// The cross-entropy of every column in nats, (C B, 1): the columns in visiting order, one under the other.
  ///
  /// - Parameters:
  ///   - codes: B codes for each column, in table order.
  ///   - order: the columns in the order in which they are visited.
  ///   - prior: its tables are added to the logits of columns whose parent was visited before them.
  ///   - gradient: of each loss. Then the part of each column, from its state to its loss, runs backwards as soon as it is
  ///     computed, and ``NN/Tape/backward()`` does the rest. nil leaves everything on the tape.
  package func losses(
    of codes: [Codes], order: [Int], prior: PairPrior? = nil, gradient: Float? = nil,
    on tape: Tape
  ) -> Variable {
    let pass = TapePass(self, codes: codes, gradient: gradient, tape: tape)
    visit(VisitingOrder(order), stepsTogether: columnCount, prior: prior, with: pass)
    return pass.losses
  }
}

/// Records the forward pass of training on a tape. All columns are read first; then each is asked for, and with a gradient its part runs
/// backwards before the next.
private final class TapePass: ForwardPass {
  /// (C B, 1).
  let losses: Variable
  private let network: Network
  private let codes: [Codes]
  private let tape: Tape
  private let batchSize: Int
  /// One row per column, (C, H).
  private let queries: Variable
  /// The states after each column but the last, ((C - 1) B, H).
  private var states: Variable?
  /// What skip connections bring from these columns, in the same order, ((C - 1) B, H).
  private var skipInputs: Variable?
  private let skips: Variable
  /// The columns in the order in which they are read.
  private var order: ArraySlice<Int> = []
  private let gradient: Float?
  /// Where the part of the running column begins.
  private var mark: Tape.Mark?

  init(_ network: Network, codes: [Codes], gradient: Float?, tape: Tape) {
    self.network = network
    self.codes = codes
    self.gradient = gradient
    self.tape = tape
    batchSize = codes[0].count
    queries = tape.parameter(network.query)
    skips = tape.parameter(network.skips)
    losses = tape.variable(rows: network.columnCount * batchSize, columns: 1)
    if gradient != nil { _ = tape.gradient(of: losses) }
  }

  func read(_ columns: ArraySlice<Int>) {
    order = columns
    let states = network.gru(codes, order: columns, on: tape)
    let inputs = tape.variable(rows: states.rows, columns: states.columns)
    if gradient != nil {
      _ = tape.gradient(of: states)
      _ = tape.gradient(of: inputs)
    }
    for (index, column) in columns.enumerated() {
      tape.embed(
        codes[column], of: tape.parameter(network.gru.tables[column]),
        firstColumn: network.firstCandidateColumn, into: rows(index, of: inputs))
    }
    self.states = states
    skipInputs = inputs
  }

  // All states are known. A column's rows pass its head right after the residual block, while they are in the caches.
  func ask(_ columns: ArraySlice<Int>) {}

  func head(_ column: Int, at index: Int) -> Variable {
    if gradient != nil { mark = tape.mark() }
    let answers = tape.residual(
      index == 0 ? nil : input(of: column, at: index), rows: batchSize,
      query: tape.rows(column..<column + 1, of: queries), block: network.block,
      dropout: network.dropout)
    return network.heads[column](answers, on: tape)
  }

  /// The state before a column, and what skip connections bring it from the columns read.
  private func input(of column: Int, at index: Int) -> Variable {
    let gainRows = tape.codes(count: index)
    for (place, read) in order.prefix(index).enumerated() {
      gainRows.start[place] = network.skip(from: read, to: column)
    }
    return tape.skip(
      rows(index - 1, of: states!), inputs: tape.rows(0..<index * batchSize, of: skipInputs!),
      gains: skips, gainRows: gainRows)
  }

  func add(_ table: Matrix, of parent: Int, to logits: Variable) {
    tape.addConstants(codes[parent], of: table, to: logits)
  }

  func finish(_ logits: Variable, of column: Int, at index: Int) {
    let columnLosses = tape.crossEntropy(
      logits, targets: codes[column], into: rows(index, of: losses))
    if let gradient, let mark {
      tape.backward(from: columnLosses, gradient: gradient, since: mark)
    }
  }

  /// The rows of one column.
  private func rows(_ index: Int, of variable: Variable) -> Variable {
    tape.rows(index * batchSize..<(index + 1) * batchSize, of: variable)
  }
}
