import Eval
import NN
import Tables
import TestSupport
import Testing

@Suite struct AccuracyTests {
  @Test func figuresAreThoseOfMostlyAIQA() throws {
    let figures = try accuracy(of: SmallTables.compared())
    var found: [String: [Double]] = [
      "univariate": numbers(figures.univariate), "bivariate": numbers(figures.bivariate),
      "trivariate": numbers(figures.trivariate),
    ]
    for column in figures.columns { found[column.column] = numbers(column.univariate) }
    for pair in figures.pairs { found["\(pair.first), \(pair.second)"] = numbers(pair.accuracy) }
    #expect(found.count == EvaluationGolden.accuracy.count)
    for (name, expected) in EvaluationGolden.accuracy {
      // The package rounds the accuracy of every set to five decimals.
      expectClose(found[name] ?? [], expected, absolute: 5.1e-6, name)
    }
  }

  @Test func overallIsTheMeanOfTheThree() throws {
    let figures = try accuracy(of: SmallTables.compared())
    let parts = [figures.univariate, figures.bivariate, figures.trivariate].map(numbers)
    let means = (0..<3).map { index in parts.map { $0[index] }.reduce(0, +) / 3 }
    expectClose(numbers(figures.overall), means, absolute: 1e-12)
  }

  @Test func columnsHaveTheMeansOfTheirPairsAndTriples() throws {
    let figures = try accuracy(of: SmallTables.compared())
    for column in figures.columns {
      let pairs = figures.pairs.filter { [$0.first, $0.second].contains(column.column) }
      #expect(pairs.count == 5)
      let mean = pairs.reduce(0) { $0 + $1.accuracy.value } / 5
      #expect(abs(mean - column.bivariate!.value) < 1e-12)
    }
    // Every triple has three columns, so the columns' means have the mean of all triples.
    let mean = figures.columns.reduce(0) { $0 + $1.trivariate!.value } / 6
    #expect(abs(mean - figures.trivariate!.value) < 1e-12)
  }

  @Test(arguments: [1, 2, 3, 7])
  func theNumberOfThreadsChangesNothing(threadCount: Int) throws {
    let tables = try SmallTables.compared()
    #expect(
      AccuracyFigures.figures(of: tables, seed: 1, pool: WorkerPool(threadCount: threadCount))
        == AccuracyFigures.figures(of: tables, seed: 1, pool: WorkerPool(threadCount: 1)))
  }

  @Test func severalSyntheticTablesAreJudgedAsIfAlone() throws {
    let (training, holdout) = try (
      SmallTables.table(seed: 1, count: 300), SmallTables.table(seed: 2, count: 100)
    )
    let synthetic = try (3...5).map {
      try SmallTables.table(seed: UInt64($0), count: 50 * $0, shift: 1)
    }
    let together = try ComparedTables(training: training, holdout: holdout, synthetic: synthetic)
    let figures = AccuracyFigures.figures(
      of: together, seed: 1, pool: WorkerPool(threadCount: 2))
    for (table, figures) in zip(synthetic, figures) {
      let alone = try ComparedTables(training: training, holdout: holdout, synthetic: [table])
      #expect(try accuracy(of: alone) == figures)
    }
  }

  @Test func theRealRowsThemselvesAreAccurate() throws {
    let table = try SmallTables.table(seed: 4, count: 200)
    let figures = try accuracy(of: ComparedTables(training: table, synthetic: [table]))
    #expect(figures.overall.value == 1)
    #expect(figures.overall.holdout == nil)
    #expect(figures.overall.expected < 1)
  }

  @Test func oneColumnHasNoPairsAndTwoHaveNoTriples() throws {
    let (one, two) = (Column("a", [1, 2, 3]), Column("b", ["x", "y", nil]))
    let single = try Table(columns: [one])
    let double = try Table(columns: [one, two])
    let first = try accuracy(of: ComparedTables(training: single, synthetic: [single]))
    #expect(first.bivariate == nil && first.trivariate == nil && first.pairs.isEmpty)
    #expect(first.columns[0].bivariate == nil)
    #expect(first.overall == first.univariate)
    let second = try accuracy(of: ComparedTables(training: double, synthetic: [double]))
    #expect(second.bivariate?.value == 1 && second.trivariate == nil)
  }

  @Test func wideTablesAreSampled() throws {
    let columns = (0..<400).map { (index: Int) in Column("c\(index)", [1, 2, index]) }
    let table = try Table(columns: columns)
    let figures = try accuracy(of: ComparedTables(training: table, synthetic: [table]))
    #expect(figures.columns.count == 400)
    #expect(figures.pairs.count == 300 * 299 / 2)
    #expect(figures.columns.count { $0.bivariate != nil } == 300)
    #expect(figures.trivariate?.value == 1)
  }

  private func accuracy(of tables: ComparedTables) throws -> AccuracyFigures {
    let pool = WorkerPool(threadCount: 2)
    return AccuracyFigures.figures(of: tables, seed: 1, pool: pool)[0]
  }

  private func numbers(_ score: AccuracyScore?) -> [Double] {
    score.map { [$0.value, $0.expected] + ($0.holdout.map { [$0] } ?? []) } ?? []
  }

  private func numbers(_ measured: Measured) -> [Double] { [measured.value, measured.holdout!] }
}
