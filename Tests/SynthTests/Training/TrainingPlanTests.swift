import Foundation
import Synth
import Testing

/// The defaults that follow from a table, as the documents state them.
@Suite struct TrainingPlanTests {
  @Test(arguments: [
    // Rows, columns, held out, batch, epochs.
    (200, 15, 40, 16, 14), (1_600, 15, 320, 32, 14), (6_400, 15, 1_280, 128, 14),
    (19_999, 15, 2_000, 256, 11), (24_000, 15, 2_000, 256, 10), (24_000, 24, 2_000, 256, 14),
    (39_073, 15, 2_000, 256, 6), (39_073, 4, 2_000, 256, 6), (1_000_000, 15, 2_000, 256, 4),
  ])
  func defaults(_ rows: Int, _ columns: Int, _ heldOut: Int, _ batch: Int, _ epochs: Int) {
    let plan = TrainingPlan(rowCount: rows, columnCount: columns, options: TrainingOptions())
    #expect(plan.heldOutCount == heldOut)
    #expect(plan.batchSize == batch)
    #expect(plan.epochs == epochs)
    #expect(plan.refits == (rows < 20_000) && plan.foldCount == (rows < 1_000 ? 5 : 1))
    #expect(plan.modelSize == .medium && plan.order == .mixed && plan.seed == 1)
  }

  @Test func smallTablesAreHeldBackMore() {
    func plan(_ rows: Int) -> TrainingPlan {
      TrainingPlan(rowCount: rows, columnCount: 15, options: TrainingOptions())
    }
    #expect(plan(100).dropout == 0.5 && plan(3_000).dropout == 0.5)
    #expect(abs(plan(6_000).dropout - 0.5 * 0.574_349_2) < 1e-6)
    #expect(abs(plan(98_000).dropout - 0.5 / 16) < 1e-6)
    #expect(plan(100).weightDecay == 0.3 && plan(6_000).weightDecay == 0.3)
    #expect(abs(plan(32_000).weightDecay - 0.06) < 1e-6)
  }

  @Test func optionsComeFirst() {
    let options = TrainingOptions(epochs: 3, batchSize: 100, learningRate: 0.5)
    let plan = TrainingPlan(rowCount: 5_000, columnCount: 4, options: options)
    #expect(plan.epochs == 3 && plan.batchSize == 100 && plan.learningRate == 0.5)
  }

  /// Plans of earlier versions name no precision.
  @Test(arguments: Precision.allCases) func precisionIsKept(_ precision: Precision) throws {
    var options = TrainingOptions()
    options.precision = precision
    let plan = TrainingPlan(rowCount: 5_000, columnCount: 4, options: options)
    let json = try JSONEncoder().encode(plan)
    #expect(try JSONDecoder().decode(TrainingPlan.self, from: json).precision == precision)
    #expect(
      String(decoding: json, as: UTF8.self).contains("recision") == (precision == .float32))
  }
}
