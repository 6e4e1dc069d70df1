import Eval
import Tables
import TestSupport
import Testing

@Suite struct RuleTests {
  @Test func sharesAreThoseOfPandas() throws {
    let figures = try RuleFigures.figures(
      of: SmallTables.compared(), rules: [Rule(parsing: "town,district")])[0][0]
    let expected = EvaluationGolden.rule["town,district"]!
    expectClose(
      [figures.share.value, figures.share.holdout!], Array(expected[..<2]), absolute: 1e-12)
    #expect(figures.allowedCount == Int(expected[2]))
    #expect(figures.violations.count > 5)
    #expect(figures.violations.reduce(0) { $0 + $1.count } == 57)
  }

  @Test func violationsAreListedMostFrequentFirst() throws {
    let training = try Table(columns: [
      Column("a", [1, 2, 3]), Column("b", ["x", "y", nil]), Column("c", [0.5, 0.5, 1]),
    ])
    let synthetic = try Table(columns: [
      Column("a", [2, 1, 2, 2, 3]), Column("b", ["x", "x", "x", "y", nil]),
      Column("c", [0.5, 1, 0.5, 0.5, 1]),
    ])
    let tables = try ComparedTables(training: training, synthetic: [synthetic, training])
    let figures = try RuleFigures.figures(of: tables, rules: [Rule(parsing: "c, b,a")])
    #expect(figures[0][0].share.value == 0.4)
    #expect(figures[0][0].share.holdout == nil)
    #expect(figures[0][0].violations.map(\.values) == [["0.5", "x", "2"], ["1", "x", "1"]])
    #expect(figures[0][0].violations.map(\.count) == [2, 1])
    #expect(figures[1][0].share.value == 1)
    #expect(figures[1][0].allowedCount == 3)
  }

  @Test func aHundredViolationsAreListed() throws {
    let training = try Table(columns: [Column("a", [0]), Column("b", [0])])
    let synthetic = try Table(columns: [
      Column("a", (0..<500).map { $0 }), Column("b", (0..<500).map { $0 * 2 }),
    ])
    let tables = try ComparedTables(training: training, synthetic: [synthetic])
    let figures = try RuleFigures.figures(of: tables, rules: [Rule(parsing: "a,b")])[0][0]
    #expect(figures.violations.count == 100)
    #expect(figures.violations[0].values == ["1", "2"])
    #expect(figures.share.value == 0.002)
  }

  @Test func namesMayStandInQuotes() throws {
    #expect(try Rule(parsing: "'a, b' ,\"c\",Bob's").columns == ["a, b", "c", "Bob's"])
  }

  @Test(arguments: ["", "a", "a,", ",a", "a,a"])
  func aRuleNeedsTwoColumns(_ text: String) {
    #expect(
      throws: EvalError.definition(
        of: "rule", text: text, remedy: "Name two or more columns, as in education,education_num.")
    ) { try Rule(parsing: text) }
  }

  @Test func allowedCombinationsAreThoseOfRealRows() throws {
    func table(_ a: [String], _ b: [Int]) throws -> Table {
      try Table(columns: [Column("a", a), Column("b", b)])
    }
    let tables = try ComparedTables(
      training: table(["x", "y", "x"], [1, 2, 1]), holdout: table(["y", "z"], [2, 1]),
      synthetic: [table(["x"], [2])])
    let allowed = try Rule(parsing: "a,b").allowedCombinations(in: tables)
    #expect(allowed.map(\.values) == [["x", "1"], ["y", "2"], ["z", "1"]])
    #expect(allowed.map(\.count) == [2, 2, 1])
    #expect(throws: EvalError.self) { try Rule(parsing: "a,c").allowedCombinations(in: tables) }
  }

  @Test func anUnknownColumnIsReported() throws {
    let error = #expect(throws: EvalError.self) {
      try RuleFigures.figures(of: SmallTables.compared(), rules: [Rule(parsing: "town,distrikt")])
    }
    #expect(
      error?.description
        == "The rule 'town,distrikt': there is no column 'distrikt'. Do you mean 'district'?")
  }
}
