import Eval
import Foundation
import NN
import Tables
import TestSupport
import Testing

@Suite struct EvaluationTests {
  @Test func partsAreThoseThatAreComputedAlone() throws {
    let tables = try SmallTables.compared()
    let options = try Self.allOptions()
    let evaluation = try Evaluation(of: tables, options: options)
    let pool = WorkerPool(threadCount: 2)
    #expect(evaluation.columns == ["age", "hours", "gain", "town", "district", "member"])
    #expect(evaluation.training.rowCount == 900)
    #expect(evaluation.holdout?.rowCount == 300)
    #expect(evaluation.synthetic.map(\.table.rowCount) == [500])
    let found = evaluation.synthetic[0]
    #expect(found.accuracy == AccuracyFigures.figures(of: tables, seed: 1, pool: pool)[0])
    #expect(try found.rules == RuleFigures.figures(of: tables, rules: options.rules)[0])
    #expect(
      try found.statistics
        == StatisticFigures.figures(of: tables, statistics: options.statistics)[0])
    let space = FeatureSpace(of: tables, seed: 1, pool: pool)
    #expect(
      found.privacy
        == PrivacyEvaluator(of: tables, in: space, pool: pool).figures(ofSynthetic: 0))
    let similarity = try #require(found.similarity)
    let parts = Similarities(tables, seed: 1, pool: pool)
    #expect(similarity.centroidCosine == centroidCosine(ofSynthetic: 0, in: space))
    #expect(similarity.shapes == parts.shapes[0])
    #expect(similarity.trends == parts.trends[0])
    #expect(similarity.associations == parts.associations[0])
    #expect(
      try similarity.discriminator
        == Discriminator(
          DiscriminatorTest(ofSynthetic: 0, in: tables, seed: 1).outcome(),
          holdout: DiscriminatorTest(ofHoldoutIn: tables, seed: 1)?.outcome()))
    let target = Target("member", value: "yes")
    #expect(
      try found.utility
        == UtilityFigures(
          of: target,
          synthetic: UtilityTest(training: .synthetic(0), on: target, in: tables, seed: 1).run(),
          real: UtilityTest(training: .training, on: target, in: tables, seed: 1).run()))
  }

  @Test func shapeAndTrendAreMeans() throws {
    let evaluation = try Evaluation(of: SmallTables.compared())
    let figures = try #require(evaluation.synthetic[0].similarity)
    let (shape, trend) = try (#require(figures.shape), #require(figures.trend))
    #expect(abs(shape.value * 6 - figures.shapes.reduce(0) { $0 + $1.similarity.value }) < 1e-12)
    #expect(abs(trend.value * 15 - figures.trends.reduce(0) { $0 + $1.similarity.value }) < 1e-12)
    #expect(shape.holdout != nil && trend.holdout != nil)
  }

  @Test func whatIsNotWantedIsNotThere() throws {
    var options = EvaluationOptions()
    options.parts = []
    var phases: [Evaluation.Phase] = []
    let alone = try Evaluation(of: SmallTables.compared(), options: options) { phases.append($0) }
    #expect(phases == [.definitions, .accuracy])
    #expect(alone.synthetic[0].similarity == nil && alone.synthetic[0].privacy == nil)
    #expect(alone.synthetic[0].utility == nil)
    #expect(alone.synthetic[0].rules.isEmpty && alone.synthetic[0].statistics.isEmpty)
    phases = []
    options.parts = [.privacy]
    let privacy = try Evaluation(of: SmallTables.compared(), options: options) {
      phases.append($0)
    }
    #expect(phases == [.definitions, .accuracy, .privacy])
    #expect(privacy.synthetic[0].similarity == nil && privacy.synthetic[0].privacy != nil)
  }

  @Test func theNumberOfThreadsChangesNoByte() throws {
    let tables = try SmallTables.compared()
    let all = try [1, 2, 5].map { threadCount in
      var options = try Self.allOptions()
      options.threadCount = threadCount
      return try Evaluation(of: tables, options: options).json()
    }
    #expect(all[0] == all[1] && all[0] == all[2])
  }

  @Test func severalTablesAreJudgedAsIfAlone() throws {
    let (training, holdout) = try (
      SmallTables.table(seed: 1, count: 300), SmallTables.table(seed: 2, count: 100)
    )
    let synthetic = try (3...4).map {
      try SmallTables.table(seed: UInt64($0), count: 50 * $0, shift: 1)
    }
    let options = try Self.allOptions()
    let together = try Evaluation(
      of: ComparedTables(training: training, holdout: holdout, synthetic: synthetic),
      options: options)
    for (index, table) in synthetic.enumerated() {
      let alone = try Evaluation(
        of: ComparedTables(training: training, holdout: holdout, synthetic: [table]),
        options: options)
      #expect(together.synthetic[index].accuracy == alone.synthetic[0].accuracy)
      #expect(together.synthetic[index].privacy == alone.synthetic[0].privacy)
      #expect(together.synthetic[index].utility == alone.synthetic[0].utility)
      #expect(together.synthetic[index].rules == alone.synthetic[0].rules)
      #expect(together.synthetic[index].statistics == alone.synthetic[0].statistics)
      #expect(together.synthetic[index].similarity == alone.synthetic[0].similarity)
    }
  }

  @Test func withoutAHoldoutItsFiguresAreNil() throws {
    let table = try SmallTables.table(seed: 1, count: 200)
    let tables = try ComparedTables(
      training: table, synthetic: [SmallTables.table(seed: 2, count: 200)])
    let evaluation = try Evaluation(of: tables, options: Self.allOptions())
    let text = try String(decoding: evaluation.json(), as: UTF8.self)
    #expect(evaluation.holdout == nil)
    #expect(!text.contains("oldout"))
    #expect(evaluation.synthetic[0].utility?.real.auc != nil)
  }

  @Test func figuresSurviveJSON() throws {
    let evaluation = try Evaluation(of: SmallTables.compared(), options: Self.allOptions())
    let json = try evaluation.json()
    #expect(try JSONDecoder().decode(Evaluation.self, from: json) == evaluation)
    #expect(String(decoding: json, as: UTF8.self).hasPrefix("{\n  \"columns\" : [\n"))
  }

  @Test(arguments: [
    ("mebmer", "The target: there is no column 'mebmer'. Do you mean 'member'?"),
    ("member=ye", "The target: no real row has 'ye' in column 'member'. Do you mean 'yes'?"),
  ])
  func anUnknownTargetIsReported(_ target: String, _ message: String) throws {
    var options = EvaluationOptions()
    options.target = try Target(parsing: target)
    let error = #expect(throws: EvalError.self) {
      try Evaluation(of: SmallTables.compared(), options: options)
    }
    #expect(error?.description == message)
  }

  static func allOptions() throws -> EvaluationOptions {
    var options = EvaluationOptions()
    options.target = try Target(parsing: "member=yes")
    options.rules = try [Rule(parsing: "town,district")]
    options.statistics = try ["mean(hours) by member", "count by town,district"]
      .map { try Statistic(parsing: $0) }
    options.threadCount = 2
    return options
  }
}
