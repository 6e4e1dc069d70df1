/// A date, a time of day or both, as they are written: what a clock and a calendar on the spot show.
public struct DateTimeValue: Sendable, Equatable {
  /// Days since 1970-01-01 in the proleptic Gregorian calendar; 0 for a time without a date.
  public var day: Int
  /// The time of day in units that the format implies (``TemporalFormat/ticksPerDay``); 0 for a date without a time.
  public var tick: Int
  /// Minutes east of UTC, where the format has them.
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
