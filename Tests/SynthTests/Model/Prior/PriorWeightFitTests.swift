import Foundation
import Synth
import TestSupport
import Testing

/// Weights of parents: the best of a likelihood that a plain reference computes.
@Suite struct PriorWeightFitTests {
  private typealias Row = (target: Int, base: [Float], ratios: [[Float]])

  private func weights(_ rows: [Row], parentCount: Int, width: Int) -> [Double] {
    var examples = PriorWeightFit(parentCount: parentCount, width: width)
    for row in rows {
      examples.add(target: row.target, base: row.base, ratios: row.ratios.map { $0[...] })
    }
    return examples.bestWeights()
  }

  /// The likelihood of all rows less the pull, 1.5 w² for each weight.
  private func objective(_ rows: [Row], _ weights: [Double]) -> Double {
    rows.reduce(0) { sum, row in
      let logits = row.base.indices.map { code in
        zip(weights, row.ratios).reduce(Double(row.base[code])) {
          $0 + $1.0 * Double($1.1[code])
        }
      }
      return sum + logits[row.target] - log(logits.reduce(0) { $0 + exp($1) })
    } - weights.reduce(0) { $0 + 1.5 * $1 * $1 }
  }

  /// Rows whose codes are drawn with true weights.
  private func rows(_ count: Int, width: Int, truth: [Double], seed: UInt64) -> [Row] {
    var random = SplitMix64(seed: seed)
    let base = (0..<width).map { -Float($0) / 3 }
    return (0..<count).map { _ in
      let ratios = truth.map { _ in (0..<width).map { _ in Float(random.unit() * 3 - 1.5) } }
      let scores = (0..<width).map { code in
        exp(zip(truth, ratios).reduce(Double(base[code])) { $0 + $1.0 * Double($1.1[code]) })
      }
      var rest = random.unit() * scores.reduce(0, +)
      let target = scores.firstIndex {
        rest -= $0
        return rest < 0
      }
      return (target ?? width - 1, base, ratios)
    }
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func noOtherWeightsAreBetter(_ seed: UInt64) {
    let rows = rows(150, width: 4, truth: [0.9, 0.3, 0], seed: seed)
    let weights = weights(rows, parentCount: 3, width: 4)
    let best = objective(rows, weights)
    for parent in 0..<3 {
      #expect((0...2).contains(weights[parent]))
      for step in [-0.03, 0.03] where weights[parent] + step >= 0 {
        var others = weights
        others[parent] += step
        #expect(objective(rows, others) < best, "\(parent): \(weights)")
      }
    }
  }

  @Test func trueWeightsAreFound() {
    let found = (1...8 as ClosedRange<UInt64>).map {
      weights(rows(1_000, width: 5, truth: [1, 0.5, 0], seed: $0), parentCount: 3, width: 5)
    }
    for (index, truth) in [1, 0.5, 0].enumerated() {
      let mean = found.reduce(0) { $0 + $1[index] } / 8
      #expect(abs(mean - truth) < 0.05, "\(index): \(mean)")
    }
  }

  /// Two columns that say the same share what one would have.
  @Test func copiesShareAWeight() {
    let single = rows(800, width: 3, truth: [0.8], seed: 5)
    let double = single.map { Row($0.target, $0.base, [$0.ratios[0], $0.ratios[0]]) }
    let one = weights(single, parentCount: 1, width: 3)
    let two = weights(double, parentCount: 2, width: 3)
    #expect(abs(two[0] - two[1]) < 1e-6 && abs(two[0] + two[1] - one[0]) < 0.02)
  }

  /// What nothing is known about gets no weight.
  @Test func noRowsGiveNoWeight() {
    #expect(weights([], parentCount: 2, width: 3) == [0, 0])
  }
}
