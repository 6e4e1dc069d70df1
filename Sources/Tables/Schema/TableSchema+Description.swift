import Foundation

extension TableSchema.Column {
  /// Describes a column by its profile.
  ///
  /// - Parameter minimumRows: the fewest rows that share what is shown: see ``TableSchema/init(of:minimumRows:)``.
  init(_ profile: ColumnProfile, rowCount: Int, minimumRows: Int) {
    self.init(name: profile.name)
    let detection = KindDetection(profile, rowCount: rowCount)
    let valueCount = max(0, rowCount - profile.missingCount)
    kind = detection.kind
    cardinality = profile.distinctCount
    missingShare = (Double(profile.missingCount) / Double(max(1, rowCount)) * 1e4).rounded() / 1e4
    let protection = ValueProtection(detection.kind, valueCount: valueCount)
    self.protection = protection
    let range: ProtectedRange? =
      switch (detection.format, protection) {
      case (.temporal(let format), .extremes):
        ProtectedRange(ofDates: profile, format, minimumRows: minimumRows)
      case (.plain, .extremes), (.plain, .places):
        ProtectedRange(ofNumbers: profile, minimumRows: minimumRows)
      default: nil
      }
    lowest = range?.lowest
    highest = range?.highest
    let words = detection.words(of: profile).filter { $0.keyCount >= minimumRows }
    if protection == .extremes, !words.isEmpty { self.words = words.map(\.text) }
    if protection == .rareValues {
      let share = profile.rareShare(valueCount: valueCount, minimumRows: minimumRows)
      let rounded = (share * 1e4).rounded() / 1e4
      if rounded > 0 {
        rareShare = rounded
        rareReplacement =
          RareValues(profile, valueCount: valueCount, minimumRows: minimumRows).phrase
      }
    }
    hint = detection.hint(of: profile, rowCount: rowCount)
  }
}

extension KindDetection {
  /// What a user should know of the column, or correct; nil if nothing.
  fileprivate func hint(of profile: ColumnProfile, rowCount: Int) -> String? {
    let column = DescribedColumn(profile: profile, rowCount: rowCount)
    switch (kind, format) {
    case (.integer, _) where column.mayReferToKeys:
      return "may refer to rows of another table: category, or --key"
    case (_, .identifier(let format)):
      guard let capacity = format.capacity, capacity < column.valueCount else { return nil }
      return "\(capacity) new ones of this length, then longer ones"
    default: return nil
    }
  }
}

/// The approximate range of a column: round numbers around the values that enough rows reach at either end.
private struct ProtectedRange {
  let lowest: String
  let highest: String

  /// Rounds to a unit that fits the range.
  ///
  /// - Parameter minimumRows: the fewest rows with values at or beyond either end.
  /// - Returns: nil for fewer rows.
  init?(ofNumbers profile: ColumnProfile, minimumRows: Int) {
    let values = profile.numbers.map { ($0.value, $0.count) }
    guard let ends = Self.ends(of: values, minimumRows: minimumRows) else { return nil }
    // One, two or five times a power of ten, so that five to ten steps cover the range.
    let width = max(ends.high - ends.low, abs(ends.high) / 1e9, 1e-9)
    let power = pow(10, floor(log10(width)))
    let step = power / (width < 2 * power ? 5 : width < 5 * power ? 2 : 1)
    let (low, high) = (
      (ends.low / step).rounded(.down) * step, (ends.high / step).rounded(.up) * step
    )
    guard step.isFinite, low.isFinite, high.isFinite else { return nil }
    let decimals = min(max(0, -log10(step).rounded(.down)), 12)
    let format = NumberFormat(decimals: Int(decimals), isFixed: false)
    func text(_ value: Double) -> String {
      var bytes: [UInt8] = []
      format.append(value, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
    lowest = text(low)
    highest = text(high)
  }

  /// Rounds to months.
  init?(ofDates profile: ColumnProfile, _ format: TemporalFormat, minimumRows: Int) {
    guard format.content != .time else { return nil }
    let numbers = profile.numbers.map { Level(text: "\(Int($0.value))", count: $0.count) }
    let days: [(Double, Int)] = (profile.levels + numbers).compactMap { level in
      var text = level.text
      return text.withUTF8 { format.parse($0) }.map { (Double($0.day), level.count) }
    }
    guard let ends = Self.ends(of: days.sorted { $0.0 < $1.0 }, minimumRows: minimumRows) else {
      return nil
    }
    func text(_ day: Double) -> String {
      let date = CivilDate(daysSinceEpoch: Int(day))
      return String(format: "%04d-%02d", date.year, date.month)
    }
    lowest = text(ends.low)
    highest = text(ends.high)
  }

  /// The smallest value with enough rows at or below it, and the largest with enough rows at or above it.
  private static func ends(
    of values: [(Double, Int)], minimumRows: Int
  ) -> (low: Double, high: Double)? {
    func end(_ values: some Sequence<(Double, Int)>) -> Double? {
      var rows = 0
      return values.first { value in
        rows += value.1
        return rows >= minimumRows
      }?.0
    }
    guard let low = end(values), let high = end(values.reversed()), low <= high else { return nil }
    return (low, high)
  }
}
