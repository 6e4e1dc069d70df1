import Foundation

/// A sum, product, equality or order of columns of quantities.
struct FormulaRelation: Sendable {
  let kind: Relation.Kind
  /// Places among the quantities: of a sum or product the result first.
  let places: [Int]
  /// Whether results are counted modulo a day.
  let wraps: Bool
  var tolerance = 0.0

  init?(_ kind: Relation.Kind, _ places: [Int], of quantities: [Quantities]) {
    let units = places.map { quantities[$0].unit }
    switch kind {
    // A date or time plus a number of its unit is a date or time.
    case .sum: guard units[0] == units[1], units[2] == .number else { return nil }
    case .product: guard units.allSatisfy({ $0 == .number }) else { return nil }
    default: guard units.allSatisfy({ $0 == units[0] }) else { return nil }
    }
    self.kind = kind
    self.places = places
    wraps = kind == .sum && units[0] == .timeOfDay
  }

  /// How far a row is from the relation; above 0 where it breaks an order, NaN where a value is missing.
  @inline(__always)
  func deviation(_ a: Double, _ b: Double, _ c: Double) -> Double {
    let difference =
      switch kind {
      case .sum: a - b - c
      case .product: a - b * c
      case .order: max(a - b, 0)
      default: a - b
      }
    // Decimals are not exact: what is within rounding is equal.
    let size = max(abs(a), max(abs(b), kind == .product ? abs(b * c) : abs(c)))
    if abs(difference) <= 1e-9 * size { return 0 }
    guard wraps else { return abs(difference) }
    let day = Quantities.minutesPerDay
    let rest = abs(difference).truncatingRemainder(dividingBy: day)
    return min(rest, day - rest)
  }

  /// Deviations of the rows that have all values.
  /// - Parameter shuffled: The column, of those of the relation, whose rows are moved by half of their number.
  func deviations(_ columns: [[Double]], shuffled: Int? = nil) -> [Double] {
    let rowCount = columns[places[0]].count
    let half = rowCount / 2
    return (0..<rowCount).compactMap { row in
      func number(_ index: Int) -> Double {
        if index >= places.count { return 0 }
        return columns[places[index]][index == shuffled ? (row + half) % rowCount : row]
      }
      let deviation = deviation(number(0), number(1), number(2))
      return deviation.isNaN ? nil : deviation
    }
  }

  func count(_ deviations: [Double]) -> RelationCount {
    RelationCount(kept: deviations.count { $0 <= tolerance }, known: deviations.count)
  }

  /// The relation with the smallest round tolerance that nearly all rows keep; nil if there is none.
  func fitted(to columns: [[Double]], largestTolerances: [Double]) -> FormulaRelation? {
    var fitted = self
    let sorted = deviations(columns).sorted()
    guard sorted.count >= RelationLimits.minimumRows else { return nil }
    let least = sorted[Int((RelationLimits.minimumShare * Double(sorted.count)).rounded(.up)) - 1]
    if kind == .order { return least == 0 ? fitted : nil }
    guard least <= places.map({ largestTolerances[$0] }).min()! else { return nil }
    if least > 0 {
      let unit = pow(10, log10(least).rounded(.down))
      fitted.tolerance = [1, 2, 5, 10].map { $0 * unit }.first { $0 >= least } ?? 10 * unit
      guard fitted.tolerance <= places.map({ largestTolerances[$0] }).min()! else { return nil }
    }
    return fitted
  }

  /// The share of rows that keep the relation with any one column shuffled: the largest.
  func chance(_ columns: [[Double]]) -> Double {
    places.indices.map { count(deviations(columns, shuffled: $0)).share }.max()!
  }
}
