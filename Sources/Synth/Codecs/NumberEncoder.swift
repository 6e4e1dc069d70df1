import Foundation
import Tables

/// The codes of a column of numbers: spikes (frequent values, each with a code), bins of the other numbers, numbers close to
/// another column's number, words in place of numbers, and missing.
///
/// Numbers are counted in units of the last decimal place that any of them uses. A bin is a range of whole units, so
/// integers stay integers, even if they are written as `20000.0`. If no decimal place fits numbers of many decades, the units are
/// those of ``SignificantDigits``.
package struct NumberEncoder: Codable, Equatable {
  /// Frequent values in ascending order, in units.
  package let spikes: [Int]
  /// The first unit of each bin, ascending, and the unit after the last bin; empty without bins.
  package let edges: [Int]
  /// Decimal places of a unit, unless that is one of ``significantDigits``.
  package let unitDecimals: Int
  /// nil where the numbers are counted in decimal places.
  package let significantDigits: SignificantDigits?
  package let format: NumberFormat
  /// The words in place of numbers, the most frequent first; nil if there are none. Rarer words count as missing.
  package let words: [String]?
  package let hasMissing: Bool
  /// The distribution of the numbers inside the bins; nil without bins.
  package let histogram: BinHistogram?
  /// How numbers in bins follow an earlier column; nil if they do not.
  package var delta: DeltaCoding?

  /// Columns of at most this many distinct values are described by their frequent values alone.
  static let mostDiscreteValues = 100
  /// ... where those make up this share of the rows.
  private static let discreteShare = 0.97
  package static let mostWords = 100

  package init(_ profile: ColumnProfile, policy: ColumnPolicy) {
    let minimumRows = policy.minimumRows
    let isMasked = policy.masks(
      profile.numbers.reduce(0) { $0 + $1.count }, unitCount: profile.keyCount)
    let tallies = profile.numberTallies
    let published = isMasked ? 0..<0 : tallies.publishable(by: minimumRows)
    let unitDecimals = NumberEncoder.unitDecimals(
      profile.numbers[published], tallies[published], decimals: profile.numberFormat.decimals,
      minimumRows: minimumRows)
    self.unitDecimals = unitDecimals
    let significantDigits = NumberEncoder.significantDigits(
      profile.numbers[published], tallies[published], decimals: profile.numberFormat.decimals,
      unitDecimals: unitDecimals, minimumRows: minimumRows)
    self.significantDigits = significantDigits
    format = NumberEncoder.format(
      profile.numbers[published], profile, unitDecimals: unitDecimals, digits: significantDigits)
    let unit = NumberUnit(decimals: unitDecimals, digits: significantDigits)
    let counted =
      published.isEmpty
      ? []
      : NumberEncoder.merged(
        zip(profile.numbers, tallies).map { number, tally in
          CountedUnit(
            unit: unit.count(number.value), count: number.count, tally: tally)
        })
    let rowCount = counted.reduce(0) { $0 + $1.count }
    let frequent = counted.filter { $0.tally.count >= minimumRows }
    let frequentShare =
      Double(frequent.reduce(0) { $0 + $1.count }) / Double(max(1, rowCount))
    if counted.count <= NumberEncoder.mostDiscreteValues,
      frequentShare > NumberEncoder.discreteShare
    {
      spikes = frequent.map(\.unit)
      edges = []
      histogram = nil
    } else {
      let spikeRows = max(minimumRows, Int((0.002 * Double(rowCount)).rounded(.up)))
      let highest = counted.reduce(0) { max($0, $1.count) }
      let hasSpikes = highest >= max(minimumRows, rowCount / 100)
      spikes = hasSpikes ? frequent.filter { $0.count >= spikeRows }.map(\.unit) : []
      let bins = NumberBins(of: counted, spikes: spikes, minimumRows: minimumRows)
      edges = bins.edges
      histogram =
        edges.isEmpty
        ? nil
        : BinHistogram(
          bins.values, edges: edges, spikes: spikes, minimumRows: minimumRows,
          isExact: profile.isExact)
    }
    let words =
      isMasked
      ? [] : profile.words.filter { $0.keyCount >= minimumRows }.prefix(NumberEncoder.mostWords)
    self.words = words.isEmpty ? nil : words.map(\.text)
    hasMissing =
      profile.missingCount > 0 || (spikes.isEmpty && edges.isEmpty)
      || words.reduce(0) { $0 + $1.count } < profile.wordCount
  }

  /// The column's own format without decimals of too few rows. Whole numbers of more than fifteen digits get a decimal
  /// point; otherwise readers would take them for codes.
  private static func format(
    _ numbers: ArraySlice<NumberCount>, _ profile: ColumnProfile, unitDecimals: Int,
    digits: SignificantDigits?
  ) -> NumberFormat {
    let format = profile.numberFormat
    let longest = pow(10, Double(exactDigits))
    // No more digits than are drawn: zeros after them would be seen.
    let drawn = mostDecimals(numbers, decimals: format.decimals)
    let shortest =
      format.isFixed ? format.decimals : min(format.minimumDecimals, max(0, drawn))
    let fewest = numbers.contains { $0.value.magnitude >= longest } ? max(1, shortest) : shortest
    var published = NumberFormat(
      decimals: max(fewest, min(format.decimals, unitDecimals)), minimumDecimals: fewest)
    published.notation = NumberEncoder.notation(
      format, of: numbers, hasDecimals: published.decimals > 0)
    if let digits {
      published.significant = SignificantNotation(
        digits: digits.digits,
        scientific: published.notation == nil ? profile.scientific?.within(digits.decades) : nil)
    }
    return published
  }

  /// A column's notation without properties that too few numbers show; nil for plain numbers.
  static func notation(
    _ format: NumberFormat, of published: ArraySlice<NumberCount>, hasDecimals: Bool
  ) -> NumberNotation? {
    guard let low = published.first?.value, let high = published.last?.value else { return nil }
    return format.notation?.reduced(to: low...high, hasDecimals: hasDecimals)
  }

  /// The values in units, with those that rounding made equal merged.
  private static func merged(_ values: [CountedUnit]) -> [CountedUnit] {
    var merged: [CountedUnit] = []
    for value in values {
      if let last = merged.last, last.unit == value.unit {
        merged[merged.count - 1].add(value)
      } else {
        merged.append(value)
      }
    }
    return merged
  }

  // MARK: Units

  /// The unit of the numbers.
  package var unit: NumberUnit { NumberUnit(decimals: unitDecimals, digits: significantDigits) }
  /// The decimal units per one: a power of ten.
  package var scale: Double { pow(10, Double(unitDecimals)) }

  // MARK: Codes

  package var binCount: Int { max(0, edges.count - 1) }
  /// The number of codes of single values and ranges.
  package var rangeCount: Int { spikes.count + binCount }
  package var vocabularySize: Int {
    wordStart + (words?.count ?? 0) + (hasMissing ? 1 : 0)
  }
  /// The code of the first word.
  package var wordStart: Int { rangeCount + (delta?.steps.count ?? 0) }
  package var missingCode: Int? { hasMissing ? vocabularySize - 1 : nil }

  /// The code of a number of units, regardless of other columns.
  package func code(of unit: Int) -> Int {
    let spike = spikes.partitioningIndex { $0 >= unit }
    if spike < spikes.count, spikes[spike] == unit { return spike }
    if binCount > 0 {
      // Beyond an end of the column that is a spike.
      if spike == 0, let first = spikes.first, first < edges[0] { return 0 }
      if spike == spikes.count, let last = spikes.last, last >= edges[binCount] { return spike - 1 }
      let above = edges.partitioningIndex { $0 > unit }
      return spikes.count + min(max(above - 1, 0), binCount - 1)
    }
    guard spike > 0 else { return 0 }
    guard spike < spikes.count else { return spikes.count - 1 }
    return unit - spikes[spike - 1] <= spikes[spike] - unit ? spike - 1 : spike
  }

  /// The code of a number of units, given the row's number in the earlier column.
  package func code(of unit: Int, value: Double, reference: Double?) -> Int {
    let code = code(of: unit)
    guard let delta, let reference, code >= spikes.count,
      let step = DeltaCoding.step(from: reference, to: value),
      let index = delta.steps.firstIndex(of: step)
    else { return code }
    return rangeCount + index
  }

  /// The units of one of the first ``rangeCount`` codes.
  package func units(of code: Int) -> Range<Int> {
    if code < spikes.count { return spikes[code]..<spikes[code] + 1 }
    let bin = code - spikes.count
    return edges[bin]..<edges[bin + 1]
  }
}
