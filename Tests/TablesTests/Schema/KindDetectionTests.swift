import Tables
import Testing

@Suite struct KindDetectionTests {
  private func detection(_ texts: [String], named name: String = "x") throws -> KindDetection {
    let table = try Table(columns: [Column(name, texts)])
    let profile = try TableProfile(scanning: table)
    return KindDetection(profile.columns[0], rowCount: profile.rowCount)
  }

  private func kind(_ texts: [String], named name: String = "x") throws -> ColumnKind {
    try detection(texts, named: name).kind
  }

  private static let names = [
    "Anna", "Bernd", "Clara", "David", "Elif", "Felix", "Greta", "Hannah", "Ivo", "Jonas",
  ]
  private static let fullNames = names.flatMap { first in names.map { "\(first) \($0)son" } }

  @Test func knowsPlainColumns() throws {
    #expect(try kind(["", "NA", ""]) == .empty)
    #expect(try kind(["a", "", "a"]) == .constant)
    #expect(try kind(["1", "1"]) == .constant)
    #expect(try kind(["yes", "no", ""]) == .boolean)
    #expect(try kind(["a", "b", "c"]) == .category)
    #expect(try kind(["1", "2", "5"]) == .integer)
    #expect(try kind(["1.5", "2", "5"]) == .decimal)
    #expect(try kind((0..<100).map { ["a", "b", "c"][$0 % 3] }) == .category)
  }

  @Test func knowsDatesAndTimes() throws {
    #expect(try kind(["2019-01-15", "", "2018-12-31"]) == .date)
    #expect(try kind(["9:30", "13:05"]) == .time)
    #expect(try kind(["2019-01-15 13:05", "2018-12-31 00:00"]) == .timestamp)
    #expect(try kind(["2019-01-15", "2018-02-31"]) == .category)
    #expect(try kind(["20190115", "20181231"], named: "birth_date") == .date)
    #expect(try kind(["20190115", "20181231"]) == .integer)
    #expect(try kind((1...28).map { "201902\($0 < 10 ? "0" : "")\($0)" }) == .date)
    let detection = try detection(["15.1.2019", "31.12.2018"])
    #expect(detection.format == .temporal(try #require(TemporalFormat(pattern: "%-d.%-m.%Y"))))
  }

  @Test func knowsPlaces() throws {
    let degrees = ["40.71", "-73.99", "12.345"]
    #expect(try kind(degrees, named: "latitude") == .latitude)
    #expect(try kind(degrees, named: "pickupLng") == .longitude)
    #expect(try kind(degrees, named: "plate") == .decimal)
    #expect(try kind(["90.01", "1.25"], named: "lat") == .decimal)
    #expect(try kind(["1.5", "2.5"], named: "lat") == .decimal)
  }

  @Test func knowsIdentifiers() throws {
    #expect(try kind((1...20).map { "\($0)" }) == .identifier)
    #expect(try kind((1...19).map { "\($0)" }) == .integer)
    #expect(try kind((1...50).map { "\($0 * $0 % 53 * 100 + $0)" }) == .integer)
    #expect(
      try kind((1...50).map { "\($0 * $0 % 53 * 100 + $0)" }, named: "customer_id") == .identifier)
    #expect(
      try kind((1...50).map { "\($0 * $0 % 53 * 100 + $0)" }, named: "number_of_steps") == .integer)
    #expect(try kind((1...50).map { "\($0 * $0)" }) == .identifier)
    #expect(try kind((1...50).map { "\($0 / 2)" }, named: "id") == .integer)
    #expect(try kind((1950...2010).map { "\($0)" }, named: "year") == .integer)
    #expect(try kind((1...50).map { "\(-$0)" }, named: "id") == .integer)
    #expect(try kind((1...50).map { "C-\($0)" }) == .identifier)
    #expect(try kind((100...150).map { "00\($0)" }) == .identifier)
    #expect(try kind((1...50).map { "\($0)" } + ["", "NA"], named: "id") == .identifier)
    #expect(try kind(Self.names + Self.names.map { $0 + "a" }, named: "id") == .text)
  }

  @Test func knowsTextsWithTooManyValues() throws {
    #expect(try kind(Self.fullNames) == .text)
    #expect(
      try kind(Self.fullNames.map { "\($0.replacing(" ", with: "."))@example.org" }) == .email)
    #expect(try kind(Self.fullNames + Self.fullNames + Self.fullNames) == .text)
    #expect(try kind((0..<1000).map { Self.fullNames[$0 % 100] }) == .category)
    let codes = (0..<100).map { "D-\(10_000 + $0 * 37 % 50)" }
    let detection = try detection(codes)
    #expect(detection.kind == .pattern)
    guard case .pattern(let pattern) = detection.format else { throw NoPattern() }
    #expect(withBytes("D-10049") { pattern.matches($0) })
    #expect(try kind((0..<1000).map { "D-\(10_000 + $0 % 50)" }) == .category)
  }

  /// Columns of more values than a profile keeps.
  @Test func knowsLargeColumns() throws {
    let limits = ProfileLimits(tokenCount: 100, tokenByteCount: 10_000, sampleCount: 500)
    let dates = try #require(TemporalFormat(pattern: "%Y-%m-%d"))
    func kind(_ texts: [String], named name: String = "x") throws -> ColumnKind {
      let table = try Table(columns: [Column(name, texts)])
      let profile = try TableProfile(scanning: table, missingValues: .standard, limits: limits)
      return KindDetection(profile.columns[0], rowCount: profile.rowCount).kind
    }
    let texts = (0..<3_000).map { row in
      var output: [UInt8] = []
      dates.append(DateTimeValue(day: row), to: &output)
      return String(decoding: output, as: UTF8.self)
    }
    #expect(try kind(texts) == .date)
    #expect(try kind(texts + texts + ["?"]) == .date)
    #expect(try kind((0..<3_000).map { "\($0)" }) == .identifier)
    #expect(try kind((0..<3_000).map { "\($0 * 1231 % 3000 * 50)" }) == .integer)
    #expect(try kind((0..<3_000).map { "\($0 * 1231 % 3000 * 50)" }, named: "id") == .identifier)
    #expect(try kind((0..<3_000).map { "C\($0 * 1231 % 3000)" }) == .identifier)
    #expect(try kind((0..<3_000).map { "C\($0 % 500)" }) == .text)
    #expect(try kind((0..<3_000).map { "C\($0 % 500 + 100)" }) == .pattern)
    #expect(try kind((0..<3_000).map { $0 % 2 == 0 ? "A" : "name \($0)" }) == .category)
  }

  private struct NoPattern: Error {}
}
