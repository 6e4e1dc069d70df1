/// The codes of a column in groups that are counted together: neighbours, or every code alone.
struct RankGroups {
  /// The group of each code.
  let groups: [Int]
  /// All groups, such as resemble each other side by side.
  let order: [Int]

  /// Every code is a group.
  init(alone column: ColumnEncoder) {
    groups = Array(0..<column.vocabularySize)
    order = column.neighbourOrder
  }

  /// Numbers of about equal parts of the rows are a group each; what is no number stands alone.
  private init(_ ranks: [Double?], count: Int) {
    var groups: [Int] = []
    var others = count
    for rank in ranks {
      if let rank {
        groups.append(min(count - 1, Int(rank * Double(count))))
      } else {
        groups.append(others)
        others += 1
      }
    }
    self.groups = groups
    order = Array(0..<others)
  }

  /// From fine to coarse.
  static func choices(_ column: ColumnEncoder) -> [RankGroups] {
    let alone = [RankGroups(alone: column)]
    guard let ranks = column.midRanks else { return alone }
    let numbers = ranks.count { $0 != nil }
    return alone + counts.filter { $0 < numbers }.map { RankGroups(ranks, count: $0) }
  }

  private static let counts = [14, 9, 6, 4, 3, 2]
}

/// What of two columns is counted together.
struct RankGroupPair {
  let parents: RankGroups
  let codes: RankGroups
}
