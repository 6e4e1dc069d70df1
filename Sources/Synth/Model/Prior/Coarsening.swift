/// The codes of a column in groups that are counted together: every code alone, or numbers that are neighbours.
package struct Coarsening: Equatable {
  /// The group of each code.
  package let groups: [Int]
  /// All groups, such as resemble each other side by side.
  package let order: [Int]

  /// Every code is a group.
  ///
  /// - Parameter order: all codes, such as resemble each other side by side.
  package init(alone order: [Int]) {
    groups = Array(order.indices)
    self.order = order
  }

  /// So many groups of numbers, each of about as many rows; what is no number, or follows one, stands alone.
  package init(ranks: [Double?], count: Int) {
    var groupCount = count
    groups = ranks.map { rank in
      if let rank { return min(count - 1, Int(rank * Double(count))) }
      groupCount += 1
      return groupCount - 1
    }
    order = Array(0..<groupCount)
  }

  /// The ways to count a column, from fine to coarse.
  ///
  /// - Parameter mergesNumbers: whether neighbouring numbers may be counted together: a few rows of each say more so.
  package static func choices(_ column: ColumnEncoder, mergesNumbers: Bool = true) -> [Coarsening] {
    let alone = [Coarsening(alone: column.neighbourOrder)]
    guard mergesNumbers, let ranks = column.midRanks else { return alone }
    let numberCount = ranks.count { $0 != nil }
    return alone
      + counts.filter { $0 < numberCount }.map { Coarsening(ranks: ranks, count: $0) }
  }

  private static let counts = [14, 9, 6, 4, 3, 2]
}

/// What of two columns is counted together.
package struct RankGroupPair {
  package let parents: Coarsening
  package let codes: Coarsening

  package init(parents: Coarsening, codes: Coarsening) {
    self.parents = parents
    self.codes = codes
  }
}
