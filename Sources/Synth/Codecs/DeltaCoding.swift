/// How the numbers of a column follow those of an earlier one in the same row: equal to them, or a little below or above.
///
/// Bins are too wide for that: an amount paid that is the amount billed, or five more, would be any amount of its bin.
package struct DeltaCoding: Codable, Equatable, Sendable {
  /// The index of the column that is followed.
  package let column: Int
  /// The steps that have a code, ascending: 0 where both numbers are the same, ±k where they differ by a share of the earlier one
  /// between `borders[k - 1]` and `borders[k]`.
  package let steps: [Int]

  package init(column: Int, steps: [Int]) {
    self.column = column
    self.steps = steps
  }

  private static let borders = [0, 0.002, 0.005, 0.01, 0.02, 0.05]
  package static let allSteps = -(borders.count - 1)...borders.count - 1

  /// The step from an earlier number to one that follows it; nil where it is too far away.
  package static func step(from earlier: Double, to number: Double) -> Int? {
    if number == earlier { return 0 }
    let share = (number - earlier) / earlier.magnitude
    guard let index = borders.firstIndex(where: { share.magnitude <= $0 }) else { return nil }
    return share < 0 ? -index : index
  }

  /// The number that follows an earlier one, both in units.
  ///
  /// - Parameter position: where between the borders of the step, in 0..<1.
  package static func number(_ step: Int, from earlier: Int, position: Double) -> Int {
    guard step != 0 else { return earlier }
    let share = share(step, position: position)
    // At least one unit: a number that is the same has a code of its own.
    let units = max(1, Int((Double(earlier.magnitude) * share).rounded()))
    return step < 0 ? earlier - units : earlier + units
  }

  /// The number of units that follows an earlier number.
  static func number(_ step: Int, from earlier: Double, position: Double, in unit: NumberUnit)
    -> Int
  {
    let same = unit.count(earlier)
    if unit.isDecimal || step == 0 { return number(step, from: same, position: position) }
    let difference = earlier.magnitude * share(step, position: position)
    return step < 0
      ? min(unit.count(earlier - difference), same - 1)
      : max(unit.count(earlier + difference), same + 1)
  }

  /// The share of a number by which one that follows it differs.
  private static func share(_ step: Int, position: Double) -> Double {
    let (low, high) = (borders[abs(step) - 1], borders[abs(step)])
    return low + (high - low) * position
  }
}
