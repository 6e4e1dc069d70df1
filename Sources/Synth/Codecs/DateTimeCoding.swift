import Foundation
import NN
import Tables

/// The codec of dates and times: each calendar unit is a subfield, so the model can learn yearly, weekly and daily patterns.
package struct DateTimeCoding: Codable, Equatable, Sendable {
  /// A unit of calendar or clock.
  package enum Component: String, Codable, CaseIterable, Sendable {
    case year
    /// Whole weeks since the 1st of January.
    case week
    /// From Monday, which is 0.
    case weekday
    case month
    /// The day of the month.
    case day
    case hour
    /// The rest of the hour, in the format's units.
    case tick
    /// Minutes east of UTC.
    case offset
  }

  /// A component that has the same value in all rows.
  package struct Constant: Codable, Equatable, Sendable {
    package let component: Component
    package let value: Int

    package init(component: Component, value: Int) {
      self.component = component
      self.value = value
    }
  }

  package let format: TemporalFormat
  /// The components that vary, in the order of ``Component``; at least one.
  package let components: [Component]
  package let constants: [Constant]
  /// The range of the days; nil for times.
  package let days: ClosedRange<Int>?
  /// The range of the dates in the ordinals of ``scale``; nil without limits.
  package let limits: ClosedRange<Int>?

  /// - Parameters:
  ///   - profile: a column of spellings in the format.
  ///   - interval: the allowed days and their fractions.
  package init(
    _ format: TemporalFormat, _ profile: ColumnProfile, interval: Interval = Interval(),
    policy: ColumnPolicy
  ) {
    self.format = format
    limits =
      interval == Interval() ? nil : DateTimeCoding.ordinals(interval, format: format)
    let numbers = profile.numbers.map {
      Level(text: "\(Int($0.value))", count: $0.count, keys: $0.keys)
    }
    let dateTimes = (profile.levels + numbers).compactMap { level in
      var text = level.text
      return text.withUTF8(format.parse).map {
        (dateTime: $0, count: level.count, tally: RowTally(rows: level.count, keys: level.keys))
      }
    }
    let days =
      format.content == .time ? nil : DateTimeCoding.range(dateTimes, policy: policy)
    self.days = days
    var used: [Component] = []
    if let days {
      used +=
        DateTimeCoding.keepsMonths(dateTimes.map { ($0.dateTime.day.clamped(to: days), $0.count) })
        ? [.year, .month, .day] : [.year, .week, .weekday]
    }
    if format.ticksPerDay > 1 { used += [.hour, .tick] }
    if format.hasOffset { used.append(.offset) }
    let (components, constants) = DateTimeCoding.varying(
      used, of: dateTimes.map(\.dateTime), format: format, days: days)
    self.components = components
    self.constants = constants
  }

  /// The components that vary and those that do not.
  private static func varying(
    _ used: [Component], of dateTimes: [DateTimeValue], format: TemporalFormat,
    days: ClosedRange<Int>?
  ) -> ([Component], [Constant]) {
    var components: [Component] = []
    var constants: [Constant] = []
    for component in used {
      let values = Set(
        dateTimes.map { value(of: component, in: $0.clamped(to: days), format: format) })
      if values.count == 1, component != used[0] {
        constants.append(Constant(component: component, value: values.first!))
      } else {
        components.append(component)
      }
    }
    return (components, constants)
  }

  /// The protected range of days: enough rows lie at or beyond each end.
  private static func range(
    _ dateTimes: [(dateTime: DateTimeValue, count: Int, tally: RowTally)], policy: ColumnPolicy
  ) -> ClosedRange<Int> {
    let sorted = dateTimes.sorted { $0.dateTime.day < $1.dateTime.day }
    let published = sorted.map(\.tally).publishable(by: policy.minimumRows)
    let days = sorted[published].map(\.dateTime.day)
    // If nothing may be kept, a round day nearby.
    let year =
      sorted.isEmpty ? 2000 : CivilDate(daysSinceEpoch: sorted[sorted.count / 2].dateTime.day).year
    let other = CivilDate(year: year, month: 1, day: 1)!.daysSinceEpoch
    return (days.first ?? other)...(days.last ?? other)
  }

  /// Whether days of the month are less evenly distributed than days of the week: by divergence from even shares (Kullback and
  /// Leibler, 1951) minus the divergence expected by chance.
  private static func keepsMonths(_ days: [(day: Int, count: Int)]) -> Bool {
    var ofMonth = [Double](repeating: 0, count: 31)
    var ofWeek = [Double](repeating: 0, count: 7)
    for (day, count) in days {
      ofMonth[CivilDate(daysSinceEpoch: day).day - 1] += Double(count)
      ofWeek[weekday(of: day)] += Double(count)
    }
    // The months with a 29th, a 30th and a 31st among the 4800 months of 400 years.
    let monthShares = (0..<31).map { $0 < 28 ? 4800.0 : [4497.0, 4400, 2800][$0 - 28] }
    return divergence(ofMonth, from: monthShares)
      > divergence(ofWeek, from: ofWeek.map { _ in 1 }) + leastMonthly
  }

  /// The minimum difference in nats: seasons and single frequent days show in both.
  private static let leastMonthly = 0.25

  private static func divergence(_ counts: [Double], from shares: [Double]) -> Double {
    let (total, whole) = (counts.reduce(0, +), shares.reduce(0, +))
    let sum = zip(counts, shares).reduce(0.0) { sum, pair in
      pair.0 > 0 ? sum + pair.0 / total * log(pair.0 / total / (pair.1 / whole)) : sum
    }
    return sum - Double(counts.count - 1) / (2 * total)
  }

  private static func weekday(of day: Int) -> Int { ((day + 3) % 7 + 7) % 7 }
}

