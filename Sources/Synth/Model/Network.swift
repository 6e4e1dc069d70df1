import NN

/// The autoregressive model of a table: a GRU reads the columns one after another. To ask for a column, its query and what
/// skip connections bring from the columns read are added to the state, and a residual block and the column's head give
/// the logits of its codes.
///
///     state    h (B, H), zero before the first column; after column u took code v: h <- GRU(table_u[v], h)
///     skips    s_c = the sum over the columns u that were read of gain_cu * e_u, where e_u (B, H) is the candidate's part of
///              table_u[v]
///     query    q = h + s_c + p_c, then one residual block
///     head     logits_c = dropout(q) P_c + b_c (B, V_c)
///
/// The state has room for little of each column, and what a late column needs of an early one must outlive all between them;
/// a skip connection brings it unchanged. The gains are like attention that depends on the columns and not on their codes.
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
  /// The gains of the skip connections, one row per pair of columns: see ``skip(from:to:)``.
  package let skips: Parameter
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
    skips = layout.add(
      "skips", rows: vocabularySizes.count * Network.skipCount(vocabularySizes.count),
      columns: hiddenSize)
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
  /// The first column of a table's candidate part, (V, H).
  var firstCandidateColumn: Int { 2 * hiddenSize }

  // MARK: Skip connections

  /// The most columns between two that are connected, plus one: a wide table would have too many pairs.
  private static let reach = 32

  /// The columns on one side of a column that it can be connected with.
  private static func reach(_ columnCount: Int) -> Int { min(reach, columnCount - 1) }

  /// The rows of ``skips`` for each column.
  private static func skipCount(_ columnCount: Int) -> Int { 2 * reach(columnCount) }

  /// The columns that a column may be connected with.
  func skipRange(of column: Int) -> Range<Int> {
    let reach = Network.reach(columnCount)
    return max(0, column - reach)..<min(columnCount, column + reach + 1)
  }

  /// The row of ``skips`` for a column that was read and the column asked for; -1 if they are not connected.
  func skip(from read: Int, to asked: Int) -> Int32 {
    let (reach, distance) = (Network.reach(columnCount), read - asked)
    guard distance != 0, abs(distance) <= reach else { return -1 }
    return Int32(asked * 2 * reach + distance + (distance < 0 ? reach : reach - 1))
  }
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
