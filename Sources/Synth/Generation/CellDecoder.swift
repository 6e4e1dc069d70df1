import NN
import Tables

/// From a column's codes to values: for each code a value, or a range of units to draw a position in.
package struct CellDecoder: Sendable {
  package enum Cell: Sendable {
    case missing
    case text(String)
    /// One of `count` units from `lower`, those of `spikes` left out.
    case units(lower: Int, count: Int, spikes: ArraySlice<Int>)
  }

  package let cells: [Cell]
  package let scale: Double
  private let column: UInt64
  private let position: Philox

  package init(_ encoder: ColumnEncoder, column: Int, seed: UInt64) {
    self.column = UInt64(column)
    position = Philox(seed: seed, purpose: .position)
    switch encoder.kind {
    case .category(let category):
      scale = 1
      cells = (0..<category.vocabularySize).map { code in
        if code == category.missingCode { return .missing }
        return .text(
          code < category.levels.count ? category.levels[code] : CategoryEncoder.rareToken)
      }
    case .number(let number):
      scale = number.scale
      cells = (0..<number.vocabularySize).map { code in
        if code == number.missingCode { return .missing }
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
    }
  }

  /// The number that a range of units gives for a row.
  package func number(lower: Int, count: Int, spikes: ArraySlice<Int>, row: Int) -> Double {
    var unit = lower
    if count > 1 { unit += position.below(count, UInt64(row), column) }
    for spike in spikes where spike <= unit { unit += 1 }
    return Double(unit) / scale
  }
}
