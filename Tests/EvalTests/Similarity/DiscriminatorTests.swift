import Eval
import NN
import Tables
import TestSupport
import Testing

@Suite struct DiscriminatorTests {
  private let training = predictionTable(rows: 3_000, seed: 1)
  private let holdout = predictionTable(rows: 2_000, seed: 2)

  private func discriminator(
    of synthetic: Table, training: Table? = nil, holdout: Table?, seed: UInt64 = 1
  ) throws -> Discriminator {
    let tables = try ComparedTables(
      training: training ?? self.training, holdout: holdout, synthetic: [synthetic])
    return Discriminator(
      try DiscriminatorTest(ofSynthetic: 0, in: tables, seed: seed).outcome(),
      holdout: try DiscriminatorTest(ofHoldoutIn: tables, seed: seed)?.outcome())
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func rowsOfTheSameKindCannotBeDistinguished(_ seed: UInt64) throws {
    let synthetic = predictionTable(rows: 2_500, seed: 10 + seed)
    let found = try discriminator(of: synthetic, holdout: holdout, seed: seed)
    #expect(abs(found.auc.value - 0.5) < 0.05)
    #expect(abs(try #require(found.holdoutAUC?.value) - 0.5) < 0.05)
    let withoutHoldout = try discriminator(of: synthetic, holdout: nil, seed: seed)
    #expect(withoutHoldout.holdoutAUC == nil && abs(withoutHoldout.auc.value - 0.5) < 0.05)
  }

  /// Every second synthetic row is recognised, the others are not: .5 · 1 + .5 · .5 of the pairs are in order.
  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func aLevelOfSyntheticRowsAloneDistinguishesThem(_ seed: UInt64) throws {
    let drawn = predictionTable(rows: 2_000, seed: 20 + seed)
    guard case .texts(let groups) = drawn.columns[2].values else { return }
    let marked = groups.enumerated().map { $0 / 10 % 2 == 0 ? "_RARE_" : $1 }
    let found = try discriminator(
      of: drawn.replacing("group", by: marked), holdout: holdout, seed: seed)
    #expect(abs(found.auc.value - 0.75) < 0.06)
    #expect(found.columnShares.first?.column == "group" && found.columnShares[0].share > 0.5)
    #expect(found.curve.first == Point(x: 0, y: 0) && found.curve.last == Point(x: 1, y: 1))
  }

  /// Each column has the same values in both tables; how three columns go together differs in half of the rows.
  @Test(arguments: 1...3 as ClosedRange<UInt64>)
  func interactionsInSmallTablesDistinguishRows(_ seed: UInt64) throws {
    func table(_ seed: UInt64, dependentShare: Double) throws -> Table {
      var random = SplitMix64(seed: seed)
      let (first, second) = (random.codes(800, below: 2), random.codes(800, below: 2))
      let third = zip(first, second).map {
        random.unit() < dependentShare ? ($0 ^ $1) : random.codes(1, below: 2)[0]
      }
      return try Table(columns: [
        Column("first", first.map { $0 == 0 ? "a" : "b" }), Column("second", second.map(Int.init)),
        Column("third", third.map(Int.init)),
        Column("noise", random.normal(800).map { Int(1_000 * $0) }),
      ])
    }
    let found = try discriminator(
      of: table(30 + seed, dependentShare: 0), training: table(40 + seed, dependentShare: 0.5),
      holdout: nil, seed: seed)
    // Three quarters of the real rows against half of the synthetic ones fit: an AUC of at most .625, less with noise to learn.
    #expect(abs(found.auc.value - 0.575) < 0.045)
    #expect(found.auc.lower > 0.5)
  }

  @Test func missingValuesTell() throws {
    let drawn = predictionTable(rows: 2_000, seed: 5)
    let found = try discriminator(
      of: drawn.replacing("label", by: Array(repeating: nil, count: 2_000)), holdout: holdout)
    #expect(found.auc.value == 1 && found.columnShares.first?.column == "label")
  }

  @Test(arguments: [1, 2, 5, 12])
  func fewRowsAreJudgedToo(_ count: Int) throws {
    let found = try discriminator(
      of: predictionTable(rows: count, seed: 3), training: training.rows([0]), holdout: holdout)
    #expect((0...1).contains(found.auc.value) && found.holdoutAUC?.value == 0.5)
  }

  @Test func columnsThatHoldNothingAreHarmless() throws {
    let empty = try Table(columns: [Column("nothing", [nil, nil, nil, nil] as [String?])])
    let found = try discriminator(of: empty, training: empty, holdout: empty)
    #expect(found.auc.value == 0.5 && found.holdoutAUC?.value == 0.5 && found.columnShares.isEmpty)
  }

  /// Every text stands in one row, so that nothing can be learnt of the others.
  @Test func freeTextDoesNotTell() throws {
    func texts(_ start: Int) -> Table {
      try! Table(columns: [Column("text", (0..<20_000).map { "t\(start + $0)" })])
    }
    let found = try discriminator(of: texts(0), training: texts(20_000), holdout: texts(40_000))
    #expect(found.auc.value == 0.5 && found.holdoutAUC?.value == 0.5 && found.columnShares.isEmpty)
  }

  @Test func jobsBesideEachOtherGiveTheSame() throws {
    let shifted = predictionTable(rows: 2_000, seed: 9)
      .replacing("label", by: (0..<2_000).map { $0 % 3 == 0 ? "yes" : "no" })
    let tables = try ComparedTables(training: training, holdout: holdout, synthetic: [shifted])
    let tests = (1...4).map { DiscriminatorTest(ofSynthetic: 0, in: tables, seed: $0) }
    let alone = try tests.map { try $0.outcome() }
    let results = PartResults<DiscriminatorTest.Outcome?>(repeating: nil, count: tests.count)
    WorkerPool(threadCount: 2).run(tests.count) { results[$0] = try? tests[$0].outcome() }
    #expect(tests.indices.map { results[$0] } == alone)
  }
}
