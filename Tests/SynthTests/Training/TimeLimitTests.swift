import Foundation
import Synth
import Tables
import TestSupport
import Testing

@Suite struct TimeLimitTests {
  /// Many more epochs than the time is long enough for, in folds and without: it is used, and no more.
  @Test(arguments: [(refits: true, minutes: 20.0), (refits: false, minutes: 3.0)])
  func aShortTimeEndsWithAModel(refits: Bool, minutes: Double) throws {
    let table = try mixedTable(rows: 300, seed: 101)
    var options = quickOptions(epochs: 5_000, foldCount: nil)
    options.optimization.maxMinutes = minutes
    let plan = try refits ? nil : TrainingPlan.withoutRefit(rowCount: 300, heldOut: 30, options)
    let log = ProgressLog()
    let run = try TrainingRun(
      table, options: options, plan: plan, cancellation: Cancellation(), now: SteppedClock().now)
    let generator = try run.run(progress: log.append)
    #expect(generator.report.stopReason == .timeLimit)
    #expect(generator.report.rows.history.count < 5_000 && generator.report.rows.bestEpoch >= 1)
    let seconds = try #require(log.all.last).elapsedSeconds
    #expect(((60 * minutes - 10)...(60 * minutes + 10)).contains(seconds), "\(seconds)")
    #expect(generator.report.rows.refitLosses.isEmpty != refits)
    #expect(generator.values.buffer.row.elements.allSatisfy { $0.isFinite })
    #expect(try generator.drawTable(rows: 100).rowCount == 100)
    let bytes = try generator.fileBytes()
    #expect(bytes.count > 8)
    for report in log.all {
      #expect(report.epochs <= Double(report.epochLimit) && report.remainingSeconds >= 0)
    }
  }

  @Test func aLongTimeChangesNothing() async throws {
    let table = try mixedTable(rows: 150, seed: 102)
    var options = quickOptions(foldCount: nil)
    let generator = try await Generator.train(on: table, options: options)
    for minutes in [1_000, Double.infinity] {
      options.optimization.maxMinutes = minutes
      let limited = try await Generator.train(on: table, options: options)
      #expect(try limited.fileBytes() == generator.fileBytes())
    }
  }

  /// The time is over before the first pair of columns: there are no parents, but a model.
  @Test func noTimeForPairsLeavesAModel() throws {
    let table = try mixedTable(rows: 150, seed: 103)
    var options = quickOptions(epochs: 50)
    options.optimization.maxMinutes = 1e-9
    let generator = try TrainingRun(table, options: options, cancellation: Cancellation())
      .run(progress: { _ in })
    #expect(generator.report.stopReason == .timeLimit)
    #expect(generator.prior.parents.allSatisfy { $0.isEmpty })
    #expect(try generator.drawTable(rows: 20).rowCount == 20)
  }

  @Test func timesThatAreNone() {
    for (minutes, text) in [(0, "0.0"), (-2, "-2.0"), (.nan, "nan"), (-.infinity, "-inf")]
      as [(Double, String)]
    {
      let error = #expect(throws: SynthError.self) {
        try TrainingOptions(maxMinutes: minutes).validate()
      }
      #expect(error?.description == "The minutes to train cannot be \(text). Give more than 0.")
    }
  }
}
