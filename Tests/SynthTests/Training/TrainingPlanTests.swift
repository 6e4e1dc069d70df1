import Foundation
import Synth
import Testing

/// The defaults that follow from a table, as the documents state them.
@Suite struct TrainingPlanTests {
  @Test(arguments: [
    // Rows, columns, held out, batch.
    (200, 15, 40, 16), (1_600, 15, 320, 32), (6_400, 15, 1_280, 128), (19_999, 15, 2_000, 256),
    (24_000, 24, 2_000, 256), (39_073, 4, 2_000, 256), (1_000_000, 15, 2_000, 256),
  ])
  func defaults(_ rows: Int, _ columns: Int, _ heldOut: Int, _ batch: Int) {
    let plan = TrainingPlan(rowCount: rows, columnCount: columns, options: TrainingOptions())
    #expect(plan.heldOutCount == heldOut)
    #expect(plan.batchSize == batch && plan.epochs == 100)
    #expect(plan.refits == (rows < 20_000) && plan.foldCount == (rows < 1_000 ? 5 : 1))
    #expect(plan.modelSize == .medium && plan.order == .mixed && plan.seed == 1)
    let rate = 0.008 * (Float(min(batch, 128)) / 128).squareRoot()
    #expect(abs(plan.learningRate - rate) < 1e-6)
  }

  /// A stage with these held-out losses.
  private func progress(_ losses: [Double]) -> StageProgress {
    var progress = StageProgress()
    for loss in losses { _ = progress.endEpoch(trainingLoss: 1, heldOutLoss: loss) }
    return progress
  }

  private func history(_ losses: [Double]) -> [EpochRecord] { progress(losses).history }

  /// A large model takes the place of the medium one where the third and fourth epoch still bring more than 1 %.
  @Test func theModelGrowsWhereThereIsMoreToLearn() throws {
    let plan = TrainingPlan(rowCount: 30_000, columnCount: 12, options: TrainingOptions())
    let grown = try #require(plan.grown(after: history([30, 28, 27.5, 27])))
    #expect(grown.modelSize == .large && grown.epochs == plan.epochs)
    #expect(grown.grown(after: history([30, 28, 27.5, 27])) == nil)
    #expect(plan.grown(after: history([30, 28, 27.9, 27.75])) == nil)
    #expect(plan.grown(after: history([30, 28, 27])) == nil)
    #expect(plan.grown(after: history([30, 29, 28, 27, 26])) == nil)
    for options in [TrainingOptions(modelSize: .medium), TrainingOptions(modelSize: .small)] {
      let fixed = TrainingPlan(rowCount: 30_000, columnCount: 12, options: options)
      #expect(fixed.grown(after: history([30, 28, 27.5, 27])) == nil)
    }
    let folds = TrainingPlan(rowCount: 500, columnCount: 12, options: TrainingOptions())
    #expect(folds.grown(after: history([30, 28, 27.5, 27])) == nil)
  }

  /// Training goes on as long as a quarter more epochs bring .5 % in table order, .3 % in random orders.
  @Test func trainingEndsWhereTheLossNoLongerFalls() {
    func reason(
      _ losses: [Double], _ order: ColumnOrder = .natural, rows: Int = 300_000, epochs: Int = 100
    ) -> StopReason? {
      let plan = TrainingPlan(
        rowCount: rows, columnCount: 4, options: TrainingOptions(epochs: epochs, order: order))
      return progress(losses).stopReason(plan)
    }
    for losses in [[], [20], [20, 19.89], [-1, -1.1]] { #expect(reason(losses) == nil) }
    for losses in [[20, 19.91], [20, 21], [-1, -1.0045]] {
      #expect(reason(losses) == .noImprovement)
    }
    #expect(reason([20, 19.95], .any) == .noImprovement)
    #expect(reason([20, 19.93], .any) == nil)
    // Of eight epochs the last two count together.
    let falling: [Double] = [20, 19.8, 19.6, 19.4, 19.2, 19.0]
    #expect(reason(falling + [19.1, 18.9]) == nil)
    #expect(reason(falling + [18.92, 18.95]) == .noImprovement)
    #expect(reason([20, 19], epochs: 2) == .epochLimit)
    #expect(reason([20, 19], epochs: 3) == nil)
    // 28,000 rows in batches of 256: four epochs have 400 steps.
    #expect(reason([20, 20, 20], rows: 30_000) == nil)
    #expect(reason([20, 20, 20, 20], rows: 30_000) == .noImprovement)
  }

  /// 80 of 100 rows in batches of 16: five steps in an epoch, and 300 steps before a verdict, or 18 with a thousand columns.
  @Test func wideTablesNeedFewerSteps() {
    let options = TrainingOptions(epochs: 1_000, order: .natural)
    for (columns, fewest) in [(101, 36), (1_000, 4)] {
      let plan = TrainingPlan(rowCount: 100, columnCount: columns, options: options)
      #expect(plan.foldCount == 1)
      let flat = [Double](repeating: 20, count: fewest)
      #expect(progress(flat).stopReason(plan) == .noImprovement)
      #expect(progress(Array(flat.dropLast())).stopReason(plan) == nil)
    }
  }

  /// Random orders are read at most three times as often as table order, unless a number of epochs is given.
  @Test func randomOrdersAreLimited() {
    for (epochs, most) in [(nil, 15), (40, 40)] as [(Int?, Int)] {
      let plan = TrainingPlan(
        rowCount: 30_000, columnCount: 4, options: TrainingOptions(epochs: epochs))
      let stages = plan.stages
      #expect(stages.map(\.order) == [.natural, .any])
      let first = progress([20, 19, 18, 17, 17])
      #expect(plan.plan(of: stages[1], after: [first]).epochs == most)
      #expect(plan.plan(of: stages[1], after: [first]).order == .any)
      #expect(plan.plan(of: stages[0], after: []).epochs == epochs ?? 100)
    }
  }

  @Test func smallTablesAreHeldBackMore() {
    func plan(_ rows: Int) -> TrainingPlan {
      TrainingPlan(rowCount: rows, columnCount: 15, options: TrainingOptions())
    }
    #expect(plan(100).dropout == 0.5 && plan(3_000).dropout == 0.5)
    #expect(abs(plan(6_000).dropout - 0.5 * 0.574_349_2) < 1e-6)
    #expect(abs(plan(98_000).dropout - 0.5 / 16) < 1e-6)
    #expect(plan(100).weightDecay == 0.3 && plan(6_000).weightDecay == 0.3)
    #expect(abs(plan(26_000).weightDecay - 0.15) < 1e-6)
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
