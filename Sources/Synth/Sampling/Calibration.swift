import Foundation
import NN

extension Generator {
  /// A copy of the head biases for whole-row drawing: those of ``calibration`` if there is one, else those of the
  /// trained weights.
  package var drawingBiases: CodeValues {
    calibration?.copy() ?? CodeValues(biasesOf: network, values: values)
  }

  /// The generator with biases for drawing such that drawn columns are distributed as those of the table.
  ///
  /// Dropout, weight decay and the noise of the last steps leave a small error in each column's distribution, and with
  /// it in every pair and triple of columns. In each of a few rounds, other rows are drawn, the mean probability of each code is
  /// compared with its share of the table, and the logarithm of their ratio is added to the bias. The step falls in
  /// the last rounds, so that their rows decide together (Robbins and Monro, "A stochastic approximation method", 1951). Where
  /// another column makes a code all but certain, its bias changes little: that other column is corrected instead.
  ///
  /// The trained weights stay as they are: the correction is right for whole rows in table order, and wrong for
  /// conditionals.
  ///
  /// - Parameters:
  ///   - table: the training data.
  ///   - goesOn: called before every block of rows, on any thread; false keeps the result of the previous rounds.
  package func calibrated(
    on table: EncodedTable, pool: WorkerPool,
    while goesOn: @escaping @Sendable () -> Bool = { true }
  ) -> Generator {
    let model = DrawingModel(self)
    let biases = model.biases
    // A seed that is unlikely to be used for drawing: the correction must not be fitted to the rows drawn later.
    let samplers = PartResults<Sampler?>(repeating: nil, count: pool.threadCount)
    for index in 0..<samplers.count { samplers[index] = Sampler(model, seed: ~plan.seed) }
    let blockCount = Calibration.blockCount(rowCount: rowCount)
    let sums = (0..<blockCount).map { _ in CodeValues(network) }
    let targets = columns.indices.map { target(of: $0, in: table) }
    for round in 0..<Calibration.roundCount {
      pool.run(samplers.count) { index in
        for block in stride(from: index, to: sums.count, by: samplers.count) where goesOn() {
          sums[block].clear()
          flushingSubnormals {
            samplers[index]!.draw(
              block: round * sums.count + block, addingProbabilitiesTo: sums[block])
          }
        }
      }
      if !goesOn() { break }
      for (column, target) in targets.enumerated() {
        for code in target.indices where target[code] > 0 {
          let sum = sums.reduce(0.0) { $0 + Double($1[column][0, code]) }
          let drawn = max(sum / Double(sums.count * Sampler.blockRows), Calibration.leastShare)
          biases[column][0, code] += Float(Calibration.step(round) * log(target[code] / drawn))
        }
      }
    }
    let calibration = CodeValues(biasesOf: network, values: values)
    for (column, target) in targets.enumerated() {
      for code in target.indices where target[code] > 0 {
        calibration[column][0, code] = biases[column][0, code]
      }
    }
    var calibrated = self
    calibrated.calibration = calibration
    return calibrated
  }

  /// The target share of each code of a column; 0 for codes that are not drawn or were never seen.
  ///
  /// Only rows that could be drawn unchanged are counted. If the category of a single parent is too rare to be kept,
  /// another one is drawn in its place, so the row is not counted; with several parents the effect is too small to
  /// matter. If the column has a rule, only rows that obey it are counted.
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
  /// Blocks of rows drawn in every round: eight times the table's rows, whose shares are then less exact than those of the drawn
  /// rows, but no more than are useful.
  static func blockCount(rowCount: Int) -> Int {
    min(64, max(16, 8 * rowCount / Sampler.blockRows))
  }
  static let roundCount = 7
  /// The first rounds remove the error, each with the noise of its own rows; the last three count alike.
  static func step(_ round: Int) -> Double { 1 / Double(max(1, round - roundCount + 4)) }
  /// Smaller shares are treated as underflow.
  static let leastShare = 1e-9
}
