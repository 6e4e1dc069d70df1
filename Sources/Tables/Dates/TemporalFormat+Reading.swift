extension TemporalFormat {
  /// Reads a field that consists of a date or time in this format.
  ///
  /// - Returns: nil for any other text and for dates that do not exist.
  public func parse(_ field: UnsafeBufferPointer<UInt8>) -> DateTimeValue? {
    var reader = TemporalReader(field)
    for element in elements where !reader.read(element) { return nil }
    return reader.isAtEnd ? reader.dateTime : nil
  }
}

/// Collects the values of the elements of a date or time.
struct TemporalReader {
  private var cursor: ByteCursor
  private var year = 1970
  private var month = 1
  private var day = 1
  private var hour = 0
  private var hasHalfDays = false
  private var isAfternoon = false
  private var minute = 0
  private var second: Int?
  private var fraction = 0
  private var fractionDigits = 0
  private var offset: Int?

  init(_ bytes: UnsafeBufferPointer<UInt8>) { cursor = ByteCursor(bytes) }

  var isAtEnd: Bool { cursor.isAtEnd }

  /// The value that was read; nil for a date that does not exist.
  var dateTime: DateTimeValue? {
    guard let date = CivilDate(year: year, month: month, day: day) else { return nil }
    let hours = hasHalfDays ? hour % 12 + (isAfternoon ? 12 : 0) : hour
    var tick = hours * 60 + minute
    if let second { tick = (tick * 60 + second) * integerPowersOfTen[fractionDigits] + fraction }
    return DateTimeValue(day: date.daysSinceEpoch, tick: tick, offset: offset)
  }

  /// Reads an element; false if the text has something else.
  mutating func read(_ element: TemporalElement) -> Bool {
    switch element {
    case .literal(let byte): return cursor.skip(byte)
    case .year: return Self.set(&year, cursor.number(digits: 4))
    case .shortYear:
      return Self.set(&year, cursor.number(digits: 2).map { $0 + ($0 >= 69 ? 1900 : 2000) })
    case .month(let isPadded):
      return Self.set(&month, cursor.number(isPadded: isPadded, in: 1...12))
    case .monthName(let language, let letterCase):
      let names = language.names(letterCase)
      for index in names.indices where cursor.skip(names[index]) {
        month = index + 1
        return true
      }
      return false
    case .day(let isPadded): return Self.set(&day, cursor.number(isPadded: isPadded, in: 1...31))
    case .hour(let isPadded): return Self.set(&hour, cursor.number(isPadded: isPadded, in: 0...23))
    case .halfDayHour(let isPadded):
      hasHalfDays = true
      return Self.set(&hour, cursor.number(isPadded: isPadded, in: 1...12))
    case .minute: return Self.set(&minute, cursor.number(isPadded: true, in: 0...59))
    case .second:
      second = cursor.number(isPadded: true, in: 0...59)
      return second != nil
    case .fraction(let separator, let digits, let zeros):
      fractionDigits = digits
      return readFraction(separator: separator, digits: digits, zeros)
    case .meridiem(let isUpper):
      let letterCase: UInt8 = isUpper ? 0 : 0x20
      isAfternoon = cursor.skip(UInt8(ascii: "P") | letterCase)
      return (isAfternoon || cursor.skip(UInt8(ascii: "A") | letterCase))
        && cursor.skip(UInt8(ascii: "M") | letterCase)
    case .offset(let style, let marksUTC):
      offset = readOffset(style, marksUTC: marksUTC)
      return offset != nil
    }
  }

  @inline(__always)
  private static func set(_ part: inout Int, _ number: Int?) -> Bool {
    guard let number else { return false }
    part = number
    return true
  }

  private mutating func readFraction(
    separator: UInt8, digits: Int, _ zeros: TemporalElement.Zeros
  ) -> Bool {
    guard cursor.skip(separator) else { return zeros != .written }
    let count = zeros == .trimmed ? cursor.digitCount(limit: digits) : digits
    guard count > 0, let number = cursor.number(digits: count) else { return false }
    fraction = number * integerPowersOfTen[digits - count]
    switch zeros {
    case .written: return true
    case .allOrNone: return number != 0
    case .trimmed: return number % 10 != 0
    }
  }

  /// Reads an offset from UTC. A zero offset has one spelling: `Z` if the format has it, otherwise a plus sign.
  private mutating func readOffset(
    _ style: TemporalElement.OffsetStyle, marksUTC: Bool
  ) -> Int? {
    if marksUTC, cursor.skip(UInt8(ascii: "Z")) { return 0 }
    let isWest = cursor.skip(UInt8(ascii: "-"))
    guard isWest || cursor.skip(UInt8(ascii: "+")),
      let hours = cursor.number(isPadded: true, in: 0...23)
    else { return nil }
    var distance = hours * 60
    if style == .colon && !cursor.skip(UInt8(ascii: ":")) { return nil }
    if style != .hours {
      guard let minutes = cursor.number(isPadded: true, in: 0...59) else { return nil }
      distance += minutes
    }
    if distance == 0 && (isWest || marksUTC) { return nil }
    return isWest ? -distance : distance
  }
}
