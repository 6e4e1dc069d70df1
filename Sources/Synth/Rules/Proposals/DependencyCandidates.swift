import Foundation

/// Pairs of columns with few values of which one has determined the other so far; see ``CandidateLimits`` for the pairs that are
/// compared.
struct DependencyCandidates {
  private struct Dependency {
    let source: Int
    let target: Int
    /// The target's value for each of the source's; nil for those not seen yet.
    var targets: [Int?]

    /// Remembers the value of a row; false if it differs from the remembered one.
    mutating func follows(_ value: Int, _ target: Int) -> Bool {
      if targets[value] == nil { targets[value] = target }
      return targets[value] == target
    }
  }

  private let ruleColumns: [RuleColumn]
  private var dependencies: [Dependency] = []

  /// The share of the combinations expected of unrelated columns that may occur.
  private static let mostShare = 0.6
  /// The share of the rows whose value must be frequent enough to be kept ...
  private static let leastCoverage = 0.99
  /// ... which holds with this many privacy units in any case.
  private static let frequentUnits = DisclosurePolicy.minimumCombinationRows

  init(_ columns: [RuleColumn], sample: NumberSample) {
    ruleColumns = columns
    let candidates = columns.indices.filter { !columns[$0].valueCounts.isEmpty }
    let reach = CandidateLimits.reach(columnCount: candidates.count)
    let pairCount = candidates.count * min(candidates.count, 2 * reach)
    let rowCount = CandidateLimits.rowCount(of: sample, pairCount: pairCount)
    let values = candidates.map { column in
      (0..<rowCount).map { columns[column].valueIndex(of: sample.number($0, column)) }
    }
    for (place, source) in candidates.enumerated() {
      let counts = columns[source].valueCounts
      guard Self.isFrequent(columns[source]) else { continue }
      let firstRows = Self.firstRows(values[place], valueCount: counts.count)
      for other in max(0, place - reach)...min(candidates.count - 1, place + reach)
      where other != place {
        let others = columns[candidates[other]].valueCounts
        guard counts.count >= others.count,
          zip(values[other], firstRows).allSatisfy({ $0 == values[other][$1] }),
          Self.isUnusual(counts, others), Self.isEvident(columns[source].valueUnits, others)
        else { continue }
        var dependency = Dependency(
          source: source, target: candidates[other],
          targets: Array(repeating: nil, count: counts.count))
        for row in 0..<rowCount { _ = dependency.follows(values[place][row], values[other][row]) }
        dependencies.append(dependency)
        if dependencies.count == CandidateLimits.mostCandidates { return }
      }
    }
  }

  /// For each row the first one that has its value.
  private static func firstRows(_ values: [Int], valueCount: Int) -> [Int] {
    var first = [Int?](repeating: nil, count: valueCount)
    return values.enumerated().map { row, value in
      let found = first[value] ?? row
      first[value] = found
      return found
    }
  }

  private static func isFrequent(_ column: RuleColumn) -> Bool {
    let frequent = zip(column.valueCounts, column.valueUnits)
      .reduce(0) { $1.1 >= frequentUnits ? $0 + $1.0 : $0 }
    return Double(frequent) >= leastCoverage * Double(column.valueCounts.reduce(0, +))
  }

  /// Whether units that share a value would have different values of an unrelated column.
  ///
  /// - Parameters:
  ///   - units: those of each value.
  ///   - others: the rows of each value of the other column.
  private static func isEvident(_ units: [Int], _ others: [Int]) -> Bool {
    let rows = Double(others.reduce(0, +))
    let nats = units.reduce(0.0) { nats, units in
      nats - log(others.reduce(0) { $0 + pow(Double($1) / rows, Double(units)) })
    }
    return RuleEvidence.isOverwhelming(nats: nats)
  }

  /// Whether a column has fewer combinations with one that it determines than unrelated columns would have.
  private static func isUnusual(_ counts: [Int], _ others: [Int]) -> Bool {
    let rows = Double(counts.reduce(0, +))
    var expected = 0.0
    for count in counts {
      expected += others.reduce(0.0) { sum, other in
        sum + 1 - pow(1 - Double(count) / rows * (Double(other) / rows), rows)
      }
      if Double(counts.count) <= mostShare * expected { return true }
    }
    return false
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
    let bySource = Dictionary(grouping: dependencies, by: \.source)
    var groups: [Set<Int>] = []
    for source in sources where groups.count < CandidateLimits.mostRules {
      let group = Set([source] + bySource[source]!.map(\.target))
      if !groups.contains(where: group.isSubset) { groups.append(group) }
    }
    return groups.map { Constraint(.fixedCombinations($0.sorted().map { names[$0] })) }
  }
}
