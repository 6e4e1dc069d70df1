/// One part of the format of a date or time.
enum TemporalElement: Sendable, Equatable {
  case literal(UInt8)
  /// Four digits.
  case year
  /// Two digits: 69 to 99 mean 1969 to 1999, 00 to 68 mean 2000 to 2068, as in POSIX.
  case shortYear
  case month(isPadded: Bool)
  case monthName(MonthNames, LetterCase)
  case day(isPadded: Bool)
  /// 0 to 23.
  case hour(isPadded: Bool)
  /// 1 to 12, with AM or PM.
  case halfDayHour(isPadded: Bool)
  case minute
  case second
  /// Decimals of a second and the sign before them.
  case fraction(separator: UInt8, digits: Int, Zeros)
  case meridiem(isUpper: Bool)
  /// The offset from UTC.
  case offset(OffsetStyle, marksUTC: Bool)

  enum LetterCase: Sendable, Equatable {
    case capitalized, upper, lower
  }

  /// How zeros at the end of a fraction are written.
  enum Zeros: Sendable, Equatable {
    case written
    /// The fraction and its decimal sign are left out if all digits are zero.
    case allOrNone
    /// Zeros at the end are left out, and the decimal sign if no digit remains.
    case trimmed
  }

  enum OffsetStyle: Sendable, Equatable {
    /// `+01`
    case hours
    /// `+0100`
    case compact
    /// `+01:00`
    case colon
  }
}

/// 10 to the power of 0 to 9.
let integerPowersOfTen = [
  1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
]
