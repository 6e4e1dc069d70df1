/// The groups of codes whose pairs are drawn balanced. A group is a range of neighbouring codes. Groups have about
/// the same share of the rows; a frequent code has its own group.
package struct BalancingStrata: Sendable {
  /// For each column the first code of each group, and the number of codes at the end.
  package let starts: [[Int]]

  /// The groups of a model's columns. Calibrated rows have the shares of the codes that the table has.
  package init(_ columns: [ColumnEncoder]) {
    starts = columns.map { column in
      var shares = column.counts.map(Double.init)
      if let suppressed = column.suppressedCode { shares[suppressed] = 0 }
      return BalancingStrata.starts(shares: shares)
    }
  }

  /// - Parameter shares: for each column, the shares of its codes; they need not sum to 1.
  package init(shares: [[Double]]) { starts = shares.map(BalancingStrata.starts) }

  /// The first code of each group of a column, and the number of codes. A group takes codes as long as that brings it
  /// closer to an equal part of the remaining share.
  ///
  /// - Parameter shares: the shares of the codes; they need not sum to 1.
  package static func starts(shares: [Double]) -> [Int] {
    let limit = BalancedDraws.groupLimit
    guard shares.count > limit else { return Array(0...shares.count) }
    var starts = [0]
    var (inGroup, left) = (0.0, shares.reduce(0, +))
    for (code, share) in shares.enumerated() {
      let goal = left / Double(limit + 1 - starts.count)
      if inGroup > 0, starts.count < limit, inGroup + share / 2 > goal {
        starts.append(code)
        left -= inGroup
        inGroup = 0
      }
      inGroup += share
    }
    return starts + [shares.count]
  }
}
