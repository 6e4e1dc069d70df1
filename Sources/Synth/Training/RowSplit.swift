import NN

/// Which rows are trained on and which are held out: a function of seed and fold.
package struct RowSplit {
  /// In ascending order.
  package let heldOut: [Int32]
  /// In ascending order.
  package private(set) var trained: [Int32]

  /// - Parameter fold: the number of the part that is held out, of equal parts of the rows.
  package init(rowCount: Int, plan: TrainingPlan, fold: Int = 0) {
    var rows = (0..<Int32(rowCount)).map { $0 }
    Philox(seed: plan.seed, purpose: .split).shuffle(&rows, stream: 0)
    let count = plan.heldOutCount
    heldOut = rows[fold * count..<(fold + 1) * count].sorted()
    trained = Array(rows.dropFirst(count))
    RowSplit.fill(&trained, without: heldOut)
  }

  /// Fills an array with all rows except the held-out ones, in order: faster than sorting, and without a copy.
  static func fill(_ rows: inout [Int32], without heldOutRows: [Int32]) {
    var (row, heldOut): (Int32, Int) = (0, 0)
    for index in rows.indices {
      while heldOut < heldOutRows.count, heldOutRows[heldOut] == row {
        row += 1
        heldOut += 1
      }
      rows[index] = row
      row += 1
    }
  }
}
