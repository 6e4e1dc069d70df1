/// How the numbers of a column follow those of an earlier column in the same row: equal, or slightly smaller or larger.
///
/// Bins are too wide for this: an amount paid that equals the amount billed, or is five more, would become any amount of its bin.
package struct DeltaCoding: Codable, Equatable, Sendable {
  /// The index of the earlier column.
  package let column: Int
  /// The steps with a code, ascending: 0 for equal numbers, ±k for numbers that differ by a share of the earlier one between
  /// `borders[k - 1]` and `borders[k]`.
  package let steps: [Int]

  package init(column: Int, steps: [Int]) {
    self.column = column
    self.steps = steps
  }

  private static let borders = [0, 0.002, 0.005, 0.01, 0.02, 0.05]
  package static let allSteps = -(borders.count - 1)...borders.count - 1

  /// The step from an earlier number to a later one; nil if the distance is too large.
  package static func step(from earlier: Double, to number: Double) -> Int? {
    if number == earlier { return 0 }
    let share = (number - earlier) / earlier.magnitude
    guard let index = borders.firstIndex(where: { share.magnitude <= $0 }) else { return nil }
    return share < 0 ? -index : index
  }

  /// The number one step from an earlier one, both in units.
  ///
  /// - Parameter position: the position between the borders of the step, in 0..<1.
  package static func number(_ step: Int, from earlier: Int, position: Double) -> Int {
    guard step != 0 else { return earlier }
    let share = share(step, position: position)
    // At least one unit: an equal number has a code of its own.
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

  /// The difference to an earlier number as a share of it.
  private static func share(_ step: Int, position: Double) -> Double {
    let (low, high) = (borders[abs(step) - 1], borders[abs(step)])
    return low + (high - low) * position
  }
}
