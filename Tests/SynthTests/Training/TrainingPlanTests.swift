import Synth
import Testing

/// The defaults that follow from a table, as the documents state them.
@Suite struct TrainingPlanTests {
  @Test(arguments: [
    // Rows, held out, batch, epochs.
    (200, 20, 16, 10), (1_600, 160, 64, 10), (6_400, 640, 128, 10), (24_000, 2_000, 256, 10),
    (39_073, 2_000, 256, 6), (1_000_000, 2_000, 256, 4),
  ])
  func defaults(_ rows: Int, _ heldOut: Int, _ batch: Int, _ epochs: Int) {
    let plan = TrainingPlan(rowCount: rows, options: TrainingOptions())
    #expect(plan.heldOutCount == heldOut)
    #expect(plan.batchSize == batch)
    #expect(plan.epochs == epochs)
    #expect(plan.modelSize == .medium && plan.order == .mixed && plan.seed == 1)
  }

  @Test func dropoutFallsWithTheRows() {
    func dropout(_ rows: Int) -> Float {
      TrainingPlan(rowCount: rows, options: TrainingOptions()).dropout
    }
    #expect(dropout(100) == 0.25 && dropout(2_000) == 0.25)
    #expect(abs(dropout(34_000) - 0.0625) < 1e-6)
    #expect(abs(dropout(130_000) - 0.03125) < 1e-6)
  }

  @Test func optionsComeFirst() {
    let options = TrainingOptions(epochs: 3, batchSize: 100, learningRate: 0.5)
    let plan = TrainingPlan(rowCount: 5_000, options: options)
    #expect(plan.epochs == 3 && plan.batchSize == 100 && plan.learningRate == 0.5)
  }
}
