import Tables

/// The bins of a column of numbers: quantiles of the numbers that are not spikes, between protected ends, with round borders.
struct NumberBins {
  /// The numbers in bins, ascending, without spikes and numbers beyond a spike that ends the column.
  let values: [CountedUnit]
  /// The first unit of each bin, ascending, and the unit after the last bin. Empty if the ends leave nothing; the values then
  /// count as the nearest spike or as missing.
  private(set) var edges: [Int] = []

  private let minimumRows: Int
  private let tallies: [RowTally]
  /// The cumulative rows up to and with each value.
  private let rowsThrough: [Int]

  private static let mostBins = 100
  /// The rows from which two more rows may be cut off at either end, so that the ends are round numbers, not values of rows.
  private static let manyRows = 1_000

  /// - Parameters:
  ///   - counted: all values of the column, ascending.
  ///   - spikes: the values with codes of their own, ascending.
  ///   - minimumRows: the fewest rows of a bin.
  init(of counted: [CountedUnit], spikes: [Int], minimumRows: Int) {
    self.minimumRows = minimumRows
    let isSpike = Set(spikes)
    let published = counted[counted.map(\.tally).publishable(by: minimumRows)].map(\.unit)
    let least = published.first.flatMap { isSpike.contains($0) ? $0 : nil } ?? .min
    let most = published.last.flatMap { isSpike.contains($0) ? $0 : nil } ?? .max
    values = counted.filter {
      !isSpike.contains($0.unit) && (least...most).contains($0.unit)
    }
    tallies = values.map(\.tally)
    var rowCount = 0
    rowsThrough = values.map {
      rowCount += $0.count
      return rowCount
    }
    guard let first = values.first?.unit, let last = values.last?.unit else { return }
    let (below, above) = (spikes.last { $0 < first }, spikes.first { $0 > last })
    guard below != nil || above != nil || rowCount > 2 * minimumRows,
      var low = low(above: below), var high = high(below: above)
    else { return }
    // With few rows the ends can cross or leave a single row's value. Then half the distance from the spike is kept.
    if high.unit - low.unit < 2 {
      if let below {
        low.unit = below + (high.unit - below) / 2
      } else if let above {
        high.unit = low.unit + (above - low.unit) / 2
      }
    }
    guard low.unit < high.unit else { return }
    edges = quantiles(from: low, to: high)
  }

  private var rowCount: Int { rowsThrough.last ?? 0 }
  private func index(atRow row: Int) -> Int { rowsThrough.partitioningIndex { $0 > row } }
  private func unit(atRow row: Int) -> Int { values[index(atRow: row)].unit }
}

// MARK: - Ends

extension NumberBins {
  /// A column ends at the value that enough rows reach or exceed. If a spike lies beyond all values, the spike is the end of the
  /// column and no row is cut off: the bins end where evenly spaced values with the same count and mean would end.
  private struct End {
    /// The first unit of the first bin, or the unit after the last one.
    var unit: Int
    /// The rows, and the values, that are cut off.
    var row: Int
    var value: Int
  }

  private func low(above spike: Int?) -> End? {
    guard let count = tallies.prefixLength(sharedBy: minimumRows) else { return nil }
    if let spike {
      let end = NumberBins.evenEnd(of: values[..<count], from: values[count - 1].unit)
      return End(unit: max(spike + 1, end), row: 0, value: 0)
    }
    let first = max(minimumRows - 1, count > 1 ? rowsThrough[count - 2] : 0)
    var unit = unit(atRow: first)
    if rowCount >= NumberBins.manyRows {
      unit = roundest(above: unit - 1, through: self.unit(atRow: first + 1))
    }
    return End(unit: unit, row: first + 1, value: count - 1)
  }

  private func high(below spike: Int?) -> End? {
    guard let count = tallies.reversed().prefixLength(sharedBy: minimumRows) else { return nil }
    let index = values.count - count
    if let spike {
      let end = NumberBins.evenEnd(of: values[index...], from: values[index].unit)
      return End(unit: min(spike, end + 1), row: rowCount, value: values.count)
    }
    let last = min(rowCount - minimumRows, rowsThrough[index] - 1)
    var unit = unit(atRow: last) + 1
    if rowCount >= NumberBins.manyRows {
      unit = roundest(above: self.unit(atRow: last - 1), through: unit)
    }
    return End(unit: unit, row: last, value: index + 1)
  }

  /// The distance from the last value to the end of evenly spaced values with the same mean.
  private static func evenEnd(of values: ArraySlice<CountedUnit>, from unit: Int) -> Int {
    let rows = values.reduce(0) { $0 + $1.count }
    let mean = values.reduce(0) { $0 + Double($1.unit) * Double($1.count) } / Double(rows)
    return Int((2 * mean).rounded()) - unit
  }
}

// MARK: - Quantiles

extension NumberBins {
  private func quantiles(from low: End, to high: End) -> [Int] {
    var edges = [low.unit]
    var (rowsBelow, lowest) = (low.row, low.value)
    let binCount = min(NumberBins.mostBins, max(1, rowCount / 10))
    for bin in 1..<binCount {
      let above = index(atRow: low.row - 1 + (high.row - low.row + 1) * bin / binCount)
      guard above > lowest, above < high.value else { continue }
      let edge = roundest(above: values[above - 1].unit, through: values[above].unit)
      let rows = rowsThrough[above - 1]
      guard edge > edges[edges.count - 1], edge < high.unit,
        rows - rowsBelow >= minimumRows, high.row - rows >= minimumRows,
        tallies[lowest..<above].prefixLength(sharedBy: minimumRows) != nil,
        tallies[above..<high.value].prefixLength(sharedBy: minimumRows) != nil
      else { continue }
      edges.append(edge)
      (rowsBelow, lowest) = (rows, above)
    }
    return edges + [high.unit]
  }
}
