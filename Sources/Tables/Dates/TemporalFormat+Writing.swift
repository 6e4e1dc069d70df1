extension TemporalFormat {
  /// Appends a date in this format.
  ///
  /// Values that the format cannot write are replaced by the nearest that it can: days outside ``days``, ticks outside the day,
  /// offsets of a day or more, and offsets with minutes if only hours are written. A missing offset is written as that of UTC.
  public func append(_ dateTime: DateTimeValue, to output: inout [UInt8]) {
    let date = CivilDate(
      daysSinceEpoch: min(max(dateTime.day, days.lowerBound), days.upperBound))
    let tick = min(max(dateTime.tick, 0), ticksPerDay - 1)
    let seconds = ticksPerDay == 1440 ? tick * 60 : tick / max(1, ticksPerDay / 86_400)
    let hour = seconds / 3600
    for element in elements {
      switch element {
      case .literal(let byte): output.append(byte)
      case .year:
        Self.append(date.year / 100, isPadded: true, to: &output)
        Self.append(date.year % 100, isPadded: true, to: &output)
      case .shortYear: Self.append(date.year % 100, isPadded: true, to: &output)
      case .month(let isPadded): Self.append(date.month, isPadded: isPadded, to: &output)
      case .monthName(let language, let letterCase):
        output += language.names(letterCase)[date.month - 1]
      case .day(let isPadded): Self.append(date.day, isPadded: isPadded, to: &output)
      case .hour(let isPadded): Self.append(hour, isPadded: isPadded, to: &output)
      case .halfDayHour(let isPadded):
        Self.append((hour + 11) % 12 + 1, isPadded: isPadded, to: &output)
      case .minute: Self.append(seconds / 60 % 60, isPadded: true, to: &output)
      case .second: Self.append(seconds % 60, isPadded: true, to: &output)
      case .fraction(let separator, let digits, let zeros):
        Self.append(
          fraction: tick % integerPowersOfTen[digits], separator: separator, digits: digits, zeros,
          to: &output)
      case .meridiem(let isUpper):
        let letters = isUpper ? (hour < 12 ? "AM" : "PM") : (hour < 12 ? "am" : "pm")
        output += letters.utf8
      case .offset(let style, let marksUTC):
        Self.append(offset: dateTime.offset ?? 0, style, marksUTC: marksUTC, to: &output)
      }
    }
  }

  /// A number below 100.
  private static func append(_ number: Int, isPadded: Bool, to output: inout [UInt8]) {
    if isPadded || number >= 10 {
      output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
    }
    output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
  }

  private static func append(
    fraction: Int, separator: UInt8, digits: Int, _ zeros: TemporalElement.Zeros,
    to output: inout [UInt8]
  ) {
    if fraction == 0 && zeros != .written { return }
    var (rest, shown) = (fraction, digits)
    while zeros == .trimmed && rest % 10 == 0 {
      rest /= 10
      shown -= 1
    }
    output.append(separator)
    for place in stride(from: shown - 1, through: 0, by: -1) {
      let digit = rest / integerPowersOfTen[place] % 10
      output.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
    }
  }

  private static func append(
    offset: Int, _ style: TemporalElement.OffsetStyle, marksUTC: Bool, to output: inout [UInt8]
  ) {
    var distance = min(offset.magnitude, 24 * 60 - 1)
    if style == .hours { distance -= distance % 60 }
    if distance == 0 && marksUTC { return output.append(UInt8(ascii: "Z")) }
    output.append(UInt8(ascii: offset < 0 && distance > 0 ? "-" : "+"))
    append(Int(distance) / 60, isPadded: true, to: &output)
    if style == .hours { return }
    if style == .colon { output.append(UInt8(ascii: ":")) }
    append(Int(distance) % 60, isPadded: true, to: &output)
  }
}
