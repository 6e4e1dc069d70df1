import NN
import Synth
import Tables
import TestSupport
import Testing

@Suite struct DateTimeCodingTests {
  private func coding(
    _ texts: [String], policy: ColumnPolicy = .none, interval: Interval = Interval()
  ) throws -> DateTimeCoding {
    let format = try #require(TemporalFormat(detecting: texts, named: "time"))
    let profile = ColumnProfile(
      name: "time", type: .category, levels: texts.map { Level(text: $0, count: 1) })
    return DateTimeCoding(format, profile, interval: interval, policy: policy)
  }

  private func random(_ row: Int) -> RowRandom {
    RowRandom(philox: Philox(seed: 1, purpose: .composition), row: row, field: 0)
  }

  private func parsed(_ text: String, _ format: TemporalFormat) throws -> DateTimeValue {
    var text = text
    let dateTime = text.withUTF8(format.parse)
    return try #require(dateTime)
  }

  @Test func daysAreYearsWeeksAndWeekdays() throws {
    let coding = try coding(["2019-01-01", "2020-02-29", "2021-12-31", "2022-06-15", "2019-01-10"])
    #expect(coding.components == [.year, .week, .weekday])
    // The 1st of January 2019 was a Tuesday, the 31st of December 2021 a Friday.
    #expect(coding.values(of: try parsed("2019-01-01", coding.format)) == [2019, 0, 1])
    #expect(coding.values(of: try parsed("2019-01-10", coding.format)) == [2019, 1, 3])
    #expect(coding.values(of: try parsed("2021-12-31", coding.format)) == [2021, 52, 4])
  }

  @Test func firstsOfMonthsAreYearsMonthsAndDays() throws {
    let texts = (2015...2020).flatMap { year in
      (1...12).map { "\(year)-\($0 < 10 ? "0" : "")\($0)-0\($0 % 3 == 0 ? 5 : 1)" }
    }
    let coding = try coding(texts)
    #expect(coding.components == [.year, .month, .day])
    #expect(coding.values(of: try parsed("2016-03-05", coding.format)) == [2016, 3, 5])
  }

  @Test func whatDoesNotVaryIsNoPart() throws {
    let coding = try coding(
      (1...28).map { "2020-02-\($0 < 10 ? "0" : "")\($0)T12:00:00+01:00" })
    #expect(coding.components == [.year, .week, .weekday])
    let expected: [DateTimeCoding.Constant] = [
      DateTimeCoding.Constant(component: .hour, value: 12),
      DateTimeCoding.Constant(component: .tick, value: 0),
      DateTimeCoding.Constant(component: .offset, value: 60),
    ]
    #expect(coding.constants == expected)
  }

  /// Of any day and time, the values give it back.
  @Test(arguments: [
    "2019-01-15", "15.01.2019", "Jan 15, 2019", "2019-01-15T13:05:59Z", "2019-01-15 13:05",
    "2019-01-15T13:05:59.123456+02:00", "13:05:59", "1:05 PM",
  ])
  func valuesGiveTheMomentBack(_ example: String) throws {
    let format = try #require(TemporalFormat(detecting: [example], named: "time"))
    for seed in 0..<20 {
      var random = SplitMix64(seed: UInt64(seed))
      let days = format.content == .time ? 0...0 : [-400_000...400_000, 17_000...18_000][seed % 2]
      let dateTimes = (0..<200).map { _ in
        DateTimeValue(
          day: Int.random(in: days, using: &random),
          tick: Int.random(in: 0..<format.ticksPerDay, using: &random),
          offset: format.hasOffset ? 60 * Int.random(in: -11...11, using: &random) : nil)
      }
      let levels = dateTimes.map { dateTime -> Level in
        var bytes: [UInt8] = []
        format.append(dateTime, to: &bytes)
        return Level(text: String(decoding: bytes, as: UTF8.self), count: 1)
      }
      let coding = DateTimeCoding(
        format, ColumnProfile(name: "time", type: .category, levels: levels), policy: .none)
      for (row, level) in levels.enumerated() {
        let dateTime = try parsed(level.text, format)
        #expect(coding.dateTime(coding.values(of: dateTime), random: self.random(row)) == dateTime)
      }
    }
  }

  @Test func daysBeyondTheProtectedEndsAreNotWritten() throws {
    let texts = ["1900-01-01"] + (10...28).map { "2020-03-\($0)" } + ["2999-12-31"]
    let coding = try coding(texts, policy: ColumnPolicy(minimumRows: 5))
    // The fifth of each end: the 13th and the 25th of March.
    #expect(coding.days == 18_334...18_346)
    for row in 0..<100 {
      for year in [1900, 2020, 2999] {
        let dateTime = coding.dateTime([year, row % 53, row % 7], random: random(row))
        #expect(dateTime.map { coding.days!.contains($0.day) } == true)
      }
    }
  }

  @Test func missingPartsAreDrawn() throws {
    let coding = try coding(
      (10...28).map { "2020-03-\($0)T\($0):30:00" }.map {
        $0.replacing("T2", with: "T1")
      })
    #expect(coding.dateTime([nil, 3, 4, 5, 6], random: random(1)) == nil)
    let days = Set(
      (0..<200).compactMap {
        coding.dateTime(
          [2020] + Array(repeating: nil, count: coding.components.count - 1), random: random($0))?
          .day
      })
    #expect(days.isSubset(of: Set(coding.days!)) && days.count > 1)
  }

  @Test func momentsStayWithinLimits() throws {
    let texts = (10...28).map { "2020-03-\($0)" }
    let limits = Interval(
      lower: .init(value: 18_340, isStrict: false), upper: .init(value: 18_342, isStrict: true))
    let coding = try coding(texts, interval: limits)
    let days = Set(
      (0..<100).compactMap {
        coding.dateTime([2020, $0 % 53, $0 % 7], random: random($0))?.day
      })
    #expect(days == [18_340, 18_341])
  }
}
