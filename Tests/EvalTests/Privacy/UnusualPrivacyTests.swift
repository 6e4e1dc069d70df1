import Eval
import Tables
import TestSupport
import Testing

/// Tables that leave something out: every figure is finite.
@Suite struct UnusualPrivacyTests {
  private func expectFinite(
    _ training: Table, _ holdout: Table?, _ synthetic: Table,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let run = try PrivacyRun(training: training, holdout: holdout, synthetic: synthetic)
    #expect(run.numbers.allSatisfy { $0.isFinite }, sourceLocation: sourceLocation)
    for share in [run.figures.identicalShare, run.figures.neighbourRatio, run.figures.authenticity]
    {
      #expect((0...1).contains(share.value), sourceLocation: sourceLocation)
    }
    #expect((0...1).contains(run.cosine.value), sourceLocation: sourceLocation)
  }

  @Test(arguments: [1, 2, 3, 129, 257], [1, 2, 300])
  func fewRows(_ training: Int, _ others: Int) throws {
    for holdout in [nil, 1, others, 400] as [Int?] {
      try expectFinite(
        closedFormTable(rows: training, seed: 1),
        holdout.map { closedFormTable(rows: $0, seed: 2) },
        closedFormTable(rows: others, seed: 3))
    }
  }

  @Test func oneColumn() throws {
    let table = { (seed: Int, column: Int) in
      try Table(columns: [closedFormTable(rows: 100, seed: seed).columns[column]])
    }
    for column in 0..<4 { try expectFinite(table(1, column), table(2, column), table(3, column)) }
  }

  @Test func nothingButMissingValues() throws {
    let missing = try Table(columns: [
      Column("a", [Double?](repeating: nil, count: 20)),
      Column("b", [String?](repeating: nil, count: 20)),
    ])
    try expectFinite(missing, missing, missing)
    try expectFinite(missing, nil, missing)
    let figures = try PrivacyRun(training: missing, holdout: missing, synthetic: missing).figures
    #expect(figures.identicalShare.value == 1 && figures.identicalShare.holdout == 1)
    #expect(figures.closerToTraining?.value == 0.5)
  }

  @Test func equalRows() throws {
    let constant = { (number: Double, text: String) in
      try Table(columns: [
        Column("a", [Double?](repeating: number, count: 600)),
        Column("b", [String?](repeating: text, count: 600)),
      ])
    }
    try expectFinite(constant(1, "x"), constant(1, "x"), constant(1, "x"))
    try expectFinite(constant(1, "x"), constant(1, "x"), constant(2, "y"))
    try expectFinite(constant(1, "x"), nil, constant(-1e300, "y"))
  }

  @Test func otherValuesThanTheRealOnes() throws {
    let table = { (numbers: [Double?], text: String?) in
      try Table(columns: [
        Column("a", numbers), Column("b", [String?](repeating: text, count: numbers.count)),
      ])
    }
    try expectFinite(
      table([1, 2, 3], "x"), table([4, nil, 5], "x"),
      table([1e308, -1e308, nil], nil))
    try expectFinite(table([1, 2, 3], nil), nil, table([nil, nil, nil], "y"))
  }
}
