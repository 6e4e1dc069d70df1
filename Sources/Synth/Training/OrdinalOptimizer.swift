import NN

/// Trains the tables and heads of numeric columns along their ``OrdinalFeatures``.
package final class OrdinalOptimizer: @unchecked Sendable {
  private struct Column {
    let features: OrdinalFeatures
    let table: Parameter
    let head: Parameter
    /// A, (D, 3H).
    let tableFactor: Parameter
    /// B transposed, (H, D).
    let headFactor: Parameter
  }

  private let columns: [Column]
  private let gradients: ParameterArena
  private let moves: ParameterArena
  private let optimizer: AdamW

  package init(_ network: Network, midRanks: [[Double?]?]) {
    var layout = ParameterLayout()
    let (width, hidden) = (OrdinalFeatures.width, network.hiddenSize)
    columns = midRanks.enumerated().compactMap { index, ranks in
      guard let ranks else { return nil }
      return Column(
        features: OrdinalFeatures(midRanks: ranks), table: network.gru.tables[index],
        head: network.heads[index].weight,
        tableFactor: layout.add("table.\(index)", rows: width, columns: 3 * hidden),
        headFactor: layout.add("head.\(index)", rows: hidden, columns: width))
    }
    gradients = ParameterArena(layout)
    moves = ParameterArena(layout)
    // Weight decay of tables and heads already covers what the factors have added.
    optimizer = AdamW(count: layout.elementCount, settings: AdamW.Settings(weightDecay: 0))
  }

  package var columnCount: Int { columns.count }

  /// The optimizer state of the factors. The factors themselves are part of tables and heads.
  var state: AdamW.State { optimizer.state }

  func restore(_ state: AdamW.State) { optimizer.restore(state) }

  /// Adds phi A with A ~ N(0, 0.1) to the tables, so that neighbouring values start alike. Heads are not changed.
  package func initialize(_ values: ParameterArena, seed: UInt64) {
    let random = Philox(seed: seed, purpose: .ordinal)
    for (stream, column) in columns.enumerated() {
      random.fillNormal(moves[column.tableFactor], deviation: 0.1, stream: UInt64(stream))
      Product.multiply(
        column.features.features, moves[column.tableFactor], into: values[column.table], adds: true)
    }
  }

  /// Computes the factor gradients of one column from those of its table and head, and returns the sum of their squares.
  package func project(_ total: ParameterArena, column index: Int) -> Double {
    let column = columns[index]
    let features = column.features.features
    let (tableGradient, headGradient) = (
      gradients[column.tableFactor], gradients[column.headFactor]
    )
    Product.multiply(features, total[column.table], transposeA: true, into: tableGradient)
    Product.multiply(total[column.head], features, into: headGradient)
    return tableGradient.sumOfSquares + headGradient.sumOfSquares
  }

  /// Computes the updates of all factors from the projected gradients.
  package func step(rate: Float, scale: Float) {
    moves.buffer.row.fill(0)
    optimizer.beginStep()
    optimizer.update(
      0..<moves.buffer.count, of: moves.buffer, gradients: gradients.buffer, rate: rate,
      scale: scale)
  }

  /// Adds the updates of one column to its table and head.
  package func apply(to values: ParameterArena, column index: Int) {
    let column = columns[index]
    let features = column.features.features
    Product.multiply(features, moves[column.tableFactor], into: values[column.table], adds: true)
    Product.multiply(
      moves[column.headFactor], features, transposeB: true, into: values[column.head], adds: true)
  }
}
