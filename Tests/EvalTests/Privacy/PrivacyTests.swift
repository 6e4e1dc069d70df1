import Eval
import Tables
import TestSupport
import Testing

@Suite struct PrivacyTests {
  private let training = closedFormTable(rows: 211, seed: 1)
  private let holdout = closedFormTable(rows: 211, seed: 2)

  /// Every seventh row is a copy.
  private var synthetic: Table {
    let drawn = closedFormTable(rows: 211, seed: 5)
    return training.followed(by: drawn).rows((0..<211).map { $0 % 7 == 0 ? $0 : 211 + $0 })
  }

  @Test(arguments: 0..<5 as Range<UInt64>)
  func sameAsNumPy(_ seed: UInt64) throws {
    let run = try PrivacyRun(
      training: training, holdout: holdout, synthetic: synthetic, seed: seed)
    let figures = run.figures
    let summary = { (distances: Distances?) -> [Double] in
      guard let distances else { return [] }
      return [distances.mean, distances.median, distances.lowest5Percent]
        + [0, 37, 100].map { distances.quantiles[$0] }
    }
    let measured = { (measured: Measured) in [measured.value, measured.holdout ?? .nan] }
    for (actual, expected) in [
      (summary(figures.toTraining), GoldenPrivacy.toTraining),
      (summary(figures.toHoldout), GoldenPrivacy.toHoldout),
      (summary(figures.holdoutToTraining), GoldenPrivacy.holdoutToTraining),
      (measured(figures.neighbourRatio), GoldenPrivacy.neighbourRatio),
      (measured(figures.identicalShare), GoldenPrivacy.identicalShare),
      (measured(figures.alphaPrecision), GoldenPrivacy.alphaPrecision),
      (measured(figures.betaRecall), GoldenPrivacy.betaRecall),
      (measured(figures.authenticity), GoldenPrivacy.authenticity),
      (measured(run.cosine), GoldenPrivacy.cosine),
    ] { expectClose(actual, expected, absolute: 1e-9) }
    let interval = try #require(figures.closerToTraining)
    expectClose(
      [interval.value, interval.lower, interval.upper], GoldenPrivacy.closerToTraining,
      absolute: 1e-9)
  }

  @Test func withoutAHoldoutItsFiguresAreMissing() throws {
    let figures = try PrivacyRun(training: training, holdout: nil, synthetic: synthetic).figures
    #expect(figures.toHoldout == nil && figures.holdoutToTraining == nil)
    #expect(figures.closerToTraining == nil)
    for measured in [figures.neighbourRatio, figures.identicalShare, figures.authenticity] {
      #expect(measured.holdout == nil)
    }
  }

  @Test func neitherThreadsNorOtherTablesShow() throws {
    let alone = try PrivacyRun(
      training: training, holdout: holdout, synthetic: synthetic, threadCount: 1)
    let together = try PrivacyRun(
      training: training, holdout: holdout, synthetic: synthetic,
      others: [closedFormTable(rows: 50, seed: 9)], threadCount: 3)
    #expect(alone == together)
  }

  @Test func aCopyIsFoundOut() throws {
    let run = try PrivacyRun(training: training, holdout: holdout, synthetic: training)
    #expect(run.figures.identicalShare.value == 1 && run.figures.identicalShare.holdout == 0)
    #expect(run.figures.toTraining.quantiles == [Double](repeating: 0, count: 101))
    #expect(run.figures.closerToTraining?.value == 1)
    #expect(run.figures.authenticity.value == 0)
    #expect(run.figures.alphaPrecision.value > 0.99)
    #expect(run.cosine.value == 1)
  }

  /// Rows of the same source as the training rows get what the holdout gets.
  @Test func newRowsAreAsFarAsTheHoldout() throws {
    let real = closedFormTable(rows: 1009, seed: 3)
    var shares: [Double] = []
    for seed in 0..<20 as Range<UInt64> {
      var generator = SplitMix64(seed: seed)
      let order = Array(0..<1009).shuffled(using: &generator)
      let figures = try PrivacyRun(
        training: real.rows(Array(order[..<300])), holdout: real.rows(Array(order[300..<600])),
        synthetic: real.rows(Array(order[600...])), seed: seed
      ).figures
      let interval = try #require(figures.closerToTraining)
      #expect(interval.lower <= interval.value && interval.value <= interval.upper)
      shares.append(interval.value)
      for measured in [figures.neighbourRatio, figures.betaRecall, figures.authenticity] {
        #expect(abs(measured.value - (measured.holdout ?? 0)) < 0.15)
      }
    }
    #expect(abs(shares.reduce(0, +) / 20 - 0.5) < 0.02)
  }

  /// Most new rows share few closest real rows with each other; their share is half within the interval all the same.
  @Test func theIntervalHoldsAHalfForNewRows() throws {
    let real = closedFormTable(rows: 1009, seed: 3)
    var heldCount = 0
    for seed in 0..<100 as Range<UInt64> {
      var generator = SplitMix64(seed: seed)
      let order = Array(0..<1009).shuffled(using: &generator)
      let figures = try PrivacyRun(
        training: real.rows(Array(order[..<60])), holdout: real.rows(Array(order[60..<120])),
        synthetic: real.rows(Array(order[120...])), seed: seed
      ).figures
      let interval = try #require(figures.closerToTraining)
      if interval.lower <= 0.5 && 0.5 <= interval.upper { heldCount += 1 }
    }
    #expect((90...100).contains(heldCount), "\(heldCount)")
  }

  @Test func manyLevelsStayDistinct() throws {
    let names = { (range: Range<Int>) in Table.column(range.map { "name \($0)" }) }
    let figures = try PrivacyRun(
      training: names(0..<300), holdout: names(300..<600), synthetic: names(250..<350)
    ).figures
    #expect(figures.identicalShare.value == 0.5 && figures.identicalShare.holdout == 0)
    #expect(figures.toTraining.mean == 0.5)
    #expect(figures.closerToTraining?.value == 0.5)
  }
}

extension Table {
  fileprivate static func column(_ texts: [String?]) -> Table {
    try! Table(columns: [Column("name", texts)])
  }
}
