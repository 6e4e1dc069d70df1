import Foundation
import NN
import Tables

/// Counts pairs of columns to make a ``PairPrior``.
package struct PairCounter {
  private let table: EncodedTable
  private let columns: [ColumnEncoder]
  private let rows: [Int32]

  /// A counter of some rows of a table.
  package init(_ table: EncodedTable, columns: [ColumnEncoder], rows: [Int32]) {
    self.table = table
    self.columns = columns
    self.rows = rows
  }

  /// The parents of every column and what they say.
  package func prior(pool: WorkerPool) -> PairPrior {
    let sizes = columns.map(\.vocabularySize)
    // Evenly spaced: a table may be sorted.
    let step = max(
      1, rows.count / max(PairCounter.leastRows, PairCounter.mostFields / columns.count))
    let some = stride(from: 0, to: rows.count, by: step).map { rows[$0] }
    let found = PartResults<[Parent]>(repeating: [], count: columns.count)
    pool.run(columns.count) { found[$0] = parents(of: $0, sizes: sizes, rows: some) }
    let prior = PairPrior(
      parents: columns.indices.map { found[$0].map(\.column) }, vocabularySizes: sizes)
    pool.run(columns.count) { column in
      for (index, parent) in found[column].enumerated() {
        let joint = JointCounts(table, parent.column, column, sizes: sizes, rows: rows[...])
        let ratios = joint.logRatios(
          of: parent.groups, isHint: table.rowCount >= PairCounter.manyRows)
        prior.table(of: column, parent: index).assign(ratios.map { Float(parent.weight) * $0 })
      }
    }
    return prior
  }

  /// Parents are looked for in about this many fields, or up to twice as many: pairs grow with the square of the columns.
  private static let mostFields = 400_000
  /// ... but in this many rows at least.
  private static let leastRows = 4_000
  /// Nats over all rows that a parent has to save.
  private static let leastGain = 6.0

  /// An earlier column, and what of the pair is counted together.
  private struct Parent {
    let column: Int
    let groups: RankGroupPair
    /// Nats that it saves over all rows, alone.
    let gain: Double
    var weight = 1.0
  }

  /// The earlier columns that each tell most, and the weights that they get together; of a large table the first of them as it
  /// is, because the network learns better what columns tell together.
  private func parents(of column: Int, sizes: [Int], rows: [Int32]) -> [Parent] {
    let isLarge = table.rowCount >= PairCounter.manyRows
    var candidates: [Parent] = []
    for parent in 0..<column where sizes[parent] * sizes[column] <= PairPrior.mostCells {
      let joint = JointCounts(table, parent, column, sizes: sizes, rows: rows[...])
      let choices = RankGroupPair.choices(
        parents: columns[parent], codes: columns[column], mergesNumbers: !isLarge)
      let gains = choices.map { joint.grouped($0).bestStrength.gain }
      let best = gains.indices.max { gains[$0] < gains[$1] }!
      if gains[best] > PairCounter.leastGain {
        candidates.append(Parent(column: parent, groups: choices[best], gain: gains[best]))
      }
    }
    candidates.sort { $0.gain > $1.gain }
    if isLarge || candidates.isEmpty { return Array(candidates.prefix(1)) }
    var parents = candidates.prefix(PairCounter.mostParents).sorted { $0.column < $1.column }
    let weights = examples(of: column, parents: parents, sizes: sizes, rows: rows).bestWeights()
    for (index, weight) in weights.enumerated() { parents[index].weight = weight }
    return parents.filter { $0.weight > PairCounter.leastWeight }
  }

  /// Rows to weigh parents by. What is said of a row was counted on others: each fifth is told by the rest.
  private func examples(
    of column: Int, parents: [Parent], sizes: [Int], rows: [Int32]
  ) -> WeightExamples {
    var examples = WeightExamples(parentCount: parents.count, width: sizes[column])
    let step = max(1, rows.count * sizes[column] / PairCounter.mostExampleCodes)
    for fold in 0..<PairCounter.foldCount {
      let counted = rows.indices.filter { $0 % PairCounter.foldCount != fold }.map { rows[$0] }
      let joints = parents.map {
        JointCounts(table, $0.column, column, sizes: sizes, rows: counted[...])
      }
      let base = joints[0].logMarginal
      let ratios = zip(joints, parents).map { $0.logRatios(of: $1.groups, isHint: false) }
      for index in stride(from: fold, to: rows.count, by: PairCounter.foldCount * step) {
        let row = Int(rows[index])
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

/// How often the codes of two columns stand together.
package struct JointCounts {
  private let width: Int
  /// Rows with codes (u, v), at u width + v.
  private var cells: [Double]
  /// Rows with code u of the parent.
  private var parentRows: [Double]
  /// Rows with code v of the column.
  private var columnRows: [Double]

  /// The keys of the rows of each cell; empty in a table without a key.
  private var cellKeys: [KeySet] = []

  /// No rows yet.
  private init(parentSize: Int, size: Int) {
    width = size
    cells = Array(repeating: 0, count: parentSize * size)
    parentRows = Array(repeating: 0, count: parentSize)
    columnRows = Array(repeating: 0, count: size)
  }

  /// Counts some rows of a column with `size` codes and its parent's, of which there are `parentSize`.
  package init(
    _ parents: [UInt16], _ codes: [UInt16], parentSize: Int, size: Int, rows: ArraySlice<Int32>,
    keys: RowKeys = .none
  ) {
    self.init(parentSize: parentSize, size: size)
    for row in rows {
      let (u, v) = (Int(parents[Int(row)]), Int(codes[Int(row)]))
      cells[u * size + v] += 1
      parentRows[u] += 1
      columnRows[v] += 1
    }
    guard keys.count > 0 else { return }
    cellKeys = Array(repeating: KeySet(), count: parentSize * size)
    for row in rows {
      let cell = Int(parents[Int(row)]) * size + Int(codes[Int(row)])
      cellKeys[cell].insert(keys.key(ofRow: Int(row)))
    }
  }

  fileprivate init(
    _ table: EncodedTable, _ parent: Int, _ column: Int, sizes: [Int], rows: ArraySlice<Int32>
  ) {
    self.init(
      table.columns[parent], table.columns[column], parentSize: sizes[parent],
      size: sizes[column], rows: rows, keys: table.keys)
  }

  /// Added to the count of every code of the column, so that none is impossible.
  private static let pseudoCount = 0.5
  private var total: Double {
    columnRows.reduce(0, +) + JointCounts.pseudoCount * Double(width)
  }
  /// p(v).
  private var marginal: [Double] {
    let total = total
    return columnRows.map { ($0 + JointCounts.pseudoCount) / total }
  }

  /// log p(v).
  var logMarginal: [Float] { marginal.map { Float(log($0)) } }

  /// How many rows' worth of the marginal distribution to add to p(v | u) = (n_uv + a p(v)) / (n_u + a), and how many nats that
  /// saves against p(v): the best by leave-one-out likelihood, in which every row is predicted from all others.
  package var bestStrength: (strength: Double, gain: Double) {
    let total = total
    let alone = columnRows.map { max($0 - 1 + JointCounts.pseudoCount, 0) / (total - 1) }
    let base = zip(columnRows, alone).reduce(0) { $1.0 > 0 ? $0 + $1.0 * log($1.1) : $0 }
    var best = (strength: 0.0, gain: -Double.infinity)
    for strength in JointCounts.strengths {
      var likelihood = 0.0
      for (u, rows) in parentRows.enumerated() where rows > 0 {
        likelihood -= rows * log(rows - 1 + strength)
        for v in 0..<width where cells[u * width + v] > 0 {
          let count = cells[u * width + v]
          likelihood += count * log(count - 1 + strength * alone[v])
        }
      }
      if likelihood - base > best.gain { best = (strength, likelihood - base) }
    }
    return best
  }

  private static let strengths: [Double] = (-2...5).map { pow(4, Double($0)) }

  /// The counts of groups of codes.
  package func grouped(_ groups: RankGroupPair) -> JointCounts {
    let (parents, codes) = (groups.parents.groups, groups.codes.groups)
    var sum = JointCounts(parentSize: groups.parents.order.count, size: groups.codes.order.count)
    for u in parentRows.indices where parentRows[u] > 0 {
      sum.parentRows[parents[u]] += parentRows[u]
      for v in 0..<width { sum.cells[parents[u] * sum.width + codes[v]] += cells[u * width + v] }
    }
    for v in 0..<width { sum.columnRows[codes[v]] += columnRows[v] }
    if cellKeys.isEmpty { return sum }
    sum.cellKeys = sum.cells.map { _ in KeySet() }
    for u in parentRows.indices {
      for v in 0..<width {
        sum.cellKeys[parents[u] * sum.width + codes[v]].formUnion(cellKeys[u * width + v])
      }
    }
    return sum
  }

  /// log p(v | u) / p(v), at u width + v: that of the groups of u and v.
  ///
  /// - Parameter isHint: whether only what is certain is told as it is, and of what is loose a hint, which is enough where there are
  ///   rows for the network to learn it better. Otherwise all is told as leave-one-out likelihood has it.
  package func logRatios(of groups: RankGroupPair, isHint: Bool) -> [Float] {
    let ratios = grouped(groups).logRatios(order: groups.codes.order, isHint: isHint)
    let size = groups.codes.order.count
    return groups.parents.groups.flatMap { parent in
      groups.codes.groups.map { ratios[parent * size + $0] }
    }
  }

  private func logRatios(order: [Int], isHint: Bool) -> [Float] {
    let (best, _) = bestStrength
    let strength = isHint ? best * min(10, 1 + best) : best
    var ratios = [Float](repeating: 0, count: cells.count)
    let marginal = marginal
    var row = [Double](repeating: 0, count: width)
    for u in parentRows.indices {
      for v in 0..<width { row[v] = cells[u * width + v] }
      let keys = cellKeys.isEmpty ? [] : Array(cellKeys[u * width..<(u + 1) * width])
      JointCounts.protect(&row, keys: keys, order: order, marginal: marginal)
      let told = row.reduce(0, +)
      for v in 0..<width {
        let probability = (row[v] + strength * marginal[v]) / (told + strength)
        ratios[u * width + v] = Float(log(probability / marginal[v]))
      }
    }
    return ratios
  }
}
