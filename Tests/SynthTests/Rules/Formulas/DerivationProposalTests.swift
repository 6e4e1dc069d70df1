import Synth
import Tables
import TestSupport
import Testing

@Suite struct DerivationProposalTests {
  private func proposed(_ table: Table) throws -> [String] {
    try Derivation.proposed(for: table, profile: TableProfile(scanning: table)).map(\.description)
  }

  /// A table of 20,000 rows, more than the sample has.
  private func table(seed: UInt64, brokenRow: Int? = nil) throws -> Table {
    var random = SplitMix64(seed: seed)
    let rows = 20_000
    func numbers(_ range: Range<Int>) -> [Int] {
      (0..<rows).map { _ in Int.random(in: range, using: &random) }
    }
    let (first, second, third) = (numbers(0..<40), numbers(0..<40), numbers(0..<40))
    let (prices, counts) = (numbers(100..<9_999), numbers(1..<9))
    let (gains, costs) = (numbers(0..<900), numbers(0..<900))
    var totals: [Double?] = zip(prices, counts).map { Double($0 * $1) / 100 }
    if let brokenRow { totals[brokenRow]! += 0.01 }
    return try Table(columns: [
      Column("all", rows.map { first[$0] + second[$0] + third[$0] }),
      Column("first", first), Column("second", second), Column("third", third),
      Column("the price", prices.map { Double($0) / 100 }),
      Column("count", counts.indices.map { $0 % 9 == 0 ? nil : counts[$0] }),
      Column("total", totals.indices.map { $0 % 9 == 0 ? nil : totals[$0] }),
      Column("profit", rows.map { gains[$0] - costs[$0] }), Column("gain", gains),
      Column("cost", costs), Column("free", numbers(0..<90)),
    ])
  }

  @Test(arguments: 1...2 as ClosedRange<UInt64>) func formulasOfATableAreFound(seed: UInt64) throws
  {
    #expect(
      try proposed(table(seed: seed)) == [
        "all = first + second + third", "total = \"the price\" * count", "profit = gain - cost",
      ])
  }

  /// A single row that breaks a formula is enough, wherever it stands.
  @Test(arguments: [1, 9_998, 19_999]) func oneRowBreaksAFormula(row: Int) throws {
    #expect(
      try proposed(table(seed: 3, brokenRow: row)) == [
        "all = first + second + third", "profit = gain - cost",
      ])
  }

  @Test func differencesOfDates() throws {
    let format = TemporalFormat(detecting: ["2019-01-15"])!
    func date(_ day: Int) -> String {
      var bytes: [UInt8] = []
      format.append(DateTimeValue(day: 18_000 + day), to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
    let (days, lengths) = ((0..<300).map { $0 * 37 % 128 }, (0..<300).map { $0 * 11 % 17 + 1 })
    let table = try Table(columns: [
      Column("length", lengths), Column("begin", days.map(date)),
      Column("end", zip(days, lengths).map { date($0 + $1) }),
    ])
    #expect(try proposed(table) == ["length = end - begin"])
  }

  /// Numbers are read, and computed, as their columns write them.
  @Test func numbersInNotations() async throws {
    var random = SplitMix64(seed: 5)
    let rows = (0..<300).map { _ in
      (price: Int(random.unit() * 90_000) + 100, count: Int(random.unit() * 8) + 2)
    }
    func dollars(_ cents: Int) -> String {
      let digits = String(cents / 100)
      let thousands = digits.count > 3 ? digits.dropLast(3) + "," : ""
      return "$" + thousands + digits.suffix(3) + (cents % 100 < 10 ? ".0" : ".") + "\(cents % 100)"
    }
    let table = try Table(columns: [
      Column("price", rows.map { dollars($0.price) }), Column("count", rows.map(\.count)),
      Column("total", rows.map { dollars($0.price * $0.count) }),
    ])
    #expect(try proposed(table) == ["total = price * count"])
    var options = TrainingOptions(epochs: 1)
    options.reading.derivations = [try Derivation(parsing: "total = price * count")]
    let drawn = try await Generator.train(on: table, options: options).drawTable(rows: 200)
    let texts = try fields(of: drawn)
    for (price, (count, total)) in zip(texts[0], zip(texts[1], texts[2])) {
      let cents = try #require(Int(price.filter(\.isNumber)))
      #expect(total == dollars(cents * Int(count)!), "\(price) x \(count)")
    }
  }

  /// What says nothing is not proposed: copies, and columns that add nothing.
  @Test func whatSaysNothing() throws {
    let numbers = (0..<400).map { $0 * 7919 % 101 }
    let rarely = (0..<400).map { $0 % 40 == 0 ? $0 % 7 : 0 }
    #expect(
      try proposed(
        Table(columns: [
          Column("a", numbers), Column("same", numbers), Column("rarely", rarely),
          Column("sum", zip(numbers, rarely).map { $0 + $1 }),
        ])) == [])
  }
}

extension Int {
  fileprivate func map<Value>(_ value: (Int) -> Value) -> [Value] { (0..<self).map(value) }
}