// MARK: - Taking apart and putting together

extension DateTimeCoding {
  /// Appends the components of a date or time; anything else is a word in place of the first.
  func encode(_ field: UnsafeBufferPointer<UInt8>, into subfields: inout SubfieldWriter) {
    guard let dateTime = format.parse(field) else {
      subfields.append(.word)
      return subfields.append(.missing, count: components.count - 1)
    }
    let isOutside = days.map { !$0.contains(dateTime.day) } ?? false
    for value in values(of: dateTime) {
      subfields.append(.integer(value, isNearest: isOutside))
    }
  }

  /// The values of ``components`` of a date.
  package func values(of dateTime: DateTimeValue) -> [Int] {
    let clamped = dateTime.clamped(to: days)
    return components.map { DateTimeCoding.value(of: $0, in: clamped, format: format) }
  }

  /// The date that drawn parts make; nil where the first is missing.
  func dateTime(_ parts: ArraySlice<SubfieldValue>, random: RowRandom) -> DateTimeValue? {
    dateTime(
      parts.map { if case .number(let number) = $0 { number.ordinal } else { nil } },
      random: random)
  }

  /// The date with given values of ``components``; nil if the first is missing.
  ///
  /// - Parameter random: draws components that the model left out.
  package func dateTime(_ values: [Int?], random: RowRandom) -> DateTimeValue? {
    guard case .some? = values.first else { return nil }
    func value(_ component: Component, below limit: Int) -> Int {
      if let index = components.firstIndex(of: component) {
        if let value = values[index] { return value }
      } else if let constant = constants.first(where: { $0.component == component }) {
        return constant.value
      }
      return random.below(limit, draw: Component.allCases.firstIndex(of: component)!)
    }
    var dateTime = DateTimeValue(day: 0)
    if let days {
      let middle = CivilDate(daysSinceEpoch: (days.lowerBound + days.upperBound) / 2).year
      let year = components.contains(.year) ? value(.year, below: 1) : middle
      let hasMonths = has(.month) || has(.day)
      dateTime.day =
        hasMonths
        ? DateTimeCoding.day(
          year: year, month: value(.month, below: 12), day: value(.day, below: 28))
        : DateTimeCoding.day(
          year: year, week: value(.week, below: 53), weekday: value(.weekday, below: 7))
      dateTime.day = dateTime.day.clamped(to: days)
    }
    if format.ticksPerDay > 1 {
      let perHour = max(1, format.ticksPerDay / 24)
      dateTime.tick =
        value(.hour, below: 24).clamped(to: 0...23) * perHour
        + value(.tick, below: perHour).clamped(to: 0...perHour - 1)
    }
    if format.hasOffset { dateTime.offset = value(.offset, below: 1).clamped(to: -1439...1439) }
    return limited(dateTime)
  }

  /// The scale on which dates are compared.
  var scale: OrdinalScale { .ofDateTimes(ticksPerDay: format.ticksPerDay) }

