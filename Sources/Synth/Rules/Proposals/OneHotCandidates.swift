/// Groups of columns of which exactly one has been true in every row so far; see ``CandidateLimits`` for how far apart they are.
struct OneHotCandidates {
  private struct Group {
    let columns: [Int]
    /// The cell of true in each.
    let truths: [Double]
  }

  private var groups: [Group] = []

  init(_ columns: [RuleColumn], sample: NumberSample) {
    /// Columns of truth values, and in which rows each is true.
    let flags = columns.indices.compactMap { column in
      columns[column].truth.map { truth in
        (
          column: column, truth: truth,
          isTrue: (0..<sample.rowCount).map { sample.number($0, column) == truth }
        )
      }
    }
    let reach = CandidateLimits.reach(columnCount: flags.count)
    var isTaken = [Bool](repeating: false, count: flags.count)
    for first in flags.indices where !isTaken[first] {
      // The next columns that are true where none of the group is, until one always is.
      var (group, covered) = ([first], flags[first].isTrue)
      var falseCount = covered.count { !$0 }
      for next in flags.indices[(first + 1)...].prefix(reach) where !isTaken[next] {
        if falseCount == 0 { break }
        if zip(covered, flags[next].isTrue).contains(where: { $0 && $1 }) { continue }
        group.append(next)
        for row in covered.indices where flags[next].isTrue[row] {
          covered[row] = true
          falseCount -= 1
        }
      }
      guard group.count > 1, falseCount == 0,
        RuleEvidence.isOverwhelming(
          chance: Self.chance(of: group.map { flags[$0].isTrue }),
          unitCount: sample.unitCount(ofRows: 0..<sample.rowCount))
      else { continue }
      groups.append(
        Group(columns: group.map { flags[$0].column }, truths: group.map { flags[$0].truth }))
      for flag in group { isTaken[flag] = true }
      if groups.count == CandidateLimits.mostRules { return }
    }
  }

  /// The probability that exactly one of some unrelated columns is true.
  private static func chance(of flags: [[Bool]]) -> Double {
    var (none, one) = (1.0, 0.0)
    for isTrue in flags {
      let share = Double(isTrue.count { $0 }) / Double(isTrue.count)
      one = one * (1 - share) + none * share
      none *= 1 - share
    }
    return one
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
