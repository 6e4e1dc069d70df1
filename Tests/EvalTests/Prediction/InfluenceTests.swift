import Eval
import TestSupport
import Testing

@Suite struct InfluenceTests {
  /// DeLong's variances by the definition: placements of all pairs.
  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func theVarianceIsDeLongs(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let scores = random.codes(90, below: 40).map(Float.init)
    let isPositive = scores.indices.map { $0 % 3 == 0 }
    let influences = Influence.onAUC(scores: scores, isPositive: isPositive)
    let (positives, others) = (
      scores.indices.filter { isPositive[$0] }, scores.indices.filter { !isPositive[$0] }
    )
    func wins(_ positive: Int, _ other: Int) -> Double {
      scores[positive] > scores[other] ? 1 : scores[positive] == scores[other] ? 0.5 : 0
    }
    let ofPositives = positives.map { row in others.reduce(0) { $0 + wins(row, $1) } / 60 }
    let ofOthers = others.map { row in positives.reduce(0) { $0 + wins($1, row) } / 30 }
    func variance(_ values: [Double]) -> Double {
      values.reduce(0) { $0 + ($1 - values.mean) * ($1 - values.mean) } / Double(values.count)
    }
    let expected = variance(ofPositives) / 30 + variance(ofOthers) / 60
    let found = influences.reduce(0) { $0 + $1 * $1 } / 90 / 90
    #expect(abs(found - expected) < 1e-12)
    #expect(abs(influences.reduce(0, +)) < 1e-9)
  }

  /// To first order, a row that occurs twice moves the figure by its influence divided by the rows.
  @Test func aRowMovesTheFigureByItsInfluence() {
    var random = SplitMix64(seed: 3)
    let actual = random.normal(2_000).map(Double.init)
    let predicted = zip(actual, random.normal(2_000)).map { $0 + 0.5 * Double($1) }
    let influences = Influence.onRSquared(predicted: predicted, actual: actual)
    let before = RegressionError(predicted: predicted, actual: actual).rSquared
    for row in [0, 17, 1_999] {
      let after = RegressionError(
        predicted: predicted + [predicted[row]], actual: actual + [actual[row]]
      ).rSquared
      #expect(abs((after - before) * 2_001 - influences[row]) < 0.02)
    }
    #expect(abs(influences.reduce(0, +)) < 1e-9)
  }

  @Test func severalClassesAreMeansOfOneAgainstTheRest() {
    let classes = (0..<60).map { $0 % 3 }
    let chances = (0..<180).map { Float(($0 * 37) % 101) / 101 }
    let influences = Influence.onMacroAUC(chances: chances, classes: classes, classCount: 3)
    let each = (0..<3).map { one in
      Influence.onAUC(
        scores: classes.indices.map { chances[$0 * 3 + one] }, isPositive: classes.map { $0 == one }
      )
    }
    for row in classes.indices {
      #expect(abs(influences[row] - (each[0][row] + each[1][row] + each[2][row]) / 3) < 1e-12)
    }
  }

  @Test func oneKindOfRowsHasNoInfluence() {
    #expect(Influence.onAUC(scores: [1, 2], isPositive: [true, true]) == [0, 0])
    #expect(Influence.onMacroAUC(chances: [1, 0], classes: [0], classCount: 2) == [0])
    #expect(Influence.onRSquared(predicted: [1, 2], actual: [3, 3]) == [0, 0])
  }
}
