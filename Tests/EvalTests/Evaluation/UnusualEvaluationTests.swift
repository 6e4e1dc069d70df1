import Eval
import Tables
import TestSupport
import Testing

/// Tables that leave little to judge.
@Suite struct UnusualEvaluationTests {
  private static let missing = [String?](repeating: nil, count: 12)
  private static let numbers = (0..<12).map { (row: Int) in Double(row * row) as Double? }
  private static let letters = (0..<12).map { (row: Int) in ["a", "b", "c"][row % 3] as String? }
  /// Read as numbers, as all fields are.
  private static let huge = (0..<12).map { (row: Int) in
    (row % 2 == 0 ? "1.7e308" : "-1.7e308") as String?
  }

  private static let tables: [[Column]] = [
    [Column("a", numbers)],
    [Column("a", letters)],
    [Column("a", missing), Column("b", missing)],
    [Column("a", missing), Column("b", letters), Column("c", numbers)],
    [Column("a", [1, 1, 1, 1]), Column("b", ["x", "x", "x", "x"])],
    [Column("a", huge), Column("b", letters), Column("c", huge.reversed())],
    [Column("a", [3]), Column("b", ["x"])],
    [Column("a", [3, nil]), Column("b", ["x", nil])],
  ]

  @Test(arguments: tables.indices, [1, 5, 40])
  func figuresAreFinite(table: Int, rowCount: Int) throws {
    let real = try Table(columns: Self.tables[table])
    var random = SplitMix64(seed: UInt64(rowCount))
    let rows = (0..<rowCount).map { _ in Int(random.next() % UInt64(real.rowCount)) }
    let drawn = real.rows(rows)
    var options = EvaluationOptions()
    let names = real.columns.map(\.name)
    options.statistics = try names.map { try Statistic(parsing: "count by \($0)") }
    if names.contains("c") {
      options.target = Target("b")
      options.rules = try [Rule(parsing: "a,b,c")]
      options.statistics += [try Statistic(parsing: "mean(c) by b")]
    }
    for (holdout, synthetic) in [(nil, drawn), (real, drawn), (drawn, real)] {
      let evaluation = try Evaluation(
        of: ComparedTables(training: real, holdout: holdout, synthetic: [synthetic, drawn]),
        options: options)
      // JSON has no word for what is not finite.
      _ = try evaluation.json()
    }
  }

  @Test func aSyntheticTableWithoutValuesIsJudged() throws {
    let real = try Table(columns: [
      Column("a", Self.numbers), Column("b", Self.letters), Column("c", Self.letters),
    ])
    let empty = try Table(columns: ["a", "b", "c"].map { Column($0, Self.missing) })
    var options = EvaluationOptions()
    options.target = Target("b")
    options.statistics = try [Statistic(parsing: "mean(a) by b")]
    let evaluation = try Evaluation(
      of: ComparedTables(training: real, holdout: real, synthetic: [empty]), options: options)
    let figures = evaluation.synthetic[0]
    _ = try evaluation.json()
    #expect(figures.similarity?.shape == nil)
    #expect(figures.accuracy.univariate.value < 0.5)
    #expect(figures.utility?.synthetic.auc == 0.5)
    #expect(figures.privacy?.identicalShare.value == 0)
  }
}
