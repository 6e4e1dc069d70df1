import Tables
import TestSupport
import Testing

@Suite struct TemporalDetectionTests {
  @Test(
    arguments: [
      (["2019-01-15", "2018-12-31"], "%Y-%m-%d"),
      (["2019-1-5", "2018-12-31"], "%Y-%-m-%-d"),
      (["2019/01/15"], "%Y/%m/%d"), (["15.01.2019"], "%d.%m.%Y"),
      (["5.1.2019", "15.10.2019"], "%-d.%-m.%Y"),
      // A day beyond 12 settles the order; without one, slashes are read month first and hyphens day first.
      (["01/02/2019", "15/01/2019"], "%d/%m/%Y"), (["01/15/2019", "01/02/2019"], "%m/%d/%Y"),
      (["03/04/2019", "05/06/2019"], "%m/%d/%Y"), (["03-04-2019", "05-06-2019"], "%d-%m-%Y"),
      (["01/04/2019", "01/06/2019"], "%d/%m/%Y"), (["01/01/2019", "01/01/2020"], "%m/%d/%Y"),
      (["03.01.2019", "06.01.2019"], "%d.%m.%Y"), (["3/4/2019", "12/25/2019"], "%-m/%-d/%Y"),
      (["12/25/19", "01/02/98"], "%m/%d/%y"), (["25.12.98"], "%d.%m.%y"),
      (["15-Jan-2019", "01-May-2019"], "%d-%b-%Y"), (["15-JAN-19"], "%d-%^b-%y"),
      (["Jan 15, 2019", "May 5, 2019"], "%b %-d, %Y"),
      (["May 05, 2019", "June 15, 2019"], "%B %d, %Y"),
      (["15JAN2019"], "%d%^b%Y"), (["2019-01", "2018-12"], "%Y-%m"), (["01/2019"], "%m/%Y"),
      (["2019-01-15T13:05:59Z"], "%Y-%m-%dT%H:%M:%S%:Z"),
      (["2019-01-15T13:05:59+01:00", "2019-07-15T13:05:59+02:00"], "%Y-%m-%dT%H:%M:%S%:z"),
      (["2019-01-15T13:05:59Z", "2019-07-15T13:05:59+02:00"], "%Y-%m-%dT%H:%M:%S%:Z"),
      (["2019-01-15 13:05:59+0100"], "%Y-%m-%d %H:%M:%S%z"),
      (["2019-01-15 13:05:59 UTC"], "%Y-%m-%d %H:%M:%S UTC"),
      (["2019-01-15 13:05"], "%Y-%m-%d %H:%M"),
      (["2019-01-15 13:05:59.120", "2019-01-15 13:05:59.000"], "%Y-%m-%d %H:%M:%S%.3N"),
      (["2019-01-15 13:05:59", "2019-01-15 13:05:59.001200"], "%Y-%m-%d %H:%M:%S%.?6N"),
      (["2019-01-15 13:05:59", "2019-01-15 13:05:59.0012"], "%Y-%m-%d %H:%M:%S%.-4N"),
      (["1/5/2019 1:05:00 PM", "12/25/2019 12:00:00 AM"], "%-m/%-d/%Y %-I:%M:%S %p"),
      (["10/Oct/2000:13:55:36 -0700"], "%d/%b/%Y:%H:%M:%S %z"),
      (["13:05", "09:30"], "%H:%M"), (["9:30", "13:05"], "%-H:%M"), (["9:30am"], "%-I:%M%P"),
      (["20190115T130559Z"], "%Y%m%dT%H%M%SZ"),
    ] as [([String], String)])
  func detects(texts: [String], pattern: String) {
    #expect(TemporalFormat(detecting: texts)?.pattern == pattern)
  }

  @Test(arguments: [
    [], [""], ["2019-02-30"], ["2019-01-15", "x"], ["2019-01-15", "2019-01-15 10:00"],
    ["01.02.2019", "1.2.2019"], ["13/13/2019"], ["20190115"], ["130559"], ["2019"], ["1.5"],
    ["1234-05"], ["12-12-12"], ["65:30"], ["10:00", "10:00:00"], ["2019-01-15T25:00"], ["Monday"],
    ["May"], ["201901"],
  ])
  func leavesOtherTextsAlone(texts: [String]) {
    #expect(TemporalFormat(detecting: texts) == nil)
  }

