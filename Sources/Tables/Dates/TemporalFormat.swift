/// How the dates, times or timestamps of a column are written.
///
/// A format reads exactly what it writes: a text that was read is written as the same bytes. Dates are of the years 1 to
/// 9999 of the proleptic Gregorian calendar, as in ISO 8601; there is no leap second and no 24:00.
public struct TemporalFormat: Sendable, Equatable {
  /// The parts of a date or time that a format has.
  public enum Content: Sendable, Equatable {
    case date, time, timestamp
  }

  /// Whether it is a date, a time of day or both.
  public let content: Content
  /// The number of ticks in a day (see ``DateTimeValue/tick``): 1 without a time, otherwise 1440 minutes, 86400 seconds or
  /// fractions of seconds.
  public let ticksPerDay: Int
  /// Whether the offset from UTC is written.
  public let hasOffset: Bool
  /// The days that can be written: years of two digits are 1969 to 2068.
  public let days: ClosedRange<Int>
  /// The parts from left to right.
  let elements: [TemporalElement]

  /// - Returns: nil if the elements are not one date, one time or both, or could not be read back.
  init?(_ elements: [TemporalElement]) {
    var parts = Parts()
    for (index, element) in elements.enumerated() {
      guard parts.add(element) else { return nil }
      let next = index + 1 < elements.count ? elements[index + 1] : nil
      if element.endsWhereDigitsEnd, next?.mayBeginWithDigit == true { return nil }
    }
    guard let content = parts.content else { return nil }
    self.elements = elements
    self.content = content
    ticksPerDay = parts.ticksPerDay
    hasOffset = parts.hasOffset
    days = parts.hasShortYear ? -365...36_159 : CivilDate.days
  }
}

/// The parts of a date and time that the elements of a format have.
private struct Parts {
  private var hasYear = false
  private var hasMonth = false
  private var hasDay = false
  private var hasHour = false
  private var hasHalfDayHour = false
  private var hasMeridiem = false
  private var hasMinute = false
  private var hasSecond = false
  private var digits: Int?
  private(set) var hasShortYear = false
  private(set) var hasOffset = false

  /// False if a part occurs twice.
  mutating func add(_ element: TemporalElement) -> Bool {
    func isFirst(_ flag: inout Bool) -> Bool {
      defer { flag = true }
      return !flag
    }
    switch element {
    case .literal: return true
    case .year: return isFirst(&hasYear)
    case .shortYear: return isFirst(&hasYear) && isFirst(&hasShortYear)
    case .month, .monthName: return isFirst(&hasMonth)
    case .day: return isFirst(&hasDay)
    case .hour: return isFirst(&hasHour)
    case .halfDayHour: return isFirst(&hasHour) && isFirst(&hasHalfDayHour)
    case .minute: return isFirst(&hasMinute)
    case .second: return isFirst(&hasSecond)
    case .fraction(_, let digits, _):
      defer { self.digits = digits }
      return self.digits == nil && 1...9 ~= digits
    case .meridiem: return isFirst(&hasMeridiem)
    case .offset: return isFirst(&hasOffset)
    }
  }

  /// nil if a part is missing.
  var content: TemporalFormat.Content? {
    let hasDate = hasYear && hasMonth
    let hasTime = hasHour && hasMinute
    guard hasDate == hasYear, hasDate == hasMonth, hasDate || !hasDay, hasTime == hasHour,
      hasTime == hasMinute, hasTime || !hasSecond, hasSecond || digits == nil,
      hasHalfDayHour == hasMeridiem, hasTime || !hasOffset, hasDay || !(hasDate && hasTime)
    else { return nil }
    if hasDate { return hasTime ? .timestamp : .date }
    return hasTime ? .time : nil
  }

  var ticksPerDay: Int {
    guard hasHour else { return 1 }
    return hasSecond ? 86_400 * integerPowersOfTen[digits ?? 0] : 1440
  }
}

extension TemporalElement {
  /// Whether the next element must not begin with a digit, because the end of this one could not be found.
  fileprivate var endsWhereDigitsEnd: Bool {
    switch self {
    case .month(let isPadded), .day(let isPadded), .hour(let isPadded), .halfDayHour(let isPadded):
      !isPadded
    case .fraction(_, _, let zeros): zeros != .written
    case .offset(.hours, _): true
    default: false
    }
  }

  fileprivate var mayBeginWithDigit: Bool {
    switch self {
    case .literal(let byte): byte.isDigit
    case .monthName, .meridiem, .offset: false
    case .fraction(let separator, _, _): separator.isDigit
    default: true
    }
  }
}
