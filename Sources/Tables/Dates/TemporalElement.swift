/// One part of a date or time as it is written.
enum TemporalElement: Sendable, Equatable {
  case literal(UInt8)
  /// Four digits.
  case year
  /// Two digits: 69 to 99 are of the twentieth century, 00 to 68 of the twenty-first, as in POSIX.
  case shortYear
  case month(isPadded: Bool)
  case monthName(MonthNames, LetterCase)
  case day(isPadded: Bool)
  /// 0 to 23.
  case hour(isPadded: Bool)
  /// 1 to 12, beside AM or PM.
  case halfDayHour(isPadded: Bool)
  case minute
  case second
  /// Decimals of a second and the sign before them.
  case fraction(separator: UInt8, digits: Int, Zeros)
  case meridiem(isUpper: Bool)
  /// The distance to UTC.
  case offset(OffsetStyle, marksUTC: Bool)

  enum LetterCase: Sendable, Equatable {
    case capitalized, upper, lower
  }

  /// What becomes of zeros at the end of a fraction.
  enum Zeros: Sendable, Equatable {
    case written
    /// Digits are left out where all are zero, and the sign before them.
    case allOrNone
    /// Zeros at the end are left out, and the sign where nothing remains.
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