  @Test func readsBareDigitsWhereTheyArePlainlyDates() {
    #expect(TemporalFormat(detecting: ["20190115"], named: "birthDate")?.pattern == "%Y%m%d")
    #expect(TemporalFormat(detecting: ["18990115"], named: "date") == nil)
    let march = (1...31).map { "201903\($0 < 10 ? "0" : "")\($0)" }
    #expect(TemporalFormat(detecting: march, named: "x")?.pattern == "%Y%m%d")
    #expect(TemporalFormat(detecting: march.prefix(19), named: "x") == nil)
    #expect(
      TemporalFormat(detecting: ["20190115130559"], named: "time stamp")?.pattern == "%Y%m%d%H%M%S")
  }

  private static let patterns = [
    "%Y-%m-%d", "%-d.%-m.%Y", "%d/%m/%Y", "%-m/%-d/%Y", "%d-%b-%Y", "%^B %-d, %Y", "%Y/%m/%d",
    "%H:%M", "%-I:%M %p", "%H:%M:%S%.-9N", "%Y-%m-%dT%H:%M:%S%.3N%:Z", "%Y-%m-%d %H:%M:%S%.?6N%z",
    "%d.%m.%Y %H:%M", "%Y-%m-%d %-H:%M:%S%#z", "%-m/%-d/%Y %-I:%M:%S %P", "%Y-%m-%dT%H:%M%:z",
  ]

  /// A column written in a format is detected as one, and every text comes back byte by byte.
  @Test(arguments: patterns, 0..<8)
  func writesBackWhatItReads(pattern: String, seed: Int) throws {
    var generator = SplitMix64(seed: UInt64(seed))
    let source = try #require(TemporalFormat(pattern: pattern))
    func text(_ format: TemporalFormat, _ dateTime: DateTimeValue) -> String {
      var output: [UInt8] = []
      format.append(dateTime, to: &output)
      return String(decoding: output, as: UTF8.self)
    }
    let texts = (0..<300).map { _ in
      let step = [1, 1000, 1_000_000].randomElement(using: &generator)!
      let ticks = source.ticksPerDay
      return text(
        source,
        DateTimeValue(
          day: Int.random(in: CivilDate.days, using: &generator),
          tick: Int.random(in: 0..<ticks, using: &generator) / step * step,
          offset: Int.random(in: -14...14, using: &generator) * 60))
    }
    let format = try #require(TemporalFormat(detecting: texts))
    for expected in texts {
      let dateTime = try #require(withBytes(expected) { format.parse($0) })
      #expect(text(format, dateTime) == expected)
      #expect(withBytes(expected) { source.parse($0) } == dateTime)
    }
  }

  /// Any bytes are read or refused without a trap, and what is read is written back.
  @Test(arguments: patterns)
  func readsAnyBytes(pattern: String) throws {
    var generator = SplitMix64(seed: 7)
    let format = try #require(TemporalFormat(pattern: pattern))
    var output: [UInt8] = []
    format.append(DateTimeValue(day: 17_911, tick: format.ticksPerDay / 3, offset: 60), to: &output)
    for _ in 0..<5_000 {
      var bytes = output
      for _ in 0...Int.random(in: 0..<3, using: &generator) where !bytes.isEmpty {
        let index = Int.random(in: bytes.indices, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes.remove(at: index)
        case 1: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: index)
        case 2: bytes[index] = UInt8.random(in: 48...57, using: &generator)
        default: bytes[index] = UInt8.random(in: 0...255, using: &generator)
        }
      }
      let dateTime = bytes.withUnsafeBufferPointer { format.parse($0) }
      guard let dateTime else { continue }
      var written: [UInt8] = []
      format.append(dateTime, to: &written)
      #expect(written == bytes)
    }
  }
}
