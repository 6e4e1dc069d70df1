import NN
import Tables

/// From a column's codes to values: for each code a value, a range of units to draw a position in, or a step from another column's number.
package struct CellDecoder: Sendable {
  package enum Cell: Sendable {
    case missing
    case text(String)
    /// One of `count` units from `lower`, those of `spikes` left out.
    case units(lower: Int, count: Int, spikes: ArraySlice<Int>)
    /// A number a step away from that of ``followedColumn`` in the row, within a range of units.
    case following(step: Int, within: ClosedRange<Int>)
  }

  package let cells: [Cell]
  package let scale: Double
  /// The earlier column whose numbers some cells follow.
  package let followedColumn: Int?
  /// The codes of bins.
  private let bins: Range<Int>
  private let column: UInt64
  private let position: Philox

  package init(_ encoder: ColumnEncoder, column: Int, seed: UInt64) {
    self.column = UInt64(column)
    position = Philox(seed: seed, purpose: .position)
    switch encoder.kind {
    case .category(let category):
      scale = 1
      followedColumn = nil
      bins = 0..<0
      cells = (0..<category.vocabularySize).map { code in
        if code == category.missingCode { return .missing }
        return .text(
          code < category.levels.count ? category.levels[code] : CategoryEncoder.rareToken)
      }
    case .number(let number):
      scale = number.scale
      followedColumn = number.following?.column
      bins = number.spikes.count..<number.rangeCount
      cells = (0..<number.vocabularySize).map { CellDecoder.cell(of: $0, number) }
    }
  }

  private static func cell(of code: Int, _ number: NumberEncoder) -> Cell {
    if code == number.missingCode { return .missing }
    if let following = number.following, code >= number.rangeCount {
      return .following(
        step: following.steps[code - number.rangeCount],
        within: number.edges[0]...number.edges[number.binCount] - 1)
    }
    let units = number.units(of: code)
    guard code >= number.spikes.count else {
      return .units(lower: units.lowerBound, count: 1, spikes: [])
    }
    let inside = number.spikes.firstIndex { $0 >= units.lowerBound } ?? number.spikes.count
    let after = number.spikes.firstIndex { $0 >= units.upperBound } ?? number.spikes.count
    let left = units.count - (after - inside)
    return left > 0
      ? .units(lower: units.lowerBound, count: left, spikes: number.spikes[inside..<after])
      : .units(lower: units.lowerBound, count: units.count, spikes: [])
  }

  /// The number that a code gives in a row; NaN for what is no number.
  ///
  /// - Parameter followed: the number of ``followedColumn`` in the row, NaN where it has none.
  package func number(of code: Int, row: Int, followed: Double = .nan) -> Double {
    switch cells[code] {
    case .missing, .text: return .nan
    case .units(let lower, let count, let spikes):
      var unit = lower
      if count > 1 { unit += position.below(count, UInt64(row), column) }
      for spike in spikes where spike <= unit { unit += 1 }
      return Double(unit) / scale
    case .following(let step, let range):
      // Training data say this only where there is a number to follow; the model may err.
      guard !followed.isNaN else {
        let bin = bins.lowerBound + position.below(bins.count, UInt64(row), column)
        return number(of: bin, row: row)
      }
      let unit = Following.number(
        step, from: NumberEncoder.units(followed, scale: scale),
        position: Double(position.uniform(UInt64(row), column)))
      return Double(min(max(unit, range.lowerBound), range.upperBound)) / scale
    }
  }
}
