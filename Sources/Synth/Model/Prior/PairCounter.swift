import NN
import Tables

/// Counts pairs of columns to make a ``PairPrior``.
package struct PairCounter {
  private let table: EncodedTable
  private let columns: [ColumnEncoder]
  private let rows: [Int32]
  private let sizes: [Int]
  /// Whether each column has one parent with full weight: in a large table the network learns better how several columns interact.
  private let isLarge: Bool
  /// The ways to count each column.
  private let choices: [[Coarsening]]
  /// The rows that parents are looked for in.
  private let sampledRows: [Int32]
  /// The codes of each column in these rows.
  private let sampledCodes: [[UInt16]]

  /// A counter of some rows of a table.
  package init(_ table: EncodedTable, columns: [ColumnEncoder], rows: [Int32]) {
    self.table = table
    self.columns = columns
    self.rows = rows
    sizes = columns.map(\.vocabularySize)
    let isLarge = table.rowCount >= PairCounter.manyRows
    self.isLarge = isLarge
    choices = columns.map { Coarsening.choices($0, mergesNumbers: !isLarge) }
    // Evenly spaced: a table may be sorted.
    let step = max(
      1, rows.count / max(PairCounter.minimumRows, PairCounter.mostFields / columns.count))
    let sampledRows = stride(from: 0, to: rows.count, by: step).map { rows[$0] }
    self.sampledRows = sampledRows
    sampledCodes = table.columns.map { column in sampledRows.map { column[Int($0)] } }
  }

  /// A counter of a table's trained rows.
  init(_ encoder: TableEncoder, split: RowSplit) {
    self.init(encoder.table, columns: encoder.columns, rows: split.trained)
  }

  /// The prior of every column and its parents.
  package func prior(pool: WorkerPool) -> PairPrior { prior(pool: pool) { _ in true } }

  /// The prior as far as it can be computed before `goesOn` returns false.
  ///
  /// - Parameter goesOn: asked before every few columns, with the number of columns whose parents are known; false leaves
  ///   the others without parents.
  /// - Throws: what `goesOn` throws.
  package func prior(
    pool: WorkerPool, goesOn: (_ columnsDone: Int) throws -> Bool
  ) rethrows -> PairPrior {
    let found = PartResults<[Parent]>(repeating: [], count: columns.count)
    let screen =
      columns.count > PairCounter.mostCandidates + 1
      ? ColumnScreen(columns, codes: sampledCodes) : nil
    var done = 0
    while done < columns.count, try goesOn(done) {
      let part = done..<min(columns.count, done + PairCounter.partColumns)
      find(part, screen: screen, pool: pool, into: found)
      done = part.upperBound
    }
    let prior = PairPrior(
      parents: columns.indices.map { found[$0].map(\.column) }, vocabularySizes: sizes)
    for first in stride(from: 0, to: done, by: PairCounter.partColumns) {
      // Only an error ends the search here: parents that were found are used.
      _ = try goesOn(done)
      pool.run(min(done - first, PairCounter.partColumns)) { index in
        fill(prior, column: first + index, parents: found[first + index])
      }
    }
    return prior
  }

  /// The number of columns between two calls of `goesOn`.
  private static let partColumns = 32
  /// Columns that are screened together.
  private static let screenedColumns = 8

  /// Finds the parents of some columns.
  private func find(
    _ part: Range<Int>, screen: ColumnScreen?, pool: WorkerPool, into found: PartResults<[Parent]>
  ) {
    let candidates = PartResults<[Int]>(repeating: [], count: part.count)
    for index in 0..<part.count { candidates[index] = Array(0..<part.lowerBound + index) }
    if let screen, part.upperBound > PairCounter.mostCandidates + 1 {
      let size = PairCounter.screenedColumns
      pool.run((part.count + size - 1) / size) { index in
        let first = part.lowerBound + index * size
        let columns = first..<min(part.upperBound, first + size)
        let best = screen.candidates(of: columns, count: PairCounter.mostCandidates)
        for (column, best) in zip(columns, best) where column > PairCounter.mostCandidates {
          candidates[column - part.lowerBound] = best
        }
      }
    }
    pool.run(part.count) { index in
      found[part.lowerBound + index] = parents(
        of: part.lowerBound + index, among: candidates[index])
    }
  }

  /// Writes the tables of a column's parents.
  private func fill(_ prior: PairPrior, column: Int, parents: [Parent]) {
    for (index, parent) in parents.enumerated() {
      let joint = JointCounts(table, parent.column, column, sizes: sizes, rows: rows[...])
      let ratios = joint.logRatios(of: parent.groups, isHint: isLarge)
      prior.table(of: column, parent: index).assign(ratios.map { Float(parent.weight) * $0 })
    }
  }

  /// Parents are looked for in about this many fields, or up to twice as many: pairs grow with the square of the columns.
  private static let mostFields = 400_000
  /// ... but in this many rows at least.
  private static let minimumRows = 4_000
  /// The most earlier columns that are compared closely; from more, the ``ColumnScreen`` chooses.
  private static let mostCandidates = 100
  /// The fewest nats over all rows that a parent must save.
  private static let leastGain = 6.0

  /// An earlier column, and the groups by which the pair is counted.
  private struct Parent {
    let column: Int
    let groups: RankGroupPair
    /// Nats that it saves over all rows, alone.
    let gain: Double
    var weight = 1.0
  }

  /// The candidates with the most information and their joint weights; for a large table only the first, with full weight.
  private func parents(of column: Int, among candidates: [Int]) -> [Parent] {
    var parents = useful(candidates, for: column)
    parents.sort { $0.gain > $1.gain }
    if isLarge || parents.isEmpty { return Array(parents.prefix(1)) }
    parents = parents.prefix(PairCounter.mostParents).sorted { $0.column < $1.column }
    let weights = examples(of: column, parents: parents).bestWeights()
    for (index, weight) in weights.enumerated() { parents[index].weight = weight }
    return parents.filter { $0.weight > PairCounter.leastWeight }
  }

  /// The candidates that save enough, each counted in the way that saves most.
  private func useful(_ candidates: [Int], for column: Int) -> [Parent] {
    let codes = sampledCodes[column]
    let likelihoods = choices[column].map { choice in
      var columnRows = [Double](repeating: 0, count: choice.order.count)
      for code in codes { columnRows[choice.groups[Int(code)]] += 1 }
      return LeaveOneOut(columnRows: columnRows, isReused: true)
    }
    var pairs = PairCells()
    var parents: [Parent] = []
    for parent in candidates where sizes[parent] * sizes[column] <= PairPrior.mostCells {
      pairs.count(
        sampledCodes[parent], codes, parentSize: sizes[parent], size: sizes[column])
      var best: Parent?
      for parentChoice in choices[parent] {
        for (choice, likelihood) in zip(choices[column], likelihoods) {
          pairs.group(parents: parentChoice, codes: choice)
          let gain = likelihood.best(
            parentRows: pairs.groupedParents, cells: pairs.groupedCells
          ).gain
          guard gain > best?.gain ?? PairCounter.leastGain else { continue }
          best = Parent(
            column: parent, groups: RankGroupPair(parents: parentChoice, codes: choice), gain: gain)
        }
      }
      if let best { parents.append(best) }
    }
    return parents
  }

  /// Rows to weigh parents by. A row is never weighed by counts that include it: each fifth is weighed by the rest.
  private func examples(of column: Int, parents: [Parent]) -> PriorWeightFit {
    var examples = PriorWeightFit(parentCount: parents.count, width: sizes[column])
    let step = max(1, sampledRows.count * sizes[column] / PairCounter.mostExampleCodes)
    for fold in 0..<PairCounter.foldCount {
      let counted = sampledRows.indices.filter { $0 % PairCounter.foldCount != fold }
        .map { sampledRows[$0] }
      let joints = parents.map {
        JointCounts(table, $0.column, column, sizes: sizes, rows: counted[...])
      }
      let base = joints[0].logMarginal
      let ratios = zip(joints, parents).map { $0.logRatios(of: $1.groups, isHint: false) }
      for index in stride(
        from: fold, to: sampledRows.count, by: PairCounter.foldCount * step)
      {
        let row = Int(sampledRows[index])
        examples.add(
          target: Int(table.columns[column][row]), base: base,
          ratios: zip(parents, ratios).map { parent, ratios in
            let start = Int(table.columns[parent.column][row]) * sizes[column]
            return ratios[start..<start + sizes[column]]
          })
      }
    }
    return examples
  }

  private static let manyRows = 5_000
  private static let mostParents = 16
  private static let foldCount = 5
  /// Rows times codes of a column that weights are found on.
  private static let mostExampleCodes = 200_000
  /// Parents of less weight are left out.
  private static let leastWeight = 0.02
}
