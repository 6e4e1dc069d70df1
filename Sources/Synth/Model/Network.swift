import NN

/// The autoregressive model of a table: a GRU reads the columns one after another, and before each the state, the query of
/// the column asked for and a residual block give the logits of that column's codes.
///
///     state    h (B, H), zero before the first column; after column c took code v: h <- GRU(table_c[v], h)
///     query    q = h + p_c, then one residual block
///     head     logits_c = dropout(q) P_c + b_c (B, V_c)
///
/// A ``PairPrior`` may add what counting knows to the logits.
///
/// Layers and parameter places only: the numbers are in a `ParameterArena` of `layout`.
package struct Network: Sendable {
  package let vocabularySizes: [Int]
  package let layout: ParameterLayout
  package let gru: FoldedGRU
  /// One row per column, (C, H).
  package let query: Parameter
  package let block: ResidualBlock
  /// One per column, (H, V_c).
  package let heads: [Linear]
  package let dropout: Float

  package init(vocabularySizes: [Int], hiddenSize: Int, residualSize: Int, dropout: Float = 0) {
    var layout = ParameterLayout()
    self.vocabularySizes = vocabularySizes
    self.dropout = dropout
    gru = FoldedGRU(
      vocabularySizes: vocabularySizes, hiddenSize: hiddenSize, name: "gru", layout: &layout)
    query = layout.add("query", rows: vocabularySizes.count, columns: hiddenSize)
    block = ResidualBlock(
      size: hiddenSize, innerSize: residualSize, dropout: dropout, name: "block", layout: &layout)
    heads = vocabularySizes.enumerated().map { column, size in
      Linear(inputSize: hiddenSize, outputSize: size, name: "heads.\(column)", layout: &layout)
    }
    self.layout = layout
  }

  /// The matrices that states and queries are multiplied by.
  var weights: [Parameter] {
    [gru.recurrent, block.expand.weight, block.contract.weight] + heads.map(\.weight)
  }

  package var hiddenSize: Int { query.columns }
  package var columnCount: Int { vocabularySizes.count }

  /// The cross-entropy of every column in nats, (C B, 1), the columns in visiting order one under the other.
  ///
  /// - Parameters:
  ///   - codes: B codes for each column, in table order.
  ///   - order: the columns in the order in which they are visited.
  ///   - prior: added to the logits of columns whose parent was visited before them.
  package func losses(
    of codes: [Codes], order: [Int], prior: PairPrior? = nil, on tape: Tape
  ) -> Variable {
    let batchSize = codes[0].count
    func rows(_ position: Int) -> Range<Int> {
      position * batchSize..<(position + 1) * batchSize
    }
    let queries = tape.variable(rows: columnCount * batchSize, columns: hiddenSize)
    let losses = tape.variable(rows: columnCount * batchSize, columns: 1)
    let columnQueries = tape.parameter(query)
    // The last column's codes are asked for, but nothing comes after them.
    let states = gru(codes, order: order.dropLast(), on: tape)
    for (position, column) in order.enumerated() {
      let state =
        position == 0
        ? tape.constant(rows: batchSize, columns: hiddenSize)
        : tape.rows(rows(position - 1), of: states)
      _ = tape.addRow(
        state, row: tape.rows(column..<column + 1, of: columnQueries),
        into: tape.rows(rows(position), of: queries))
    }
    // All columns' queries pass the block together: one large product instead of C small ones.
    let answers = tape.dropout(block(queries, on: tape), rate: dropout)
    var positions = order
    for (position, column) in order.enumerated() { positions[column] = position }
    for (position, column) in order.enumerated() {
      let logits = heads[column](tape.rows(rows(position), of: answers), on: tape)
      if let prior {
        for (index, parent) in prior.parents[column].enumerated()
        where positions[parent] < position {
          tape.addConstants(
            codes[parent], of: prior.table(of: column, parent: index), to: logits)
        }
      }
      _ = tape.crossEntropy(
        logits, targets: codes[column], into: tape.rows(rows(position), of: losses))
    }
    return losses
  }
}
