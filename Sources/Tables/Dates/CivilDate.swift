/// A date of the proleptic Gregorian calendar.
///
/// The arithmetic is Howard Hinnant's, "chrono-Compatible Low-Level Date Algorithms" (2013): years begin in March, so that
/// the leap day is the last of a year.
package struct CivilDate: Sendable, Equatable {
  package var year: Int
  /// From 1.
  package var month: Int
  /// From 1.
  package var day: Int

  /// Days since 1970-01-01 of 0001-01-01 to 9999-12-31.
  package static let days = -719_162...2_932_896

  /// A date of the years 1 to 9999; nil for a date that does not exist.
  package init?(year: Int, month: Int, day: Int) {
    guard 1...9999 ~= year, 1...12 ~= month, day >= 1,
      day <= CivilDate.dayCount(ofMonth: month, year: year)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// The date a number of days after 1970-01-01, which must be in ``days``.
  package init(daysSinceEpoch: Int) {
    assert(CivilDate.days.contains(daysSinceEpoch))
    let shifted = daysSinceEpoch + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted % 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Days since 1970-01-01.
  package var daysSinceEpoch: Int {
    let yearFromMarch = month <= 2 ? year - 1 : year
    let era = yearFromMarch / 400
    let yearOfEra = yearFromMarch % 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  private static func dayCount(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

/// A date, a time of day or both, in local time as they are written.
public struct DateTimeValue: Sendable, Equatable {
  /// Days since 1970-01-01 in the proleptic Gregorian calendar; 0 for a time without a date.
  public var day: Int
  /// The time of day in units that the format implies (``TemporalFormat/ticksPerDay``); 0 for a date without a time.
  public var tick: Int
  /// Minutes east of UTC; nil if none are written.
  public var offset: Int?

  /// - Parameters:
  ///   - day: days since 1970-01-01.
  ///   - tick: the time of day in the format's units.
  ///   - offset: minutes east of UTC.
  public init(day: Int, tick: Int = 0, offset: Int? = nil) {
    self.day = day
    self.tick = tick
    self.offset = offset
  }
}
