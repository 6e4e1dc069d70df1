import Foundation
import Tables

/// The bins in which a column of numbers is drawn, chosen by its real values.
///
/// They are of one width, or of one ratio where a long tail would leave a single bar. A value that most rows share would
/// dwarf all others: like missing values and those beyond the bins it is counted separately.
package struct HistogramBins: Sendable, Equatable {
  /// One more than there are bins; empty when all values are counted apart.
  package let borders: [Double]
  package let isLogarithmic: Bool
  /// The value that more than half of the rows have, if there are many others.
  package let spike: Double?
  private let isWhole: Bool

  private static let binLimit = 36

  package var binCount: Int { max(0, borders.count - 1) }

  /// Values that are counted separately, in the order of ``shares(of:)`` after the bins.
  package var extras: [String] {
    // The borders of whole numbers lie half way between two of them.
    let shift = isWhole ? 0.5 : 0
    let range =
      borders.isEmpty
      ? ["lower", "higher"]
      : [
        "below \(Self.text(borders[0] + shift))",
        "above \(Self.text(borders[binCount] - shift))",
      ]
    return (spike.map { ["= \(Self.text($0))"] } ?? []) + range + ["missing"]
  }

  package init(real: [Double]) {
    let values = real.filter { $0.isFinite }.sorted()
    let spike = Self.spike(of: values)
    let rest = spike.map { spike in values.filter { $0 != spike } } ?? values
    self.spike = spike
    isWhole = rest.allSatisfy { $0 == $0.rounded() }
    guard let smallest = rest.first, let largest = rest.last else {
      (borders, isLogarithmic) = ([], false)
      return
    }
    var (low, high) = (rest.quantile(0.005), rest.quantile(0.995))
    isLogarithmic = Self.hasLongTail(low, rest.quantile(0.5), high)
    if isLogarithmic {
      if smallest > 0 && low / smallest < 4 { low = smallest }
      if largest / high < 4 { high = largest }
      borders = Self.logarithmicBorders(low, high, isWhole: isWhole)
    } else {
      let (lower, upper) = (rest.quantile(0.25), rest.quantile(0.75))
      let reach = 8 * (upper - lower)
      // A tail that is far longer than the middle half would leave a single bar.
      if reach > 0, high - low > 2.5 * reach {
        (low, high) = (max(low, lower - reach), min(high, upper + reach))
      }
      // A short tail is shown whole.
      let margin = 0.5 * (high - low)
      if smallest >= low - margin { low = smallest }
      if largest <= high + margin { high = largest }
      borders = Self.evenBorders(low, high, isWhole: isWhole)
    }
  }

  /// The shares of the rows in the bins, then those of ``extras``.
  package func shares(of values: [Double]) -> [Double] {
    let below = binCount + (spike == nil ? 0 : 1)
    var counts = [Int](repeating: 0, count: below + 3)
    for value in values {
      if value.isNaN {
        counts[below + 2] += 1
      } else if value == spike {
        counts[binCount] += 1
      } else if value < borders.first ?? spike ?? 0 {
        counts[below] += 1
      } else if value > borders.last ?? spike ?? 0 {
        counts[below + 1] += 1
      } else {
        counts[bin(of: value)] += 1
      }
    }
    return counts.map { Double($0) / Double(max(values.count, 1)) }
  }

  /// The bin of a value between the outer borders; a border belongs to the bin above it, the last one to that below.
  private func bin(of value: Double) -> Int {
    (1..<max(1, binCount)).partitioningIndex { !(borders[$0] <= value) } - 1
  }

  /// The middle value if more than half of the values are this one.
  private static func spike(of sorted: [Double]) -> Double? {
    guard let first = sorted.first, first != sorted.last else { return nil }
    let middle = sorted[sorted.count / 2]
    return sorted.count { $0 == middle } * 2 > sorted.count ? middle : nil
  }

  private static func hasLongTail(_ low: Double, _ middle: Double, _ high: Double) -> Bool {
    guard low > 0, high - middle > 8 * (middle - low) else { return false }
    return log(high / middle) < 4 * log(middle / low) || high / low > 1000
  }

  private static func evenBorders(_ low: Double, _ high: Double, isWhole: Bool) -> [Double] {
    let span = high - low
    guard span > 0, span.isFinite else {
      let margin = max(0.5, abs(low) * 0.005)
      return [low - margin, low + margin]
    }
    let step = max(isWhole ? 1 : 0, wholeStep(span / Double(binLimit), isWhole: isWhole))
    // Whole numbers lie in the middle of a bin as wide as 1, and no bin holds more of them than its neighbour.
    let shift = isWhole ? 0.5 : 0
    let first = ((low + shift) / step).rounded(.down) * step - shift
    let count = Int(((high - first) / step).rounded(.down)) + 1
    guard first + step > first, count <= 4 * binLimit else { return [low, high] }
    let borders = (0...count).map { first + Double($0) * step }
    // A largest value on a border needs no bin of its own.
    return borders.count > 2 && borders[count - 1] >= high ? Array(borders.dropLast()) : borders
  }

  private static func logarithmicBorders(_ low: Double, _ high: Double, isWhole: Bool) -> [Double] {
    let (low, high) = isWhole ? (low - 0.5, high + 0.5) : (low, high)
    var borders = [low]
    for index in 1..<binLimit {
      let border = low * pow(high / low, Double(index) / Double(binLimit))
      let rounded = isWhole ? border.rounded(.down) + 0.5 : border
      if rounded > borders[borders.count - 1] && rounded < high { borders.append(rounded) }
    }
    return borders + [high]
  }

  private static func wholeStep(_ size: Double, isWhole: Bool) -> Double {
    if isWhole && size <= 4 { return max(1, size.rounded(.up)) }
    return Ticks.step(atLeast: size)
  }

  private static func text(_ value: Double) -> String {
    NumberText.number(value, significant: 5)
  }
}
