/// Inequalities between columns of numbers that no row has broken so far; see ``CandidateLimits`` for the pairs looked at.
struct InequalityCandidates {
  private var pairs: [(lower: Int, upper: Int)] = []

  init(_ columns: [RuleColumn], sample: NumberSample) {
    let units = columns.map(\.unit)
    let ordered = columns.indices.filter { units[$0] != nil }
    let reach = min(CandidateLimits.reach(columnCount: ordered.count), ordered.count - 1)
    guard reach > 0 else { return }
    let pairCount = min(ordered.count * (ordered.count - 1) / 2, ordered.count * reach)
    let numbers = sample.numbers(
      ordered, rowCount: CandidateLimits.rowCount(of: sample, pairCount: pairCount))
    // The nearest first, so that of a long ascending series the steps are kept.
    for distance in 1...reach {
      for place in 0..<ordered.count - distance {
        let (first, second) = (ordered[place], ordered[place + distance])
        guard units[first] == units[second],
          let isAscending = Self.areAscending(numbers[place], numbers[place + distance], sample)
        else { continue }
        pairs.append(isAscending ? (first, second) : (second, first))
        if pairs.count == CandidateLimits.mostCandidates { break }
      }
      if pairs.count == CandidateLimits.mostCandidates { break }
    }
    pairs.sort {
      (min($0.lower, $0.upper), max($0.lower, $0.upper))
        < (min($1.lower, $1.upper), max($1.lower, $1.upper))
    }
  }

  /// Whether the numbers of a first column are never above those of a second, or never below; nil where neither holds or it says
  /// nothing.
  private static func areAscending(
    _ first: ArraySlice<Double>, _ second: ArraySlice<Double>, _ sample: NumberSample
  ) -> Bool? {
    var (isBelow, isAbove) = (false, false)
    for (a, b) in zip(first, second) {
      // Comparisons with missing values are false.
      isBelow = isBelow || a < b
      isAbove = isAbove || a > b
      if isBelow, isAbove { return nil }
    }
    guard isBelow != isAbove else { return nil }
    let rows = zip(first, second).enumerated().filter { !$1.0.isNaN && !$1.1.isNaN }
    let unitCount = sample.unitCount(ofRows: rows.lazy.map(\.offset))
    guard unitCount >= RuleEvidence.minimumUnits else { return nil }
    let (firsts, seconds) = (rows.map(\.element.0), rows.map(\.element.1))
    let (lower, upper) = isBelow ? (firsts, seconds) : (seconds, firsts)
    if lower.max()! <= upper.min()! { return nil }
    let chance = chance(of: lower, below: upper)
    return RuleEvidence.isOverwhelming(chance: chance, unitCount: unitCount) ? isBelow : nil
  }

  /// The share of all pairs of a number of each in which the first is at most the second.
  private static func chance(of lower: [Double], below upper: [Double]) -> Double {
    let (lower, upper) = (lower.sorted(), upper.sorted())
    var (below, obeying) = (0, 0)
    for number in upper {
      while below < lower.count, lower[below] <= number { below += 1 }
      obeying += below
    }
    return Double(obeying) / (Double(lower.count) * Double(upper.count))
  }

  var columns: Set<Int> { Set(pairs.flatMap { [$0.lower, $0.upper] }) }

  /// Drops what a row breaks.
  mutating func check(_ cells: [Double]) {
    // Comparisons with missing values are false.
    guard pairs.contains(where: { cells[$0.lower] > cells[$0.upper] }) else { return }
    pairs.removeAll { cells[$0.lower] > cells[$0.upper] }
  }

  /// The remaining candidates, without those that follow from others.
  func constraints(_ names: [String]) -> [Constraint] {
    let above = Dictionary(grouping: pairs, by: \.lower).mapValues { Set($0.map(\.upper)) }
    let below = Dictionary(grouping: pairs, by: \.upper).mapValues { Set($0.map(\.lower)) }
    return pairs.lazy.filter { above[$0.lower]!.isDisjoint(with: below[$0.upper]!) }
      .prefix(CandidateLimits.mostRules).map {
        Constraint(.inequality(lower: names[$0.lower], upper: names[$0.upper], isStrict: false))
      }
  }
}