  private func limited(_ dateTime: DateTimeValue) -> DateTimeValue {
    guard let limits else { return dateTime }
    let ordinal = scale.ordinal(of: dateTime, in: format)
    guard !limits.contains(ordinal) else { return dateTime }
    return scale.dateTime(at: ordinal.clamped(to: limits), in: format, offset: dateTime.offset)
  }

  /// The dates of an interval of days and their fractions; at least one.
  static func ordinals(_ interval: Interval, format: TemporalFormat) -> ClosedRange<Int> {
    guard case .ticks(let perDay) = OrdinalScale.ofDateTimes(ticksPerDay: format.ticksPerDay) else {
      return 0...0
    }
    let all = format.days.lowerBound * perDay...(format.days.upperBound + 1) * perDay - 1
    func ordinal(_ days: Double, _ rule: FloatingPointRoundingRule) -> Int {
      // A tick's fraction of a day is not exact.
      let ticks = days * Double(perDay)
      let nearest = ticks.rounded()
      let exact = abs(ticks - nearest) < 1e-4 ? nearest : ticks.rounded(rule)
      return Int(min(max(exact, Double(all.lowerBound)), Double(all.upperBound)))
    }
    let low = min(
      ordinal(interval.lower.value, .up) + (interval.lower.isStrict ? 1 : 0), all.upperBound)
    let high = ordinal(interval.upper.value, .down) - (interval.upper.isStrict ? 1 : 0)
    return low...max(low, high)
  }

  private func has(_ component: Component) -> Bool {
    components.contains(component) || constants.contains { $0.component == component }
  }

  /// The value of a component of a date.
  private static func value(
    of component: Component, in dateTime: DateTimeValue, format: TemporalFormat
  ) -> Int {
    switch component {
    case .year: return CivilDate(daysSinceEpoch: dateTime.day).year
    case .week:
      let year = CivilDate(daysSinceEpoch: dateTime.day).year
      return (dateTime.day - firstDay(of: year)) / 7
    case .weekday: return weekday(of: dateTime.day)
    case .month: return CivilDate(daysSinceEpoch: dateTime.day).month
    case .day: return CivilDate(daysSinceEpoch: dateTime.day).day
    case .hour: return dateTime.tick / max(1, format.ticksPerDay / 24)
    case .tick: return dateTime.tick % max(1, format.ticksPerDay / 24)
    case .offset: return dateTime.offset ?? 0
    }
  }

  private static func firstDay(of year: Int) -> Int {
    CivilDate(year: year.clamped(to: 1...9999), month: 1, day: 1)!.daysSinceEpoch
  }

  /// The day of a week of the year; a weekday missing from the short last week is taken from the week before.
  private static func day(year: Int, week: Int, weekday: Int) -> Int {
    let first = firstDay(of: year) + 7 * week.clamped(to: 0...52)
    let day = first + (weekday.clamped(to: 0...6) - Self.weekday(of: first) + 7) % 7
    let last = CivilDate(year: year.clamped(to: 1...9999), month: 12, day: 31)!.daysSinceEpoch
    return day <= last ? day : day - 7
  }

  /// The day of a month; the last day if the month is shorter.
  private static func day(year: Int, month: Int, day: Int) -> Int {
    let (year, month) = (year.clamped(to: 1...9999), month.clamped(to: 1...12))
    var day = day.clamped(to: 1...31)
    while true {
      if let date = CivilDate(year: year, month: month, day: day) { return date.daysSinceEpoch }
      day -= 1
    }
  }
}

extension DateTimeValue {
  fileprivate func clamped(to days: ClosedRange<Int>?) -> DateTimeValue {
    guard let days else { return self }
    var dateTime = self
    dateTime.day = day.clamped(to: days)
    return dateTime
  }
}

extension Int {
  func clamped(to range: ClosedRange<Int>) -> Int {
    Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
  }
}

extension DateTimeCoding: ValueEncoder, ValueDecoder {
  var subfieldCount: Int { components.count }

  func encode(_ cells: RowCells, field: Int, into subfields: inout SubfieldWriter) {
    encode(cells[field], into: &subfields)
  }

  func decode(field: Int, row: Int, in block: inout DecodedBlock) {
    let values = block.subfields(of: field, row: row)
    let dateTime = dateTime(values[...], random: block.random(field: field, row: row))
    block.append(dateTime.map { .dateTime($0, format) } ?? .none, field: field)
  }

  func isConsistent(at index: Int, of fields: [Field]) -> Bool { isConsistent }
}
