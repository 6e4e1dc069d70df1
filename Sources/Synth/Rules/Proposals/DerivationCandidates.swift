/// Formulas of columns that have held in every row so far.
///
/// Only columns near each other are compared, so that time grows with the number of columns and not with its square.
struct DerivationCandidates {
  private var candidates: [DerivationSearch.Candidate] = []
  private let decimals: [Int]

  /// Formulas of one column that are checked in all rows.
  private static let mostFormulas = 64
  /// Columns that one is derived from by way of others are followed so far.
  private static let longestChain = 1_000

  /// - Parameters:
  ///   - targets: the columns that may be derived.
  ///   - decimals: those of each column.
  init(_ columns: [RuleColumn], targets: [Int], decimals: [Int], sample: NumberSample) {
    self.decimals = decimals
    let ordered = columns.indices.filter { columns[$0].unit != nil }
    let described = columns.indices.map { column -> DerivationColumn in
      let numbers =
        columns[column].unit == nil
        ? [] : (0..<sample.rowCount).map { sample.number($0, column) }.filter { !$0.isNaN }
      return DerivationColumn(
        unit: columns[column].unit, decimals: decimals[column],
        hasNegative: numbers.contains { $0 < 0 },
        mean: numbers.reduce(0, +) / Double(numbers.count))
    }
    let isTarget = Set(targets)
    for (place, target) in ordered.enumerated()
    where columns[target].unit == .number && isTarget.contains(target) {
      let search = DerivationSearch(
        target: place, of: ordered, columns: described, sample: sample)
      candidates += search.candidates().filter { isEvident($0, sample) }.prefix(Self.mostFormulas)
    }
  }

  /// Whether a candidate holds in all rows of a sample, and would not if its columns were unrelated.
  private func isEvident(_ candidate: DerivationSearch.Candidate, _ sample: NumberSample) -> Bool {
    var (informative, chances) = ([Int](), 0)
    for row in 0..<sample.rowCount {
      let number = { sample.number(row, $0) }
      guard holds(candidate, number) else { return false }
      let target = number(candidate.target)
      if target.isNaN { continue }
      if !candidate.operands.contains(where: { number($0) == target }) { informative.append(row) }
    }
    guard sample.unitCount(ofRows: informative) >= RuleEvidence.minimumUnits else { return false }
    // The value in one row is compared with the target in another, which is not near in a sorted table.
    for (index, row) in informative.enumerated() {
      let other = informative[(index + informative.count / 2) % informative.count]
      let value = candidate.value { sample.number(row, $0) }
      let target = sample.number(other, candidate.target)
      if value.isSame(as: target, decimals: decimals[candidate.target]) { chances += 1 }
    }
    return RuleEvidence.isOverwhelming(
      chance: Double(chances + 1) / Double(informative.count + 1),
      unitCount: sample.unitCount(ofRows: informative))
  }

  private func holds(
    _ candidate: DerivationSearch.Candidate, _ number: (Int) -> Double
  ) -> Bool {
    candidate.value(number).isSame(
      as: number(candidate.target), decimals: decimals[candidate.target])
  }

  var columns: Set<Int> { Set(candidates.flatMap { [$0.target] + $0.operands }) }

  /// Drops what a row breaks.
  mutating func check(_ cells: [Double]) {
    if candidates.allSatisfy({ holds($0) { cells[$0] } }) { return }
    candidates = candidates.filter { holds($0) { cells[$0] } }
  }

  /// One formula for each column, none of which is derived from itself.
  func derivations(_ names: [String]) -> [Derivation] {
    var operands: [Int: [Int]] = [:]
    return candidates.compactMap { candidate in
      guard operands[candidate.target] == nil,
        !Self.leads(from: candidate.operands, to: candidate.target, operands)
      else { return nil }
      operands[candidate.target] = candidate.operands
      return Derivation(names[candidate.target], candidate.formula(names))
    }
  }

  /// Whether one of some columns is another, or is derived from it by way of others, or of too many others.
  private static func leads(
    from columns: [Int], to target: Int, _ operands: [Int: [Int]]
  ) -> Bool {
    var open = columns
    var seen: Set<Int> = []
    while let column = open.popLast() {
      if column == target || seen.count == longestChain { return true }
      if seen.insert(column).inserted { open += operands[column] ?? [] }
    }
    return false
  }
}
