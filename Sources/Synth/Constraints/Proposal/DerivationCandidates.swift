/// Columns that have been sums, differences or products of others in every row so far.
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

  /// Rows whose number is none of those that it comes from, at least.
  private static let leastRows = 20
  /// Of the columns of numbers and dates, one can be derived from so many that are next to it on either side.
  private static let reach = 24
  /// Columns side by side that one can be the sum of.
  private static let sumLengths = 3...8

  /// - Parameter decimals: those of each column.
  init(_ columns: [RuleColumn], decimals: [Int], sample: RowSample) {
    self.decimals = decimals
    let ordered = columns.indices.filter { columns[$0].unit != nil }
    let hasNegative = Set(
      ordered.filter { column in (0..<sample.rowCount).contains { sample.number($0, column) < 0 } })
    for (place, target) in ordered.enumerated() where columns[target].unit == .number {
      let near = max(0, place - Self.reach)..<min(ordered.count, place + Self.reach + 1)
      let others = ordered[near].filter { $0 != target }
      for candidate in Self.possible(target, others, columns, hasNegative: hasNegative)
      where holds(candidate, sample) {
        candidates.append(candidate)
      }
    }
  }

  /// What a column may be, the simplest first. Of numbers that are not negative the largest is a sum; else what may be negative is
  /// a difference.
  private static func possible(
    _ target: Int, _ others: [Int], _ columns: [RuleColumn], hasNegative: Set<Int>
  ) -> [Candidate] {
    let numbers = others.filter { columns[$0].unit == .number }
    let addends = numbers.filter { !hasNegative.contains($0) }
    var candidates: [Candidate] = []
    func add(_ operation: Formula.Operator, _ operands: [Int]) {
      candidates.append(Candidate(target: target, operands: operands, operation: operation))
    }
    for (place, first) in addends.enumerated() {
      for second in addends[(place + 1)...] { add(.plus, [first, second]) }
    }
    for (place, first) in numbers.enumerated() {
      for second in numbers[(place + 1)...] { add(.times, [first, second]) }
    }
    for first in others {
      for second in others where first != second && columns[first].unit == columns[second].unit {
        if columns[first].unit != .number || hasNegative.contains(target) {
          add(.minus, [first, second])
        }
      }
    }
    for length in sumLengths where length <= addends.count {
      for start in 0...addends.count - length {
        add(.plus, Array(addends[start..<start + length]))
      }
    }
    return candidates
  }

  /// Whether all rows of a sample are so, and enough of them say something.
  private func holds(_ candidate: Candidate, _ sample: RowSample) -> Bool {
    var telling = 0
    for row in 0..<sample.rowCount {
      let number = { sample.number(row, $0) }
      guard holds(candidate, number) else { return false }
      let target = number(candidate.target)
      if !target.isNaN, !candidate.operands.contains(where: { number($0) == target }) {
        telling += 1
      }
    }
    return telling >= Self.leastRows
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
      guard operands[candidate.target] == nil else { return nil }
      operands[candidate.target] = candidate.operands
      guard case .columns = DerivationSet.order(operands) else {
        operands[candidate.target] = nil
        return nil
      }
      return Derivation(names[candidate.target], candidate.formula(names))
    }
  }
}
