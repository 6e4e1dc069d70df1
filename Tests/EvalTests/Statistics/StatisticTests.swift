import Eval
import Tables
import TestSupport
import Testing

@Suite struct StatisticTests {
  @Test(arguments: EvaluationGolden.statistics.keys.sorted())
  func figuresAreThoseOfPandas(_ definition: String) throws {
    let figures = try figures(definition)
    let groups = figures.groups.sorted { $0.values.joined() < $1.values.joined() }
    let found = groups.map(\.training) + groups.map(\.holdout) + groups.map(\.synthetic)
    // The reference scales no counts but those of the synthetic table and holdout, as is done here.
    expectClose(
      found.map { $0 ?? .nan }, EvaluationGolden.statistics[definition]!, absolute: 1e-9)
  }

  @Test func deviationsAreWeightedByTrainingRows() throws {
    let training = try table([1, 1, 1, 5], ["a", "a", "a", "b"])
    let holdout = try table([2, 5], ["a", "b"])
    let synthetic = try table([3, 3, 9], ["a", "a", "b"])
    let tables = try ComparedTables(
      training: training, holdout: holdout, synthetic: [synthetic])
    let figures = try StatisticFigures.figures(
      of: tables, statistics: [Statistic(parsing: "mean(x) by g")])[0][0]
    #expect(figures.deviation.value == 2.5)
    #expect(figures.deviation.holdout == 0.75)
    #expect(figures.groups.map(\.values) == [["a"], ["b"]])
  }

  @Test func groupsThatRealRowsLackAreLeftOutAndThoseThatSyntheticRowsLackAreOff() throws {
    let tables = try ComparedTables(
      training: table([4, nil], ["a", "b"]), synthetic: [table([7, 8], ["_RARE_", "b"])])
    let figures = try StatisticFigures.figures(
      of: tables, statistics: [Statistic(parsing: "mean(x) by g")])[0][0]
    #expect(figures.groups.map(\.values) == [["a"], ["b"]])
    #expect(figures.groups.map(\.training) == [4, nil])
    #expect(figures.groups.map(\.synthetic) == [nil, 8])
    #expect(figures.deviation.value == 4)
    #expect(figures.deviation.holdout == nil)
  }

  @Test func theLargestThousandGroupsAreShown() throws {
    let groups = (0..<3_000).map { $0 < 2_000 ? $0 : $0 % 2 }
    let table = try Table(columns: [Column("g", groups)])
    let tables = try ComparedTables(training: table, synthetic: [table])
    let figures = try StatisticFigures.figures(
      of: tables, statistics: [Statistic(parsing: "count by g")])[0][0]
    #expect(figures.groups.count == 1_000)
    #expect(figures.groups[0].training == 501)
    #expect(figures.groups[999].values == ["999"])
    #expect(figures.deviation.value == 0)
  }

  @Test func definitionsAreRead() throws {
    func measure(_ text: String) throws -> Statistic.Measure {
      try Statistic(parsing: text).measure
    }
    #expect(try measure("count by a") == .count)
    #expect(try measure("mean(b c) by a") == .mean("b c"))
    #expect(try measure("median('b (c)') by a") == .quantile("b (c)", 0.5))
    #expect(try measure("quantile(b, 0.25) by a") == .quantile("b", 0.25))
    #expect(try measure("share(b='>50K') by a") == .share("b", value: ">50K"))
    #expect(try measure("share(b=x=y) by a") == .share("b", value: "x=y"))
    #expect(try measure("share('b=c'=x) by a") == .share("b=c", value: "x"))
    #expect(try Statistic(parsing: "mean(paid by) by 'a, b', c").groupColumns == ["a, b", "c"])
  }

  @Test(arguments: [
    "", "mean(a)", "mean(a) by", "mean(a) by ", "mean by a", "mean() by a", "sum(a) by b",
    "count by a,b,c", "count by a,a", "quantile(a) by b", "quantile(a,2) by b",
    "quantile(a,x) by b",
    "share(a) by b", "by a", "mean(a by b", "((() by b",
  ])
  func otherDefinitionsAreRefused(_ text: String) {
    let error = #expect(throws: EvalError.self) { try Statistic(parsing: text) }
    #expect(error?.description.hasPrefix("'\(text)' is no statistic. Write count, ") == true)
    #expect(error?.description.hasSuffix("as in mean(age) by sex.") == true)
  }

  @Test(arguments: [
    ("mean(agee) by town", "there is no column 'agee'. Do you mean 'age'?"),
    ("count by x", "there is no column 'x'. Look at the header of the tables."),
    (
      "mean(town) by member",
      "the column 'town' holds no numbers. Name one that does, or take share(town=VALUE)."
    ),
    ("share(town=Ullm) by age", "no real row has 'Ullm' in column 'town'. Do you mean 'Ulm'?"),
    ("share(age=7) by town", "no real row has '7' in column 'age'. Give one that occurs."),
  ])
  func definitionsThatDoNotFitAreReported(_ definition: String, _ message: String) {
    let error = #expect(throws: EvalError.self) { try figures(definition) }
    #expect(error?.description == "The statistic '\(definition)': \(message)")
  }

  private func figures(_ definition: String) throws -> StatisticFigures {
    try StatisticFigures.figures(
      of: SmallTables.compared(), statistics: [Statistic(parsing: definition)])[0][0]
  }

  private func table(_ numbers: [Double?], _ groups: [String]) throws -> Table {
    try Table(columns: [Column("x", numbers), Column("g", groups)])
  }
}
