import Foundation
import Tables

/// How the values of one column are cut into a few bins, learnt on real rows.
///
/// Numbers have at least ten bins of about equally many rows where they have as many distinct values, or else one for
/// each value; categories have one for each of the ten most frequent levels with at least five rows, and one for all
/// others. Missing values, empty texts and `_RARE_`, which generators write for what must not be kept, have bins of their
/// own. These are the bins of mostlyai-qa 1.10.
package struct ColumnBins: Sendable {
  /// The number of bins.
  package let count: Int
  private let kind: Kind

  private enum Kind: Sendable {
    /// Ascending borders; a bin begins at its border, the last is the end of the last bin.
    case numbers(borders: [Double])
    /// The bin of every level.
    case categories([UInt16], missing: UInt16)
  }

  /// The bins of a column, learnt on the rows of one or two real tables.
  package init(_ column: ComparedColumn, learntOn values: [ComparedValues]) {
    if let levels = column.levels {
      self.init(levels: levels, learntOn: values)
    } else {
      self.init(numbers: values.flatMap(\.numbers).filter { !$0.isNaN })
    }
  }

  /// The bin of every row.
  package func codes(of values: ComparedValues) -> [UInt16] {
    switch (kind, values) {
    case (.numbers(let borders), .numbers(let numbers)):
      return numbers.map { Self.bin(of: $0, borders: borders) }
    case (.categories(let bins, let missing), .codes(let codes)):
      return codes.map { $0 < 0 ? missing : bins[Int($0)] }
    default:
      preconditionFailure("Numbers and categories have different bins.")
    }
  }
}

// MARK: - Numbers

extension ColumnBins {
  private static let wantedCount = 10

  private init(numbers: [Double]) {
    let borders = Self.rounded(Self.borders(of: numbers.sorted()))
    count = borders.count
    kind = .numbers(borders: borders)
  }

  /// The lowest and the highest number and what lies between at even steps, until ten bins come about.
  private static func borders(of sorted: [Double]) -> [Double] {
    guard let last = sorted.last else { return [-1e10, 1e10] }
    var distinct: [Double] = []
    for number in sorted where number != distinct.last {
      distinct.append(number)
      if distinct.count > wantedCount { break }
    }
    if distinct.count <= wantedCount { return distinct + (last + 1 > last ? [last + 1] : []) }

    var borders: [Double] = []
    for pointCount in wantedCount..<max(wantedCount + 1, min(1_000, sorted.count + 1)) {
      let step = Double(sorted.count - 1) / Double(pointCount - 1)
      borders.removeAll(keepingCapacity: true)
      for point in 0..<pointCount {
        let isLast = point == pointCount - 1
        let number = isLast ? last : sorted[min(sorted.count - 1, Int(Double(point) * step))]
        if number != borders.last { borders.append(number) }
      }
      if borders.count > wantedCount { break }
    }
    return borders
  }

  /// All borders but the last rounded down to as few decimals as leave them distinct.
  private static func rounded(_ borders: [Double]) -> [Double] {
    for decimals in 0..<20 {
      let scale = pow(10, Double(decimals))
      let floors = borders.map { ($0 * scale).rounded(.down) / scale }
      if zip(floors, floors.dropFirst()).allSatisfy({ $0 < $1 }) {
        return floors.dropLast() + borders.suffix(1)
      }
    }
    return borders
  }

  /// The last bin that begins at or below the number; numbers beyond the borders go to the outer bins.
  private static func bin(of number: Double, borders: [Double]) -> UInt16 {
    if number.isNaN { return UInt16(borders.count - 1) }
    let inner = borders.indices.dropFirst().dropLast()
    return UInt16(inner.partitioningIndex { number < borders[$0] } - 1)
  }
}

// MARK: - Categories

extension ColumnBins {
  private static let minimumRows = 5
  private static let special = ["_RARE_", ""]

  private init(levels: [String], learntOn values: [ComparedValues]) {
    var counts = Array(repeating: 0, count: levels.count)
    var missingCount = 0
    for code in values.lazy.flatMap(\.codes) {
      if code < 0 { missingCount += 1 } else { counts[Int(code)] += 1 }
    }
    // Levels come with the most frequent first. Missing values take one of the ten places if they are frequent.
    let ahead = counts.prefix(Self.wantedCount).count { $0 >= missingCount }
    let isMissingFrequent = missingCount > 0 && ahead < Self.wantedCount
    let placeCount = Self.wantedCount - (isMissingFrequent ? 1 : 0)
    let top = levels.indices.prefix(placeCount).filter {
      counts[$0] >= Self.minimumRows && !Self.special.contains(levels[$0])
    }
    var bins = Array(repeating: UInt16(top.count), count: levels.count)
    for (bin, level) in top.enumerated() { bins[level] = UInt16(bin) }
    for (level, text) in levels.enumerated() {
      if let index = Self.special.firstIndex(of: text) {
        bins[level] = UInt16(top.count + 1 + index)
      }
    }
    // The frequent levels, all others, the special ones and missing values.
    count = top.count + 1 + Self.special.count + 1
    kind = .categories(bins, missing: UInt16(count - 1))
  }
}
