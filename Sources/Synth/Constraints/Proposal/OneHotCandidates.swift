/// Groups of columns of which exactly one has been true in every row so far.
struct OneHotCandidates {
  private struct Group {
    let columns: [Int]
    /// The cell of true in each.
    let truths: [Double]
  }

  private var groups: [Group] = []

  init(_ columns: [RuleColumn], sample: RowSample) {
    /// Columns without a group, and in which rows each is true.
    var free = columns.indices.compactMap { column in
      columns[column].truth.map { truth in
        (column: column, isTrue: (0..<sample.rowCount).map { sample.number($0, column) == truth })
      }
    }
    while let first = free.first {
      free.removeFirst()
      // The next columns that are true where none of the group is, until one always is.
      var (group, covered) = ([first.column], first.isTrue)
      for (column, isTrue) in free where covered.contains(false) {
        if zip(covered, isTrue).contains(where: { $0 && $1 }) { continue }
        group.append(column)
        for row in covered.indices where isTrue[row] { covered[row] = true }
      }
      guard group.count > 1, !covered.contains(false) else { continue }
      groups.append(Group(columns: group, truths: group.map { columns[$0].truth ?? 1 }))
      free.removeAll { group.contains($0.column) }
    }
  }

  var columns: Set<Int> { Set(groups.flatMap(\.columns)) }

  /// Drops what a row breaks.
  mutating func check(_ cells: [Double]) {
    groups.removeAll { group in
      zip(group.columns, group.truths).count { cells[$0] == $1 } != 1
    }
  }

  func constraints(_ names: [String]) -> [Constraint] {
    groups.map { Constraint(.oneHot($0.columns.map { names[$0] })) }
  }
}
