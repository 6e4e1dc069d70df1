import NN

/// The autoregressive model of a table: a GRU reads the columns one after another. To ask for a column, its query is
/// added to the state, and a residual block and the column's head give the logits of its codes.
///
///     state    h (B, H), zero before the first column; after column c took code v: h <- GRU(table_c[v], h)
///     query    q = h + p_c, then one residual block
///     head     logits_c = dropout(q) P_c + b_c (B, V_c)
///
/// A ``PairPrior`` adds log ratios of pair counts to the logits. The steps are in
/// ``visit(_:stepsTogether:prior:with:)``.
///
/// A network is the list of layers and of their parameters' places. The numbers are in a `ParameterArena` of
/// ``layout``.
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

  /// The matrices that states and queries are multiplied by in training.
  var weights: [Parameter] {
    [gru.recurrent, block.expand.weight, block.contract.weight] + heads.map(\.weight)
  }

  package var hiddenSize: Int { query.columns }
  package var columnCount: Int { vocabularySizes.count }
}

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
}
