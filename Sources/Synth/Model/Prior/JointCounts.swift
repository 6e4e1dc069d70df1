import Foundation
import Tables

/// The number of rows with each pair of codes of two columns.
package struct JointCounts {
  private let width: Int
  /// Rows with codes (u, v), at u width + v.
  private var cells: [Double]
  /// Rows with code u of the parent.
  private var parentRows: [Double]
  /// Rows with code v of the column.
  private var columnRows: [Double]
  /// The fewest rows, or keys, of a count.
  private let minimumRows: Int

  /// The keys of the rows of each cell; empty in a table without a key.
  private var cellKeys: [PrivacyUnitSet] = []

  /// No rows yet.
  private init(parentSize: Int, size: Int, minimumRows: Int) {
    width = size
    self.minimumRows = minimumRows
    cells = Array(repeating: 0, count: parentSize * size)
    parentRows = Array(repeating: 0, count: parentSize)
    columnRows = Array(repeating: 0, count: size)
  }

  /// Counts some rows of a column with `size` codes and its parent's, of which there are `parentSize`.
  package init(
    _ parents: [UInt16], _ codes: [UInt16], parentSize: Int, size: Int, rows: ArraySlice<Int32>,
    keys: PrivacyUnits = .none, minimumRows: Int = DisclosurePolicy.minimumJointRows
  ) {
    self.init(parentSize: parentSize, size: size, minimumRows: minimumRows)
    for row in rows {
      let (u, v) = (Int(parents[Int(row)]), Int(codes[Int(row)]))
      cells[u * size + v] += 1
      parentRows[u] += 1
      columnRows[v] += 1
    }
    guard keys.count > 0 else { return }
    cellKeys = Array(repeating: PrivacyUnitSet(), count: parentSize * size)
    for row in rows {
      let cell = Int(parents[Int(row)]) * size + Int(codes[Int(row)])
      cellKeys[cell].insert(keys.key(ofRow: Int(row)))
    }
  }

  init(
    _ table: EncodedTable, _ parent: Int, _ column: Int, sizes: [Int], rows: ArraySlice<Int32>
  ) {
    self.init(
      table.columns[parent], table.columns[column], parentSize: sizes[parent],
      size: sizes[column], rows: rows, keys: table.keys, minimumRows: table.minimumJointRows)
  }

  /// The addition to the count of every code of the column, so that none is impossible.
  static let pseudoCount = 0.5
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

  /// The strength a of the marginal distribution in p(v | u) = (n_uv + a p(v)) / (n_u + a), in rows, and the nats that this saves
  /// against p(v). The strength is chosen by leave-one-out likelihood: every row is predicted from all others.
  package var bestStrength: (strength: Double, gain: Double) {
    LeaveOneOut(columnRows: columnRows).best(parentRows: parentRows, cells: cells)
  }

  /// The counts of groups of codes.
  package func grouped(_ groups: RankGroupPair) -> JointCounts {
    let (parents, codes) = (groups.parents.groups, groups.codes.groups)
    var sum = JointCounts(
      parentSize: groups.parents.order.count, size: groups.codes.order.count,
      minimumRows: minimumRows)
    for u in parentRows.indices where parentRows[u] > 0 {
      sum.parentRows[parents[u]] += parentRows[u]
      for v in 0..<width { sum.cells[parents[u] * sum.width + codes[v]] += cells[u * width + v] }
    }
    for v in 0..<width { sum.columnRows[codes[v]] += columnRows[v] }
    if cellKeys.isEmpty { return sum }
    sum.cellKeys = sum.cells.map { _ in PrivacyUnitSet() }
    for u in parentRows.indices {
      for v in 0..<width {
        sum.cellKeys[parents[u] * sum.width + codes[v]].formUnion(cellKeys[u * width + v])
      }
    }
    return sum
  }

  /// log p(v | u) / p(v), at u width + v: that of the groups of u and v.
  ///
  /// - Parameter isHint: whether weak relations are reduced to a hint, which is enough if there are rows for the network to learn
  ///   them better. Otherwise all relations are weighted by leave-one-out likelihood.
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
      JointCounts.protect(
        &row, keys: keys, least: minimumRows, order: order, marginal: marginal)
      let kept = row.reduce(0, +)
      for v in 0..<width {
        let probability = (row[v] + strength * marginal[v]) / (kept + strength)
        ratios[u * width + v] = Float(log(probability / marginal[v]))
      }
    }
    return ratios
  }
}
