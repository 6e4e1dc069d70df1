import Eval
import NN
import Tables
import TestSupport
import Testing

@Suite struct RelationTests {
  /// Journeys: arrival = departure + minutes in most rows, past midnight too; the class determines its name; price = units · rate.
  private func journeys(_ count: Int, seed: UInt64, brokenShare: Double = 0.02) throws -> Table {
    var random = SplitMix64(seed: seed)
    func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }
    func clock(_ minute: Int) -> String {
      let hour = minute / 60 % 24
      let start = "\((hour + 11) % 12 + 1):\(minute % 60 < 10 ? "0" : "")\(minute % 60)"
      return "\(start) \(hour < 12 ? "a.m." : "p.m.") to \(start) \(hour < 12 ? "a.m." : "p.m.")"
    }
    var (departures, arrivals, names) = ([String?](), [String?](), [String?]())
    var (minutes, units, rates, prices, noise) = ([Int?](), [Int?](), [Int?](), [Int?](), [Int?]())
    var codes: [String?] = []
    for _ in 0..<count {
      let (departure, minute) = (below(1_440), 5 + below(90))
      let isBroken = random.unit() < brokenShare
      let delay = isBroken ? 60 + below(600) : below(5) - 2
      departures.append(below(20) == 0 ? "not a worker" : clock(departure))
      arrivals.append(clock((departure + minute + delay + 1_440) % 1_440))
      minutes.append(below(15) == 0 ? nil : minute)
      let (unit, rate, code) = (1 + below(30), 5 + below(40), below(6))
      units.append(unit)
      rates.append(rate)
      prices.append(isBroken ? unit * rate + 1_000 : unit * rate)
      codes.append("c\(code)")
      names.append(isBroken ? "other" : ["x", "y", "z"][code / 2])
      noise.append(below(100))
    }
    return try Table(columns: [
      Column("departure", departures), Column("arrival", arrivals), Column("minutes", minutes),
      Column("units", units), Column("rate", rates), Column("price", prices),
      Column("code", codes), Column("name", names), Column("noise", noise),
    ])
  }

  private func figures(
    training: Table, holdout: Table?, synthetic: Table, threadCount: Int = 2
  ) throws -> RelationsFigures {
    let tables = try ComparedTables(training: training, holdout: holdout, synthetic: [synthetic])
    return RelationsFigures.figures(
      of: tables, seed: 1, pool: WorkerPool(threadCount: threadCount))[0]
  }

  @Test func relationsOfThreeColumnsAreFoundAndCounted() throws {
    let found = try figures(
      training: journeys(3_000, seed: 1), holdout: journeys(1_500, seed: 2),
      synthetic: journeys(1_500, seed: 3, brokenShare: 0.4))
    let texts = Set(found.relations.map(\.relation.text))
    #expect(
      texts == ["arrival = departure + minutes ±2", "price = units × rate", "code → name"],
      "\(texts)")
    for relation in found.relations {
      #expect(abs(relation.training - 0.98) < 0.01, "\(relation)")
      #expect(abs(try #require(relation.holdout).value - 0.98) < 0.012)
      #expect(abs(try #require(relation.synthetic).value - 0.6) < 0.04)
      let lost = try #require(relation.lost)
      #expect(lost.lower > 0.33 && lost.upper < 0.43 && relation.chance < 0.4)
    }
  }

  @Test func ordersAreFoundByEvidenceAndWithoutTheirConsequences() throws {
    var random = SplitMix64(seed: 5)
    func day(_ number: Int) -> String? {
      let (year, rest) = number.quotientAndRemainder(dividingBy: 336)
      let (month, day) = (rest / 28 + 1, rest % 28 + 1)
      return "\(1900 + year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }
    var columns: [[String?]] = [[], [], []]
    for row in 0..<1_000 {
      let birth = Int.random(in: 0..<30_000, using: &random)
      let debut = birth + 5_000 + Int.random(in: 0..<8_000, using: &random)
      let death = debut + Int.random(in: 0..<20_000, using: &random)
      columns[0].append(day(birth))
      columns[1].append(day(debut))
      columns[2].append(row % 2 == 0 ? nil : day(death))
    }
    let table = try Table(
      columns: zip(["born", "debut", "died"], columns).map { Column($0, $1) })
    let found = try figures(training: table, holdout: nil, synthetic: table)
    #expect(Set(found.relations.map(\.relation.text)) == ["born ≤ debut", "debut ≤ died"])
    #expect(found.relations.allSatisfy { $0.training == 1 && $0.holdout == nil })
  }

  @Test func chanceIsNoRelation() throws {
    var random = SplitMix64(seed: 6)
    func table() throws -> Table {
      try Table(columns: [
        Column("large", (0..<800).map { _ in 1_000 + Int.random(in: 0..<500, using: &random) }),
        Column("small", (0..<800).map { _ in Int.random(in: 0..<50, using: &random) }),
        Column("zero", (0..<800).map { _ in Int.random(in: 0..<30, using: &random) == 0 ? 1 : 0 }),
        Column(
          "rare", (0..<800).map { _ in Int.random(in: 0..<40, using: &random) == 0 ? "a" : "b" }),
      ])
    }
    let found = try figures(training: table(), holdout: table(), synthetic: table())
    #expect(found.relations.isEmpty, "\(found.relations.map(\.relation.text))")
  }

  /// Every tenth or second row breaks a relation, or lacks a value.
  @Test func aBrokenRelationIsRejectedEarly() {
    let screen = RelationScreen(rowCount: 2_000)
    func rowsRead(_ isKept: (Int) -> Bool?) -> (isPassed: Bool, count: Int) {
      var count = 0
      let isPassed = screen.isPassed { row in
        count += 1
        return isKept(row)
      }
      return (isPassed, count)
    }
    #expect(rowsRead { $0 % 20 != 0 } == (true, 2_000))
    #expect(rowsRead { $0 % 19 != 0 } == (false, 2_000))
    let (tenth, second) = (rowsRead { $0 % 10 != 0 }, rowsRead { $0 % 2 != 0 })
    #expect(!tenth.isPassed && (300..<600).contains(tenth.count))
    #expect(!second.isPassed && second.count < 20)
    #expect(rowsRead { $0 % 20 == 7 ? true : nil } == (true, 2_000))
    #expect(rowsRead { $0 % 21 == 7 ? true : nil } == (false, 2_000))
  }

  /// A target that nearly always has one value, and one that follows its source: only the second is found.
  @Test func aFrequentValueIsNoDependency() throws {
    var random = SplitMix64(seed: 7)
    let codes = (0..<3_000).map { _ in Int.random(in: 0..<20, using: &random) }
    let table = try Table(columns: [
      Column("code", codes.map { "c\($0)" }),
      Column("group", codes.map { "g\($0 / 5)" }),
      Column("often", codes.map { _ in random.unit() < 0.03 ? "a" : "b" }),
    ])
    let found = try figures(training: table, holdout: nil, synthetic: table)
    #expect(found.relations.map(\.relation.text) == ["code → group"])
  }

  @Test func threadsChangeNothing() throws {
    let (training, synthetic) = try (journeys(600, seed: 1), journeys(300, seed: 2))
    let alone = try figures(
      training: training, holdout: nil, synthetic: synthetic, threadCount: 1)
    #expect(!alone.relations.isEmpty)
    #expect(
      try figures(training: training, holdout: nil, synthetic: synthetic, threadCount: 3) == alone)
  }

  @Test func theTextHasAVerdict() throws {
    let tables = try ComparedTables(
      training: journeys(2_000, seed: 1), holdout: journeys(1_000, seed: 2),
      synthetic: [
        journeys(1_000, seed: 3, brokenShare: 0.4), journeys(1_000, seed: 4), journeys(60, seed: 5),
      ])
    var options = EvaluationOptions()
    options.parts = [.relations]
    let text = try Evaluation(of: tables, options: options).text
    #expect(text.contains("✕ Relations  3 of 3 relations broken far more often than by real rows"))
    #expect(text.contains("✓ Relations  All 3 relations are kept about as often as by real rows"))
    #expect(text.contains("? Relations  3 of 3 relations in too few rows for a verdict"))
    #expect(text.contains("Relation arrival = departure + minutes ±2"))
  }
}
