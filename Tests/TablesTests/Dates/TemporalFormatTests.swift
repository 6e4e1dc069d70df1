import Foundation
import Tables
import Testing

@Suite struct TemporalFormatTests {
  private func dateTime(_ text: String, _ pattern: String) throws -> DateTimeValue? {
    let format = try #require(TemporalFormat(pattern: pattern))
    return withBytes(text) { format.parse($0) }
  }

  /// Days from Python: `(date(y, m, d) - date(1970, 1, 1)).days`.
  @Test(
    arguments: [
      ("2019-01-15", "%Y-%m-%d", 17911, 0, nil), ("0001-01-01", "%Y-%m-%d", -719_162, 0, nil),
      ("9999-12-31", "%Y-%m-%d", 2_932_896, 0, nil), ("29.2.2000", "%-d.%-m.%Y", 11016, 0, nil),
      ("15-Jan-2019", "%d-%b-%Y", 17911, 0, nil), ("JANUARY 5, 1968", "%^B %-d, %Y", -727, 0, nil),
      ("2019-02", "%Y-%m", 17928, 0, nil), ("1/5/68", "%-m/%-d/%y", 35_798, 0, nil),
      ("1/5/69", "%-m/%-d/%y", -361, 0, nil),
      ("13:05", "%H:%M", 0, 785, nil), ("13:05:59", "%H:%M:%S", 0, 47_159, nil),
      ("1:05 PM", "%-I:%M %p", 0, 785, nil), ("12:00am", "%I:%M%P", 0, 0, nil),
      ("12:00 PM", "%I:%M %p", 0, 720, nil),
      ("1970-01-02T00:00:01.250Z", "%Y-%m-%dT%H:%M:%S%.3N%:Z", 1, 1250, 0),
      ("1969-12-31 23:59:59,5-0330", "%Y-%m-%d %H:%M:%S%,-6N%z", -1, 86_399_500_000, -210),
      ("1970-01-01 00:00:00+05", "%Y-%m-%d %H:%M:%S%.?6N%#z", 0, 0, 300),
      ("2019-01-15T23:59:59.999999999", "%Y-%m-%dT%H:%M:%S%.9N", 17911, 86_399_999_999_999, nil),
    ] as [(String, String, Int, Int, Int?)])
  func readsAndWrites(text: String, pattern: String, day: Int, tick: Int, offset: Int?) throws {
    let expected = DateTimeValue(day: day, tick: tick, offset: offset)
    #expect(try dateTime(text, pattern) == expected)
    let format = try #require(TemporalFormat(pattern: pattern))
    var output: [UInt8] = []
    format.append(expected, to: &output)
    #expect(String(decoding: output, as: UTF8.self) == text)
    #expect(format.pattern == pattern)
    #expect(
      try JSONDecoder().decode(TemporalFormat.self, from: JSONEncoder().encode(format)) == format)
  }

  @Test(
    arguments: [
      ("2019-02-29", "%Y-%m-%d"), ("1900-02-29", "%Y-%m-%d"), ("2019-04-31", "%Y-%m-%d"),
      ("0000-01-01", "%Y-%m-%d"), ("2019-1-05", "%Y-%m-%d"), ("2019-01-15 ", "%Y-%m-%d"),
      ("2019-13-01", "%Y-%m-%d"), ("2019-00-10", "%Y-%m-%d"), ("2019-01-00", "%Y-%m-%d"),
      ("", "%Y-%m-%d"), ("-", "%Y-%m-%d"), ("01.2.2019", "%-d.%-m.%Y"), ("24:00", "%H:%M"),
      ("23:60", "%H:%M"), ("23:59:60", "%H:%M:%S"), ("13:00 PM", "%I:%M %p"),
      ("0:30 AM", "%-I:%M %p"), ("12:00:00.500", "%H:%M:%S%.-3N"),
      ("12:00:00.000", "%H:%M:%S%.?3N"), ("12:00:00.", "%H:%M:%S%.-3N"),
      ("12:00:00.1234", "%H:%M:%S%.-3N"), ("12:00-00:00", "%H:%M%:z"), ("12:00+00:00", "%H:%M%:Z"),
      ("12:00+24:00", "%H:%M%:z"), ("15-jan-2019", "%d-%b-%Y"), ("15-Jab-2019", "%d-%b-%Y"),
      ("１２:00", "%H:%M"),
    ])
  func refuses(text: String, pattern: String) throws {
    #expect(try dateTime(text, pattern) == nil)
  }

  @Test(arguments: [
    "", "date", "%Y", "%d", "%m-%d", "%Y-%m-%d %H", "%H:%M:%S %H", "%I:%M", "%H:%M %p",
    "%Y-%m %H:%M",
    "%.3N", "%H:%M%.3N", "%H:%M:%S%.0N", "%H:%M:%S%.N", "%H:%M:%S%.3", "%Q", "%", "%-d%m%Y", "%M",
    "%Y-%m-%d%z", "%H:%M:%S%.-3N0", "%Y-%m-%d %y",
  ])
  func refusesAPatternThatIsNoDate(pattern: String) throws {
    #expect(TemporalFormat(pattern: pattern) == nil)
    let json = try JSONEncoder().encode(pattern)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(TemporalFormat.self, from: json)
    }
  }

  @Test func writesTheNearestMomentThatItHolds() throws {
    func text(_ pattern: String, _ dateTime: DateTimeValue) throws -> String {
      var output: [UInt8] = []
      try #require(TemporalFormat(pattern: pattern)).append(dateTime, to: &output)
      return String(decoding: output, as: UTF8.self)
    }
    #expect(try text("%Y-%m-%d", DateTimeValue(day: .max)) == "9999-12-31")
    #expect(try text("%Y-%m-%d", DateTimeValue(day: .min)) == "0001-01-01")
    #expect(try text("%d.%m.%y", DateTimeValue(day: .max)) == "31.12.68")
    #expect(try text("%d.%m.%y", DateTimeValue(day: .min)) == "01.01.69")
    #expect(try text("%H:%M:%S%.3N", DateTimeValue(day: 0, tick: .max)) == "23:59:59.999")
    #expect(try text("%H:%M", DateTimeValue(day: 5, tick: -1)) == "00:00")
    #expect(try text("%H:%M%:z", DateTimeValue(day: 0, offset: .min)) == "00:00-23:59")
    #expect(try text("%H:%M%#Z", DateTimeValue(day: 0, offset: -59)) == "00:00Z")
    #expect(try text("%H:%M%z", DateTimeValue(day: 0)) == "00:00+0000")
  }

  /// The days of all dates from 1896 to 2104 and of the first of every year, counted one by one.
  @Test func countsDays() throws {
    let format = try #require(TemporalFormat(pattern: "%Y-%m-%d"))
    var day = -719_162
    for year in 1...9999 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      let months = 1896...2104 ~= year ? lengths.indices : 0..<1
      var start = day
      for month in months {
        for date in 1...(1896...2104 ~= year ? lengths[month] : 1) {
          let text = String(format: "%04d-%02d-%02d", year, month + 1, date)
          let dateTime = withBytes(text) { format.parse($0) }
          #expect(dateTime?.day == start)
          var output: [UInt8] = []
          format.append(DateTimeValue(day: start), to: &output)
          #expect(output == Array(text.utf8))
          start += 1
        }
      }
      day += lengths.reduce(0, +)
    }
    #expect(day == 2_932_897)
  }
}
