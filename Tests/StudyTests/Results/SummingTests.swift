import Foundation
import Study
import Synth
import TestSupport
import Testing

@Suite struct SummingTests {
  private func cell(
    _ rowCount: Int, _ repetition: Int = 1, accuracy: Double, seconds: Double
  ) -> StudyCell {
    StudyCell(
      key: .init(
        rowCount: rowCount, modelSize: .medium, epochs: .automatic, repetition: repetition),
      seed: 1, values: [.accuracy: accuracy, .trainingSeconds: seconds], expected: [:],
      violations: [], statistics: [], violins: [], samples: [])
  }

  private func plan(_ rowCounts: [Int], repetitions: Int) -> StudyPlan {
    StudyPlan(
      rowCounts: rowCounts, oversized: [], modelSizes: [.medium], epochs: [.automatic],
      repetitions: repetitions, drawnRowCount: 10)
  }

  @Test func repeatsAreSummedUp() throws {
    let cells = [
      cell(200, 1, accuracy: 0.5, seconds: 1), cell(200, 2, accuracy: 0.75, seconds: 2),
      cell(200, 3, accuracy: 1, seconds: 6), cell(400, 1, accuracy: 0.25, seconds: 4),
    ]
    let summaries = StudyResults.summaries(
      of: cells, plan: plan([200, 400, 800], repetitions: 3))
    #expect(summaries.map(\.rowCount) == [200, 400])
    let accuracy = try #require(summaries[0].values[.accuracy])
    #expect((accuracy.count, accuracy.mean, accuracy.deviation) == (3, 0.75, 0.25))
    #expect((accuracy.minimum, accuracy.maximum) == (0.5, 1))
    #expect(summaries[0].values[.trainingSeconds]?.mean == 3)
    #expect(summaries[0].values[.trainingSeconds]?.deviation == 7.0.squareRoot())
    let single = try #require(summaries[1].values[.accuracy])
    #expect((single.count, single.mean, single.deviation) == (1, 0.25, nil))
  }

  @Test func theExponentIsTheSlopeInLogarithms() throws {
    let law = try #require(
      PowerLaw(through: [100, 200, 1_000, 5_000].map { ($0, 3 * pow($0, 0.75)) }))
    expectClose([law.exponent, law.factor], [0.75, 3], absolute: 1e-12)
    // The line through (0, 0), (1, 0) and (2, 3), worked by hand: slope 3/2, intercept -1/2.
    let e = M_E
    let fitted = try #require(PowerLaw(through: [(1, 1), (e, 1), (e * e, e * e * e)]))
    expectClose([fitted.exponent, fitted.factor], [1.5, exp(-0.5)], absolute: 1e-12)
    #expect(PowerLaw(through: []) == nil)
    #expect(PowerLaw(through: [(200, 1)]) == nil)
    #expect(PowerLaw(through: [(200, 1), (200, 2)]) == nil)
    #expect(PowerLaw(through: [(0, 1), (200, 0), (300, 2)]) == nil)
  }

  @Test func runtimesAreFittedForEverySeriesThatHasTwoSizes() {
    let cells = [
      cell(100, accuracy: 0.5, seconds: 1), cell(10_000, accuracy: 0.6, seconds: 100),
    ]
    let fits = StudyResults.runtimes(of: cells, plan: plan([100, 10_000], repetitions: 1))
    #expect(fits.count == 1)
    expectClose([fits[0].exponent, fits[0].factor], [1, 0.01], absolute: 1e-12)
    let single = StudyResults.runtimes(
      of: [cells[0]], plan: plan([100, 10_000], repetitions: 1))
    #expect(single.isEmpty)
  }

  @Test func theFrontierHasTheCellsThatNoOtherSurpasses() {
    let cells = [
      cell(1, accuracy: 0.7, seconds: 3), cell(2, accuracy: 0.6, seconds: 1),
      cell(3, accuracy: 0.5, seconds: 2), cell(4, accuracy: 0.7, seconds: 4),
      cell(5, accuracy: 0.9, seconds: 9), cell(6, accuracy: 0.65, seconds: 1),
    ]
    #expect(StudyResults.frontier(of: cells).map(\.rowCount) == [6, 1, 5])
    #expect(StudyResults.frontier(of: []).isEmpty)
  }

  @Test func noCellSurpassesOneOfTheFrontier() {
    for seed in 1...30 {
      var random = SplitMix64(seed: UInt64(seed))
      let cells = (1...20).map {
        cell(
          $0, accuracy: Double(Int.random(in: 0..<8, using: &random)),
          seconds: Double(Int.random(in: 1..<8, using: &random)))
      }
      let frontier = StudyResults.frontier(of: cells).map { cells[$0.rowCount - 1] }
      for best in frontier {
        #expect(
          !cells.contains {
            $0.values[.accuracy]! >= best.values[.accuracy]!
              && $0.values[.trainingSeconds]! < best.values[.trainingSeconds]!
          })
      }
      for other in cells {
        #expect(
          frontier.contains {
            $0.values[.accuracy]! >= other.values[.accuracy]!
              && $0.values[.trainingSeconds]! <= other.values[.trainingSeconds]!
          })
      }
    }
  }
}
