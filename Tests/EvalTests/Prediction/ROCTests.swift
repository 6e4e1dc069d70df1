import Eval
import TestSupport
import Testing

/// Figures of Tools/reference/prediction.py.
@Suite struct ROCTests {
  @Test func sameAsScikitLearnWithTies() {
    let rows = Array(0..<60)
    let roc = ROC(
      scores: rows.map { Float($0 * 7 % 13) / 13 },
      isPositive: rows.map { ($0 * $0 % 5 < 2) != ($0 % 7 == 3) })
    #expect(abs(roc.auc - 0.41657142857142854) < 1e-15)
    expectClose(
      roc.curve.map(\.x),
      [0, 0.08, 0.16, 0.28, 0.4, 0.44, 0.52, 0.56, 0.64, 0.72, 0.84, 0.88, 0.96, 1],
      absolute: 1e-12)
    expectClose(
      roc.curve.map(\.y),
      [
        0, 0.057142857143, 0.114285714286, 0.171428571429, 0.228571428571, 0.342857142857,
        0.428571428571, 0.514285714286, 0.571428571429, 0.628571428571, 0.685714285714, 0.8,
        0.885714285714, 1,
      ], absolute: 1e-12)
  }

  @Test func severalClassesSameAsScikitLearn() {
    let classes = (0..<90).map { ($0 * $0 + $0 / 7) % 4 }
    let chances = classes.indices.flatMap { row -> [Float] in
      let parts = (0..<4).map { one in
        1 + (row * 3 + one * 5) % 11 + (classes[row] == one && row % 3 != 0 ? 3 : 0)
      }
      return parts.map { Float($0) / Float(parts.reduce(0, +)) }
    }
    let auc = macroAUC(chances: chances, classes: classes, classCount: 4)
    #expect(abs(auc - 0.6722352965182071) < 1e-12)
  }

  @Test func classesThatNoRowHasAreLeftOut() {
    let chances: [Float] = [0.9, 0.1, 0, 0.2, 0.8, 0, 0.6, 0.4, 0]
    #expect(macroAUC(chances: chances, classes: [0, 1, 0], classCount: 3) == 1)
    #expect(macroAUC(chances: chances, classes: [1, 1, 1], classCount: 3) == 0.5)
    #expect(macroAUC(chances: [], classes: [], classCount: 3) == 0.5)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func theShareOfPairsInOrder(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let count = Int.random(in: 2...400, using: &random)
    let scores = random.codes(count, below: 1 + count / 3).map(Float.init)
    let isPositive = (0..<count).map { $0 % 2 == 0 && ($0 == 0 || Bool.random(using: &random)) }
    var sum = 0.0
    var pairs = 0.0
    for (score, positive) in zip(scores, isPositive) where positive {
      for (other, otherPositive) in zip(scores, isPositive) where !otherPositive {
        sum += score > other ? 1 : score == other ? 0.5 : 0
        pairs += 1
      }
    }
    #expect(abs(ROC(scores: scores, isPositive: isPositive).auc - sum / pairs) < 1e-12)
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func aLongCurveIsThinned(_ seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let scores = random.normal(5_000)
    let isPositive = scores.map { $0 + 1.5 * random.normal(1)[0] > 1 }
    let roc = ROC(scores: scores, isPositive: isPositive)
    #expect(roc.curve.count == 101)
    #expect(roc.curve.first == Point(x: 0, y: 0) && roc.curve.last == Point(x: 1, y: 1))
    var area = 0.0
    for (from, to) in zip(roc.curve, roc.curve.dropFirst()) {
      #expect(from.x <= to.x && from.y <= to.y)
      area += (to.x - from.x) * (to.y + from.y) / 2
    }
    #expect(abs(area - roc.auc) < 0.001)
  }

  @Test func oneKindOfRowsAloneHasNoCurve() {
    let expected = [Point(x: 0, y: 0), Point(x: 1, y: 1)]
    for isPositive in [[], [true, true], [false, false]] {
      let roc = ROC(scores: isPositive.indices.map { Float($0) }, isPositive: isPositive)
      #expect(roc.auc == 0.5 && roc.curve == expected)
    }
  }
}
