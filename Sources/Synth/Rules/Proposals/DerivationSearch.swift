/// Finds formulas of one column that hold in a few rows.
///
/// Most formulas are wrong in the first rows that they are tried in: a few rows are kept at hand for that.
struct DerivationSearch {
  /// A formula of the target.
  struct Candidate {
    let target: Int
    /// The columns of the formula: see ``Formula/Node/column(_:)``.
    let operands: [Int]
    let root: Formula.Node

    /// - Parameter names: of all columns.
    func formula(_ names: [String]) -> Formula {
      Formula(columns: operands.map { names[$0] }, root: root)
    }

    /// What the target would be, given the numbers of columns.
    func value(_ number: (Int) -> Double) -> Double { root.value { number(operands[$0]) } }
  }

  /// The column to be derived.
  private let target: Int
  /// The columns that it may be derived from: those near it. The functions take their places here.
  private let others: [Int]
  private let columns: [DerivationColumn]
  /// Of the places those of numbers, and of numbers that are never negative.
  private let numbers: [Int]
  private let addends: [Int]
  /// The numbers of the target in the rows at hand.
  private let targets: [Double]
  /// The numbers of the others in these rows, (rows, others).
  private let values: [Double]

  /// Rows that formulas are tried in.
  private static let rowCount = 4
  /// Of the columns of numbers and dates, one can be derived from this many neighbours on either side ...
  private static let reach = 24
  /// ... and from three of this many.
  private static let reachOfThree = 8
  /// Columns side by side that one can be the sum of.
  private static let sumLengths = 3...8
  /// What may be added to a number before its logarithm is taken, so that zero has one.
  private static let offsets = [0, 1, 0.5, 0.1, 0.01, 0.001]

  /// - Parameters:
  ///   - place: the target's place among `ordered`.
  ///   - ordered: the columns of numbers and dates.
  ///   - columns: all columns.
  init(
    target place: Int, of ordered: [Int], columns: [DerivationColumn], sample: NumberSample
  ) {
    target = ordered[place]
    self.columns = columns
    let target = target
    let near = max(0, place - Self.reach)..<min(ordered.count, place + Self.reach + 1)
    others = ordered[near].filter { $0 != target }
    let others = others
    numbers = others.indices.filter { columns[others[$0]].unit == .number }
    addends = numbers.filter { !columns[others[$0]].hasNegative }
    let rows = (0..<sample.rowCount).lazy.filter { !sample.number($0, target).isNaN }
      .prefix(Self.rowCount)
    targets = rows.map { sample.number($0, target) }
    values = rows.flatMap { row in others.map { sample.number(row, $0) } }
  }

  /// What the column may be, the simplest first. Of numbers that are not negative the largest is a sum; else what may be negative
  /// is a difference.
  func candidates() -> [Candidate] { pairs() + threes() + sums() + functions() }

  private func pairs() -> [Candidate] {
    var found: [Candidate] = []
    for (index, first) in addends.enumerated() {
      for second in addends[(index + 1)...]
      where matches({ values[$0 + first] + values[$0 + second] }) {
        found.append(candidate([first, second], .plus))
      }
    }
    for (index, first) in numbers.enumerated() {
      for second in numbers[(index + 1)...]
      where matches({ values[$0 + first] * values[$0 + second] }) {
        found.append(candidate([first, second], .times))
      }
    }
    for first in others.indices where subtracts || columns[others[first]].unit != .number {
      for second in others.indices
      where first != second && columns[others[first]].unit == columns[others[second]].unit
        && matches({ values[$0 + first] - values[$0 + second] })
      {
        found.append(candidate([first, second], .minus))
      }
    }
    return found
  }

  /// Sums and differences of three columns.
  private func threes() -> [Candidate] {
    let place = others.count { $0 < target }
    let near = numbers.filter { abs($0 - place) <= Self.reachOfThree }
    var found: [Candidate] = []
    for (index, first) in near.enumerated() {
      for (next, second) in near.enumerated().dropFirst(index + 1) {
        for third in near[(next + 1)...] {
          found += [(first, second, third), (first, third, second), (second, third, first)]
            .flatMap(combinations)
          if matches({ values[$0 + first] + values[$0 + second] + values[$0 + third] }),
            [first, second, third].allSatisfy(addends.contains)
          {
            found.append(candidate([first, second, third], .plus))
          }
        }
      }
    }
    return found
  }

  /// The sum of two columns less a third, and the third less both.
  private func combinations(_ first: Int, _ second: Int, _ third: Int) -> [Candidate] {
    var found: [Candidate] = []
    if matches({ values[$0 + first] + values[$0 + second] - values[$0 + third] }),
      isLargest(besides: [first, second])
    {
      found.append(candidate([first, second, third], .plus, .minus))
    }
    if subtracts, matches({ values[$0 + third] - values[$0 + first] - values[$0 + second] }) {
      found.append(candidate([third, first, second], .minus))
    }
    return found
  }

  /// Sums of columns side by side.
  private func sums() -> [Candidate] {
    Self.sumLengths.filter { $0 <= addends.count }.flatMap { length in
      (0...addends.count - length).compactMap { start in
        let places = Array(addends[start..<start + length])
        let isSum = matches { row in places.reduce(0) { $0 + values[row + $1] } }
        return isSum ? candidate(places, .plus) : nil
      }
    }
  }

  /// Functions of one column, which has no more decimals.
  private func functions() -> [Candidate] {
    let roots =
      Self.offsets.map { offset -> Formula.Node in
        .call(.log, [offset == 0 ? .column(0) : .operation(.plus, .column(0), .number(offset))])
      } + [.call(.exp, [.column(0)]), .call(.sqrt, [.column(0)])]
    return numbers.filter { columns[others[$0]].decimals <= columns[target].decimals }
      .flatMap { place in
        roots.filter { root in matches { row in root.value { _ in values[row + place] } } }
          .map { Candidate(target: target, operands: [others[place]], root: $0) }
      }
  }

  /// Whether a difference says something: numbers that are never negative are sums, and parts of sums.
  private var subtracts: Bool { columns[target].hasNegative }

  /// Whether the difference of numbers is never negative, as the largest of those that have equal sums is not.
  private func isLargest(besides places: [Int]) -> Bool {
    subtracts || places.allSatisfy { columns[others[$0]].mean <= columns[target].mean }
  }

  private func candidate(
    _ places: [Int], _ first: Formula.Operator, _ last: Formula.Operator? = nil
  ) -> Candidate {
    let root = places.indices.dropFirst().reduce(Formula.Node.column(0)) { sum, index in
      .operation(index == places.count - 1 ? last ?? first : first, sum, .column(index))
    }
    return Candidate(target: target, operands: places.map { others[$0] }, root: root)
  }

  /// Whether an expression is the target in the rows at hand.
  ///
  /// - Parameter value: the expression, given where a row's values begin.
  @inline(__always)
  private func matches(_ value: (Int) -> Double) -> Bool {
    for row in targets.indices {
      guard
        value(row * others.count).isSame(as: targets[row], decimals: columns[target].decimals)
      else { return false }
    }
    return true
  }
}

/// What the search for formulas knows of a column.
struct DerivationColumn {
  /// nil for columns that cannot be computed with.
  let unit: RuleColumn.Unit?
  let decimals: Int
  let hasNegative: Bool
  /// Of the numbers of a sample; NaN without any.
  let mean: Double
}
