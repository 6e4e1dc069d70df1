import Eval
import NN
import Tables
import TestSupport
import Testing

@Suite struct ChanceDeviationTests {
  private func deviation(
    _ definition: String, training: Table, holdout: Table, seed: UInt64 = 1, threadCount: Int = 2
  ) throws -> ChanceDeviation {
    let tables = try ComparedTables(training: training, holdout: holdout, synthetic: [holdout])
    return try ChanceDeviation.deviations(
      of: tables, statistics: [Statistic(parsing: definition)], seed: seed,
      pool: WorkerPool(threadCount: threadCount))[0]
  }

  private func table(_ x: [Int?], _ g: [String]) throws -> Table {
    try Table(columns: [Column("x", x), Column("g", g)])
  }

  @Test func whatDoesNotVaryHasNoLeeway() throws {
    let rows = try table(Array(repeating: 7, count: 40), Array(repeating: "a", count: 40))
    for definition in ["mean(x) by g", "median(x) by g", "share(g=a) by g"] {
      let deviation = try deviation(definition, training: rows, holdout: rows)
      #expect(deviation.deviationLimit == 0)
      let value = definition.hasPrefix("share") ? 1.0 : 7
      #expect(deviation.intervals == [value...value])
    }
  }

  /// Of one holdout row in two it is one or the other: 0 or 10, and the training row is the other one.
  @Test func everyDivisionIsAsLikelyAsAnother() throws {
    let deviation = try deviation(
      "mean(x) by g", training: table([0], ["a"]), holdout: table([10], ["a"]))
    #expect(deviation.deviationLimit == 10)
    #expect(deviation.intervals == [-10...10])
  }

  @Test func groupsThatHoldoutsOftenLackHaveNoInterval() throws {
    let training = try table((0..<60).map { $0 }, (0..<60).map { $0 == 0 ? "rare" : "often" })
    let holdout = try table((0..<20).map { $0 }, Array(repeating: "often", count: 20))
    let deviation = try deviation("mean(x) by g", training: training, holdout: holdout)
    #expect(deviation.intervals.count == 2)
    #expect(deviation.intervals.count { $0 != nil } == 1)
  }

  /// A holdout of the same distribution lies within its interval 19 times in 20.
  @Test func intervalsHoldWhatTheyPromise() throws {
    var (inside, within, count) = (0, 0, 0)
    for seed in 1...60 {
      var random = SplitMix64(seed: UInt64(seed))
      func rows(_ count: Int) throws -> Table {
        let x = (0..<count).map { _ in Int.random(in: 0..<1_000, using: &random) }
        return try table(x, x.map { $0 % 2 == 0 ? "even" : "odd" })
      }
      let tables = try ComparedTables(
        training: rows(200), holdout: rows(50), synthetic: [rows(50)])
      let statistic = try Statistic(parsing: "mean(x) by g")
      let deviation = try ChanceDeviation.deviations(
        of: tables, statistics: [statistic], seed: UInt64(seed), pool: WorkerPool(threadCount: 2))[
          0]
      let figures = try StatisticFigures.figures(of: tables, statistics: [statistic])[0][0]
      if figures.deviation.holdout! <= deviation.deviationLimit { within += 1 }
      for (group, interval) in zip(figures.groups, deviation.intervals) {
        count += 1
        if interval!.contains(group.holdout!) { inside += 1 }
      }
    }
    #expect(count == 120)
    // Binomial of 120 and .95: 4 deviations below the mean are 104.
    #expect((104...119).contains(inside))
    #expect((50...60).contains(within))
  }

  @Test func theSeedDecidesAndThreadsDoNot() throws {
    let training = try table((0..<90).map { $0 * 7 % 31 }, (0..<90).map { "g\($0 % 3)" })
    let holdout = try table((0..<30).map { $0 * 5 % 31 }, (0..<30).map { "g\($0 % 3)" })
    for definition in ["mean(x) by g", "quantile(x,0.9) by g", "count by g"] {
      let first = try deviation(definition, training: training, holdout: holdout, threadCount: 1)
      #expect(
        try first == deviation(definition, training: training, holdout: holdout, threadCount: 3))
      #expect(try first != deviation(definition, training: training, holdout: holdout, seed: 2))
    }
  }
}
