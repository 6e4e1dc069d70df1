import Foundation
import Tables

/// The common unit in which values of ordered columns are compared and subtracted as whole numbers.
package enum OrdinalScale: Codable, Equatable, Sendable {
  /// Units of a decimal place.
  case decimals(Int)
  /// Numbers of many decades.
  case significant(SignificantDigits)
  /// Parts of a day: the number of parts in a day.
  case ticks(perDay: Int)

  /// The most parts of a day; finer ones are rounded, so that all years of the calendar can be counted.
  static let mostTicksPerDay = 86_400_000

  /// The parts of a day that formats of dates have, up to ``mostTicksPerDay``: days, minutes, seconds and decimals of these.
  static let dayParts = [1, 1_440, 86_400, 864_000, 8_640_000, mostTicksPerDay]

  /// The scale of some dates.
  static func ofDateTimes(ticksPerDay: Int) -> OrdinalScale {
    .ticks(perDay: min(ticksPerDay, mostTicksPerDay))
  }

  func ordinal(of number: Double) -> Int {
    switch self {
    case .decimals(let decimals):
      NumberEncoder.units(number, scale: pow(10, Double(decimals)))
    case .significant(let digits): digits.count(number)
    case .ticks: 0
    }
  }

  func number(at ordinal: Int) -> Double {
    switch self {
    case .decimals(let decimals): Double(ordinal) / pow(10, Double(decimals))
    case .significant(let digits): digits.value(ordinal)
    case .ticks: 0
    }
  }

  /// The ordinal of a date or time; values with an offset are compared in UTC.
  func ordinal(of dateTime: DateTimeValue, in format: TemporalFormat) -> Int {
    guard case .ticks(let perDay) = self else { return 0 }
    let tick =
      perDay >= format.ticksPerDay
      ? dateTime.tick * (perDay / format.ticksPerDay)
      : dateTime.tick / (format.ticksPerDay / perDay)
    return dateTime.day * perDay + tick - (dateTime.offset ?? 0) * (perDay / 1440)
  }

  /// The date and local time of an ordinal at an offset.
  func dateTime(at ordinal: Int, in format: TemporalFormat, offset: Int?) -> DateTimeValue {
    guard case .ticks(let perDay) = self else { return DateTimeValue(day: 0) }
    let local = ordinal + (offset ?? 0) * (perDay / 1440)
    let day = Int((Double(local) / Double(perDay)).rounded(.down))
    let tick = (local - day.clamped(to: format.days) * perDay).clamped(to: 0...perDay - 1)
    return DateTimeValue(
      day: day.clamped(to: format.days),
      tick: perDay >= format.ticksPerDay
        ? tick / (perDay / format.ticksPerDay) : tick * (format.ticksPerDay / perDay),
      offset: offset)
  }
}

/// A value that can be compared.
enum OrderedValue {
  case none
  case number(Double)
  case dateTime(DateTimeValue, TemporalFormat)

  /// The ordinal of the value; nil if there is no value or it is of another kind than the scale.
  func ordinal(_ scale: OrdinalScale) -> Int? {
    switch (self, scale) {
    case (.number(let number), .decimals), (.number(let number), .significant):
      scale.ordinal(of: number)
    case (.dateTime(let dateTime, let format), .ticks): scale.ordinal(of: dateTime, in: format)
    default: nil
    }
  }

  /// The least ordinal that is not below the value, or the greatest that is not above it: numbers may have more digits than
  /// the scale has.
  func ordinal(_ scale: OrdinalScale, isLower: Bool) -> Int? {
    guard case .number(let number) = self, case .significant = scale else { return ordinal(scale) }
    let nearest = scale.ordinal(of: number)
    let rounded = scale.number(at: nearest)
    if isLower { return rounded < number ? nearest + 1 : nearest }
    return rounded > number ? nearest - 1 : nearest
  }

  /// The number, or the days since 1970 of a date; NaN without a value.
  var number: Double {
    switch self {
    case .none: .nan
    case .number(let number): number
    case .dateTime(let dateTime, let format): format.days(of: dateTime)
    }
  }

  /// Reads a field of a column.
  ///
  /// - Parameter format: the format of the column's dates; nil for numbers.
  init(_ field: UnsafeBufferPointer<UInt8>, format: TemporalFormat?) {
    if let format {
      self = format.parse(field).map { .dateTime($0, format) } ?? .none
    } else {
      self = tableNumber(field).map { .number($0.value) } ?? .none
    }
  }
}
