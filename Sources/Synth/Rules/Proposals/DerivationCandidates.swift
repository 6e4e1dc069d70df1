/// Columns that have been sums, differences or products of others in every row so far.
///
/// Only columns near each other are compared, so that time grows with the number of columns and not with its square.
struct DerivationCandidates {
  private struct Candidate {
    let target: Int
    let operands: [Int]
    let operation: Formula.Operator

    /// What the target would be, given the numbers of columns.
    func value(_ number: (Int) -> Double) -> Double {
      operands.dropFirst().reduce(number(operands[0])) { value, operand in
        switch operation {
        case .plus: value + number(operand)
        case .minus: value - number(operand)
        case .times: value * number(operand)
        case .over: value / number(operand)
        }
      }
    }

    func formula(_ names: [String]) -> Formula {
      Formula(
        columns: operands.map { names[$0] },
        root: operands.indices.dropFirst().reduce(.column(0)) {
          .operation(operation, $0, .column($1))
        })
    }
  }

  private var candidates: [Candidate] = []
  private let decimals: [Int]

  /// The fewest rows whose number differs from all numbers that it is computed from.
  private static let minimumRows = 20
  /// Of the columns of numbers and dates, one can be derived from this many neighbours on either side.
  private static let reach = 24
  /// Columns side by side that one can be the sum of.
  private static let sumLengths = 3...8
  /// Formulas of one column that are checked in all rows.
  private static let mostFormulas = 64
  /// Columns that one is derived from by way of others are followed so far.
  private static let longestChain = 1_000

  /// - Parameter decimals: those of each column.
  init(_ columns: [RuleColumn], decimals: [Int], sample: NumberSample) {
    self.decimals = decimals
    let units = columns.map(\.unit)
    let ordered = columns.indices.filter { units[$0] != nil }
    let hasNegative = columns.indices.map { column in
      units[column] != nil && (0..<sample.rowCount).contains { sample.number($0, column) < 0 }
    }
    for (place, target) in ordered.enumerated() where units[target] == .number {
      let near = max(0, place - Self.reach)..<min(ordered.count, place + Self.reach + 1)
      let others = ordered[near].filter { $0 != target }
      let search = DerivationSearch(
        target: target, others: others, decimals: decimals[target], sample: sample)
      let possible = Self.possible(search, units, hasNegative: hasNegative)
      candidates += possible.filter { holds($0, sample) }.prefix(Self.mostFormulas)
    }
  }

  /// What a column may be, the simplest first. Of numbers that are not negative the largest is a sum; else what may be negative is
  /// a difference.
  private static func possible(
    _ search: DerivationSearch, _ units: [RuleColumn.Unit?], hasNegative: [Bool]
  ) -> [Candidate] {
    let others = search.others
    let numbers = others.indices.filter { units[others[$0]] == .number }
    let addends = numbers.filter { !hasNegative[others[$0]] }
    var candidates: [Candidate] = []
    func add(_ operation: Formula.Operator, _ operands: [Int]) {
      candidates.append(
        Candidate(
          target: search.target, operands: operands.map { others[$0] }, operation: operation))
    }
    for (place, first) in addends.enumerated() {
      for second in addends[(place + 1)...] where search.matches(first, second, +) {
        add(.plus, [first, second])
      }
    }
    for (place, first) in numbers.enumerated() {
      for second in numbers[(place + 1)...] where search.matches(first, second, *) {
        add(.times, [first, second])
      }
    }
    let subtracts = hasNegative[search.target]
    for first in others.indices where subtracts || units[others[first]] != .number {
      for second in others.indices
      where first != second && search.matches(first, second, -)
        && units[others[first]] == units[others[second]]
      {
        add(.minus, [first, second])
      }
    }
    for length in sumLengths where length <= addends.count {
      for start in 0...addends.count - length {
        let operands = addends[start..<start + length]
        if search.matchesSum(of: operands) { add(.plus, Array(operands)) }
      }
    }
    return candidates
  }

  /// Whether a candidate holds in all rows of a sample, and enough of them are informative.
  private func holds(_ candidate: Candidate, _ sample: NumberSample) -> Bool {
    var informativeRows = 0
    for row in 0..<sample.rowCount {
      let number = { sample.number(row, $0) }
      guard holds(candidate, number) else { return false }
      let target = number(candidate.target)
      if !target.isNaN, !candidate.operands.contains(where: { number($0) == target }) {
        informativeRows += 1
      }
    }
    return informativeRows >= Self.minimumRows
  }

  private func holds(_ candidate: Candidate, _ number: (Int) -> Double) -> Bool {
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
