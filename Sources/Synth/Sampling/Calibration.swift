import Foundation
import NN

extension Generator {
  /// The generator with head biases such that drawn columns are distributed as those of the table.
  ///
  /// Dropout, weight decay and the last steps' noise leave each column's distribution a little off, and what is off in one column is
  /// off in every pair and triple with it. Rows are drawn, the mean probability of each code is compared with its share of
  /// the table, and the logarithm of their ratio is added to the bias, a few times over. Where a code is all but certain its bias moves
  /// little, and to force it would break what makes it certain: the column that it depends on is put right instead.
  ///
  /// - Parameters:
  ///   - table: the training data.
  ///   - goesOn: asked before every block of rows, on any thread; false keeps what the rounds before have found.
  package func calibrated(
    on table: EncodedTable, pool: WorkerPool,
    while goesOn: @escaping @Sendable () -> Bool = { true }
  ) -> Generator {
    let drawing = drawingValues()
    let weights = DrawingWeights(network, values: drawing)
    let prefixCache = PrefixCache(network, values: drawing, weights: weights)
    // Rows of a seed that nobody would ask for: the correction must not fit the rows that are drawn later.
    let samplers = PartResults<Sampler?>(repeating: nil, count: pool.threadCount)
    for index in 0..<samplers.count {
      samplers[index] = Sampler(
        network, values: drawing, prior: prior, weights: weights, prefixCache: prefixCache,
        rules: rules, seed: ~plan.seed)
    }
    let blockCount = Calibration.blockCount(rowCount: rowCount, columnCount: columns.count)
    let sums = (0..<blockCount).map { _ in ParameterArena(network.codeLayout()) }
    let targets = columns.indices.map { target(of: $0, in: table) }
    for _ in 0..<Calibration.roundCount {
      pool.run(samplers.count) { index in
        for block in stride(from: index, to: sums.count, by: samplers.count) where goesOn() {
          let sum = sums[block]
          sum.buffer.row.fill(0)
          samplers[index]!.draw(
            block: block, addingProbabilitiesTo: sum.layout.parameters.map { sum[$0] })
        }
      }
      if !goesOn() { break }
      for (column, target) in targets.enumerated() {
        guard let bias = network.heads[column].bias else { continue }
        for code in target.indices where target[code] > 0 {
          let sum = sums.reduce(0.0) { $0 + Double($1[$1.layout.parameters[column]][0, code]) }
          let drawn = max(sum / Double(sums.count * Sampler.blockRows), Calibration.leastShare)
          drawing[bias][0, code] += Float(log(target[code] / drawn))
        }
      }
    }
    let calibrated = values.copy()
    for (head, target) in zip(network.heads, targets) {
      guard let bias = head.bias else { continue }
      for code in target.indices where target[code] > 0 {
        calibrated[bias][0, code] = drawing[bias][0, code]
      }
    }
    return Generator(
      rowCount: rowCount, history: history, bestEpoch: bestEpoch, refitLosses: refitLosses,
      stopReason: stopReason, fields: fields, columns: columns, plan: plan, network: network,
      values: calibrated,
      prior: prior, rules: rules)
  }

  /// The share of each code of a column that is to be drawn; 0 for what is not drawn or was never seen.
  ///
  /// Rows count that could be drawn as they are: where a category is too rare to be told, another is drawn, and what depends on
  /// it follows the other. Of several parents each decides too little for that. Where the column has a rule, rows count that
  /// obey it.
  private func target(of column: Int, in table: EncodedTable) -> [Double] {
    let suppressed = columns[column].suppressedCode
    let parents = prior.parents[column]
    let parent = parents.count == 1 ? parents.first : nil
    let hidden = parent.flatMap { columns[$0].suppressedCode }
    let rule = rules.first { $0.columns.contains(column) }
    var counts = [Double](repeating: 0, count: columns[column].vocabularySize)
    for row in 0..<table.rowCount {
      if let parent, let hidden, table.columns[parent][row] == hidden { continue }
      if let rule, !rule.allows({ Int32(table.columns[$0][row]) }) { continue }
      counts[Int(table.columns[column][row])] += 1
    }
    if let suppressed { counts[suppressed] = 0 }
    let total = counts.reduce(0, +)
    return counts.map { total > 0 ? $0 / total : 0 }
  }
}

private enum Calibration {
  /// Blocks of rows that are drawn in every round: of a wide table no more than its own few rows are worth.
  static func blockCount(rowCount: Int, columnCount: Int) -> Int {
    if columnCount <= 100 { return 64 }
    return min(64, max(16, 8 * rowCount / Sampler.blockRows))
  }
  static let roundCount = 4
  /// Below this a share is an underflow.
  static let leastShare = 1e-9
}
