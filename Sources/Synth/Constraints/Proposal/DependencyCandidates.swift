import Foundation

/// Pairs of columns of few values of which one has determined the other so far.
struct DependencyCandidates {
  private struct Dependency {
    let source: Int
    let target: Int
    /// The target's value for each of the source's; nil for those not seen yet.
    var targets: [Int?]

    /// Remembers what a row has; false where it is not what was remembered.
    mutating func follows(_ value: Int, _ target: Int) -> Bool {
      if targets[value] == nil { targets[value] = target }
      return targets[value] == target
    }
  }

  private let ruleColumns: [RuleColumn]
  private var dependencies: [Dependency] = []

  /// Of the combinations that unrelated columns would be expected to have, so many there may be.
  private static let mostShare = 0.6
  /// The share of the rows whose value must be frequent enough to be told ...
  private static let leastCoverage = 0.99
  /// ... which it is with so many rows in any case.
  private static let frequentRows = 7
  private static let mostComparisons = 200_000_000

  init(_ columns: [RuleColumn], sample: RowSample) {
    ruleColumns = columns
    let candidates = columns.indices.filter { !columns[$0].valueCounts.isEmpty }
    let rowCount = min(
      sample.rowCount,
      DependencyCandidates.mostComparisons / max(1, candidates.count * candidates.count))
    let values = candidates.map { column in
      (0..<rowCount).map { columns[column].valueIndex(of: sample.number($0, column)) }
    }
    for (source, sourceValues) in zip(candidates, values)
    where DependencyCandidates.isFrequent(columns[source].valueCounts) {
      for (target, targetValues) in zip(candidates, values) where source != target {
        let (counts, others) = (columns[source].valueCounts, columns[target].valueCounts)
        guard counts.count >= others.count else { continue }
        var dependency = Dependency(
          source: source, target: target, targets: Array(repeating: nil, count: counts.count))
        let holds = (0..<rowCount).allSatisfy {
          dependency.follows(sourceValues[$0], targetValues[$0])
        }
        if holds, DependencyCandidates.isUnusual(counts, others) {
          dependencies.append(dependency)
        }
      }
    }
  }

  private static func isFrequent(_ counts: [Int]) -> Bool {
    let frequent = counts.filter { $0 >= frequentRows }.reduce(0, +)
    return Double(frequent) >= leastCoverage * Double(counts.reduce(0, +))
  }

  /// Whether a column has fewer combinations with one that it determines than unrelated columns would have.
  private static func isUnusual(_ counts: [Int], _ others: [Int]) -> Bool {
    let rows = Double(counts.reduce(0, +))
    let expected = counts.reduce(0.0) { sum, count in
      sum
        + others.reduce(0.0) { sum, other in
          sum + 1 - pow(1 - Double(count) / rows * (Double(other) / rows), rows)
        }
    }
    return Double(counts.count) <= mostShare * expected
  }

  var columns: Set<Int> { Set(dependencies.flatMap { [$0.source, $0.target] }) }

  /// Drops what a row breaks.
  mutating func check(_ cells: [Double]) {
    for index in dependencies.indices.reversed() {
      let (source, target) = (dependencies[index].source, dependencies[index].target)
      if !dependencies[index].follows(
        ruleColumns[source].valueIndex(of: cells[source]),
        ruleColumns[target].valueIndex(of: cells[target]))
      {
        dependencies.remove(at: index)
      }
    }
  }

  /// One rule for each column that determines others, without what follows from those of finer columns.
  func constraints(_ names: [String]) -> [Constraint] {
    let sources = Set(dependencies.map(\.source)).sorted {
      let (a, b) = (ruleColumns[$0].valueCounts.count, ruleColumns[$1].valueCounts.count)
      return (b, $0) < (a, $1)
    }
    var groups: [Set<Int>] = []
    for source in sources {
      let group = Set([source] + dependencies.filter { $0.source == source }.map(\.target))
      if !groups.contains(where: group.isSubset) { groups.append(group) }
    }
    return groups.map { Constraint(.fixedCombinations($0.sorted().map { names[$0] })) }
  }
}
