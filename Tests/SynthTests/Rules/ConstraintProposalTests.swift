import Synth
import Tables
import TestSupport
import Testing

@Suite struct ConstraintProposalTests {
  private func proposed(_ columns: Column...) throws -> [String] {
    let table = try Table(columns: columns)
    return try Constraint.proposed(for: table, profile: TableProfile(scanning: table))
      .map(\.description)
  }

  /// A table of 20,000 rows in which some rules hold, is larger than the sample, and says what it would say by chance too.
  private func table(_ random: inout SplitMix64, brokenRow: Int? = nil) throws -> Table {
    func below(_ count: Int) -> Int { min(count - 1, Int(random.unit() * Double(count))) }
    let rows = 20_000
    let cities = (0..<rows).map { _ in below(40) }
    let starts = (0..<rows).map { _ in below(1_000) }
    var ends = starts.map { below(10) == 0 ? nil : $0 + below(300) }
    if let brokenRow { ends[brokenRow] = -1 }
    let hot = (0..<rows).map { _ in below(3) }
    return try Table(columns: [
      Column("state", cities.map { "s\($0 / 5)" }), Column("end", ends),
      Column("city", cities.map { $0 == 7 ? nil : "c\($0)" }), Column("start", starts),
      Column("red", hot.map { $0 == 0 ? 1 : 0 }),
      Column("green", hot.map { $0 == 1 ? "yes" : "no" }),
      Column("code", cities.map { 1_000 - $0 }), Column("blue", hot.map { $0 == 2 ? 1 : 0 }),
      Column("far", (0..<rows).map { _ in 5_000 + below(100) }),
      Column("free", (0..<rows).map { _ in "f\(below(4))" }),
    ])
  }

  @Test(arguments: [1, 2, 3])
  func rulesOfATableAreFound(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let table = try table(&random)
    let profile = try TableProfile(scanning: table)
    let rules = try Constraint.proposed(for: table, profile: profile).map(\.description)
    #expect(
      rules == [
        "onehot(red, green, blue)", "fixed(state, city, code)", "start <= end",
      ])
  }

  /// A single row that breaks a rule is enough, wherever it stands.
  @Test(arguments: [0, 9_999, 19_999])
  func oneRowBreaksARule(row: Int) throws {
    var random = SplitMix64(seed: 4)
    let table = try table(&random, brokenRow: row)
    let rules = try Constraint.proposed(for: table, profile: TableProfile(scanning: table))
    #expect(rules.map(\.description) == ["onehot(red, green, blue)", "fixed(state, city, code)"])
  }

  @Test func whatFollowsIsLeftOut() throws {
    var random = SplitMix64(seed: 5)
    let first = (0..<500).map { _ in Int(random.unit() * 100) }
    let second = first.map { $0 + Int(random.unit() * 50) }
    let third = second.map { $0 + Int(random.unit() * 50) }
    #expect(
      try proposed(Column("c", third), Column("a", first), Column("b", second)).sorted()
        == ["a <= b", "b <= c"])
    // What is always equal is no inequality.
    #expect(try proposed(Column("a", first), Column("same", first)) == [])
  }

  /// Dates are compared with dates in their own format and others, and not with numbers.
  @Test func datesAreCompared() throws {
    var random = SplitMix64(seed: 6)
    func text(_ day: Int, _ detecting: String) -> String {
      var bytes: [UInt8] = []
      TemporalFormat(detecting: [detecting])!.append(DateTimeValue(day: day), to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
    let days = (0..<400).map { _ in 17_000 + Int(random.unit() * 900) }
    let ends = days.map { $0 + Int(random.unit() * 200) }
    #expect(
      try proposed(
        Column("end", ends.map { text($0, "31.12.2019") }),
        Column("start", days.map { text($0, "2019-12-31") }),
        Column("size", days.map { $0 / 2 + Int(random.unit() * 9_000) })) == ["start <= end"])
  }

  @Test func fewRowsSayNothing() throws {
    let numbers = (0..<19).map { $0 * 7 % 19 }
    #expect(try proposed(Column("a", numbers), Column("b", numbers.map { $0 + 2 })) == [])
    let more = (0..<60).map { $0 * 7 % 31 }
    #expect(
      try proposed(Column("a", more), Column("b", more.map { $0 + 2 })) == ["a <= b"])
  }

  /// Unrelated columns give no rule, whatever they hold.
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func unrelatedColumnsGiveNoRule(seed: UInt64) throws {
    var random = SplitMix64(seed: 900 + seed)
    let rows = 20 + Int(random.unit() * 800)
    let columns = (0..<6).map { index -> Column in
      let (kind, size, skew) = (
        Int(random.unit() * 4), 1 + Int(random.unit() * 30), random.unit() * 3
      )
      func draw() -> Int {
        Int(Double(size) * (0..<Int(1 + skew)).reduce(1) { $0 * random.unit() + 0 * Double($1) })
      }
      let missing = random.unit() * random.unit()
      func hole<T>(_ value: T) -> T? { random.unit() < missing ? nil : value }
      switch kind {
      case 0: return Column("c\(index)", (0..<rows).map { _ in hole("v\(draw())") })
      case 1: return Column("c\(index)", (0..<rows).map { _ in hole(draw() + size * index) })
      case 2: return Column("c\(index)", (0..<rows).map { _ in hole(draw() % 2) })
      default: return Column("c\(index)", (0..<rows).map { _ in hole(random.unit() * 10) })
      }
    }
    let table = try Table(columns: columns)
    let rules = try Constraint.proposed(for: table, profile: TableProfile(scanning: table))
    #expect(rules == [])
  }
}
