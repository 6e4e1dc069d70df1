/// The groups of a column's codes that are counted together: single codes, or neighbouring numbers.
package struct Coarsening: Equatable {
  /// The group of each code.
  package let groups: [Int]
  /// All groups, with similar ones side by side.
  package let order: [Int]

  /// Every code is a group.
  ///
  /// - Parameter order: all codes, with similar ones side by side.
  package init(alone order: [Int]) {
    groups = Array(order.indices)
    self.order = order
  }

  /// A number of groups of numbers with about equally many rows. A code that is not a number, or follows another column, is a group.
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
  /// - Parameter mergesNumbers: whether neighbouring numbers may be counted together, which helps with few rows.
  package static func choices(_ column: ColumnEncoder, mergesNumbers: Bool = true) -> [Coarsening] {
    let alone = [Coarsening(alone: column.neighbourOrder)]
    guard mergesNumbers, let ranks = column.midRanks else { return alone }
    let numberCount = ranks.count { $0 != nil }
    return alone
      + counts.filter { $0 < numberCount }.map { Coarsening(ranks: ranks, count: $0) }
  }

  private static let counts = [14, 9, 6, 4, 3, 2]
}

/// The groups of two columns by which pairs are counted.
package struct RankGroupPair {
  package let parents: Coarsening
  package let codes: Coarsening

  package init(parents: Coarsening, codes: Coarsening) {
    self.parents = parents
    self.codes = codes
  }
}
