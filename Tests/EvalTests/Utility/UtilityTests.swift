import Eval
import NN
import Tables
import TestSupport
import Testing

@Suite struct UtilityTests {
  private let training = predictionTable(rows: 3_000, seed: 1)
  private let holdout = predictionTable(rows: 2_000, seed: 2)
  private let synthetic = predictionTable(rows: 2_500, seed: 3)

  private func figures(
    of target: Target, training: Table? = nil, holdout: Table?, synthetic: Table? = nil,
    seed: UInt64 = 1
  ) throws -> UtilityFigures {
    let tables = try ComparedTables(
      training: training ?? self.training, holdout: holdout,
      synthetic: [synthetic ?? self.synthetic])
    let outcomes = try [UtilityTest.Source.synthetic(0), .training].map {
      try UtilityTest(training: $0, on: target, in: tables, seed: seed).run()
    }
    return UtilityFigures(of: target, synthetic: outcomes[0], real: outcomes[1])
  }

  /// The number determines the label but for a flip in one of five: .8² + .8 · .2 = .8 of the pairs are in order, ties half.
  @Test(arguments: [true, false], 1...3 as ClosedRange<UInt64>)
  func twoClasses(_ hasHoldout: Bool, _ seed: UInt64) throws {
    let figures = try figures(
      of: Target("label"), holdout: hasHoldout ? holdout : nil, seed: seed)
    #expect(figures.target == "label" && figures.task == .binary(positive: positive))
    for score in [figures.synthetic, figures.real] {
      #expect(abs(try #require(score.auc) - 0.8) < (hasHoldout ? 0.03 : 0.05))
      #expect(score.curve.count <= 101 && score.rSquared == nil && score.rmse == nil)
    }
    #expect(figures.importance.map(\.column).first == "number")
    #expect(abs(figures.importance.reduce(0) { $0 + $1.real } - 1) < 1e-12)
  }

  /// The rarer of the two.
  private var positive: String {
    guard case .texts(let labels) = training.columns[1].values else { return "" }
    return labels.count { $0 == "yes" } * 2 < labels.count ? "yes" : "no"
  }

  @Test func aValueAgainstAllOthers() throws {
    let figures = try figures(of: Target(parsing: "group=middle"), holdout: holdout)
    #expect(figures.task == .binary(positive: "middle"))
    // The number distinguishes it, and nothing else does.
    #expect(figures.synthetic.auc! > 0.999 && figures.real.auc! > 0.999)
  }

  @Test func severalClasses() throws {
    let figures = try figures(of: Target("group"), holdout: holdout)
    guard case .multiclass(let levels) = figures.task else {
      Issue.record("\(figures.task)")
      return
    }
    #expect(Set(levels) == ["low", "middle", "high"])
    #expect(figures.synthetic.auc! > 0.999 && figures.synthetic.curve.isEmpty)
  }

  /// The variance of the noise is 1.
  @Test func numbers() throws {
    let figures = try figures(of: Target("amount"), holdout: holdout)
    guard case .numbers(let amounts, _) = holdout.columns[3].values else { return }
    let mean = amounts.reduce(0) { $0 + $1! / 2_000 }
    let variance = amounts.reduce(0) { $0 + ($1! - mean) * ($1! - mean) / 2_000 }
    for score in [figures.synthetic, figures.real] {
      #expect(score.auc == nil)
      #expect(abs(try #require(score.rmse) - 1) < 0.05)
      #expect(abs(try #require(score.rSquared) - (1 - 1 / variance)) < 0.03)
    }
  }

  @Test func numbersOfTwoValuesAreClasses() throws {
    let flags = (0..<3_000).map { $0 % 3 == 0 ? "1" : "0" as String? }
    let figures = try figures(
      of: Target("flag"), training: training.replacing("flag", by: flags),
      holdout: holdout.replacing("flag", by: Array(flags.prefix(2_000))),
      synthetic: synthetic.replacing("flag", by: flags.prefix(2_500).map { $0! + ".0" }))
    #expect(figures.task == .binary(positive: "1"))
  }

  @Test func rowsWhoseTargetIsMissingOrUnknownAreLeftOut() throws {
    guard case .texts(let groups) = synthetic.columns[2].values else { return }
    let others = groups.enumerated().map { $0 % 4 == 0 ? nil : $0 % 4 == 1 ? "unheard of" : $1 }
    let left = try figures(
      of: Target("group"), holdout: holdout,
      synthetic: synthetic.replacing("group", by: others))
    let rows = (0..<2_500).filter { $0 % 4 > 1 && groups[$0] != nil }
    let reduced = try figures(
      of: Target("group"), holdout: holdout, synthetic: synthetic.rows(rows))
    #expect(left.synthetic == reduced.synthetic)
  }

  @Test(arguments: [nil, "yes"])
  func aConstantTargetTeachesNothing(_ label: String?) throws {
    let constant = synthetic.replacing("label", by: Array(repeating: label, count: 2_500))
    let figures = try figures(of: Target("label"), holdout: holdout, synthetic: constant)
    #expect(figures.synthetic.auc == 0.5 && figures.real.auc! > 0.75)
    #expect(figures.importance.allSatisfy { $0.synthetic == 0 })
  }

  @Test func freeTextAndOtherUselessColumnsDoNoHarm() throws {
    func withTexts(_ table: Table, _ start: Int) -> Table {
      table.replacing("text", by: (0..<table.rowCount).map { "text \(start + $0)" })
        .replacing("nothing", by: Array(repeating: nil, count: table.rowCount))
        .replacing("same", by: Array(repeating: "x", count: table.rowCount))
    }
    let figures = try figures(
      of: Target("label"), training: withTexts(training, 0), holdout: withTexts(holdout, 10_000),
      synthetic: withTexts(synthetic, 20_000))
    #expect(abs(figures.synthetic.auc! - 0.8) < 0.04 && abs(figures.real.auc! - 0.8) < 0.04)
  }

  @Test func tablesOfOneRowOrColumn() throws {
    let rows = training.rows([0, 1])
    let single = try figures(
      of: Target("label"), training: rows.replacing("label", by: ["a", "b"]),
      holdout: rows.rows([0]).replacing("label", by: ["a"]),
      synthetic: rows.rows([0]).replacing("label", by: ["b"]))
    #expect(single.synthetic.auc == 0.5 && single.real.auc == 0.5)
    let column = try Table(columns: [Column("label", ["a", "b", "a"])])
    let alone = try figures(
      of: Target("label"), training: column, holdout: nil, synthetic: column)
    #expect(alone.synthetic.auc == 0.5 && alone.importance.isEmpty)
    let amounts = try figures(
      of: Target("amount"), training: training.rows([0, 1, 2]), holdout: rows.rows([0]),
      synthetic: rows.rows([1]))
    #expect(amounts.synthetic.rSquared!.isFinite && amounts.synthetic.rmse!.isFinite)
  }

  @Test func jobsBesideEachOtherGiveTheSame() throws {
    let tables = try ComparedTables(training: training, holdout: holdout, synthetic: [synthetic])
    let tests = try ["label", "group", "amount"].map {
      try UtilityTest(training: .synthetic(0), on: Target($0), in: tables, seed: 7)
    }
    let alone = try tests.map { try $0.run() }
    let results = PartResults<UtilityTest.Outcome?>(repeating: nil, count: tests.count)
    WorkerPool(threadCount: 3).run(tests.count) { results[$0] = try? tests[$0].run() }
    #expect(tests.indices.map { results[$0] } == alone)
  }
}
