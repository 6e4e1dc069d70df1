import Foundation
import NN
import Synth
import Tables
import TestSupport
import Testing

/// What a trainer does in its steps beside the gradient.
@Suite struct TrainerTests {
  private func trainer(
    _ table: Table, _ options: TrainingOptions
  ) throws -> (trainer: Trainer, plan: TrainingPlan) {
    let encoder = try TableEncoder(table)
    let plan = TrainingPlan(
      rowCount: table.rowCount, columnCount: encoder.columns.count, options: options)
    return (Trainer(encoder, plan: plan, pool: WorkerPool(threadCount: 1)), plan)
  }

  private func shard(dropout: Float, order: ColumnOrder = .natural) throws -> Shard {
    let encoder = try TableEncoder(mixedTable(rows: 64, seed: 8))
    let network = Network(
      vocabularySizes: encoder.columns.map(\.vocabularySize), hiddenSize: 6, residualSize: 4,
      dropout: dropout)
    let values = network.initialValues(counts: encoder.columns.map(\.counts), seed: 3)
    // Heads start at zero, and answers would not matter.
    for (index, head) in network.heads.enumerated() {
      values[head.weight].assign(closedForm(Double(index), head.weight.count, scale: 0.5))
    }
    return Shard(
      network, prior: .none(network), values: values,
      packed: PackedParameters(of: [], values: values), table: encoder.table, order: order,
      seeds: TrainingSeeds(seed: 1))
  }

  private func loss(_ shard: Shard, stream: UInt64) -> Double {
    let rows = (0..<64).map { Int32($0) }
    return shard.accumulate(
      BatchPart(rows: rows[...], batchSize: 64, stream: stream))
  }

  /// In table order nothing reads the last column, whose table has no gradient: it shrinks by the weight decay times
  /// the learning rate of every step, which rises and stays.
  @Test func weightsDecayByTheLearningRate() throws {
    var random = SplitMix64(seed: 5)
    let table = try Table(
      columns: ["a", "b", "c"].map { name in
        Column(name, (0..<500).map { _ in "\(name)\(Int(random.unit() * 4))" })
      })
    let (trainer, plan) = try trainer(table, quickOptions(epochs: 5, order: .natural))
    #expect(plan.weightDecay > 0.2 && 5 * trainer.stepsPerEpoch > 60)
    let last = trainer.network.gru.tables[2]
    let before = trainer.values[last].elements
    var factor = 1.0
    for epoch in 1...5 {
      trainer.beginEpoch(epoch)
      for index in 0..<trainer.stepsPerEpoch {
        let rate = Double(plan.learningRate) * min(1, Double(trainer.step + 1) / 60)
        factor *= 1 - rate * Double(plan.weightDecay)
        _ = trainer.trainStep(index)
      }
    }
    #expect(factor < 0.95)
    expectClose(
      trainer.values[last].elements, before.map { Double($0) * factor }, absolute: 1e-6,
      relative: 1e-4, "the table of the last column")
  }

  /// Two steps on the same rows have other dropout, and other orders.
  @Test(arguments: [ColumnOrder.natural, .any])
  func stepsDiffer(order: ColumnOrder) throws {
    func losses() throws -> [Double] {
      let (trainer, plan) = try trainer(
        mixedTable(rows: 400, seed: 6), quickOptions(order: order, batchSize: 128))
      #expect(plan.dropout > 0.4 && trainer.network.dropout == plan.dropout)
      for (index, head) in trainer.network.heads.enumerated() {
        trainer.values[head.weight].assign(
          closedForm(Double(index), head.weight.count, scale: 0.5))
      }
      trainer.beginEpoch(1)
      let weights = trainer.values.copy()
      let first = trainer.trainStep(0)
      #expect(trainer.values.buffer.row.elements != weights.buffer.row.elements)
      trainer.values.buffer.row.assign(weights.buffer.row)
      return [first, trainer.trainStep(0)]
    }
    let losses = try losses()
    #expect(abs(losses[0] - losses[1]) > 1e-3)
  }

  /// Held-out rows are judged with the average of the weights, and training goes on from the weights.
  @Test(arguments: [ColumnOrder.natural, .any])
  func theAverageIsJudged(order: ColumnOrder) throws {
    let (trainer, _) = try trainer(
      mixedTable(rows: 400, seed: 6), quickOptions(order: order, batchSize: 64))
    for epoch in 1...3 {
      trainer.beginEpoch(epoch)
      for index in 0..<trainer.stepsPerEpoch { _ = trainer.trainStep(index) }
    }
    let (values, average) = (trainer.values.copy(), trainer.average.row.elements)
    let judged = trainer.evaluate()
    #expect(trainer.values.buffer.row.elements == values.buffer.row.elements)
    #expect(trainer.average.row.elements == average && judged == trainer.evaluate())
    trainer.values.buffer.row.assign(average)
    let again = try self.trainer(
      mixedTable(rows: 400, seed: 6), quickOptions(order: order, batchSize: 64)
    ).trainer
    again.average.row.assign(average)
    #expect(again.evaluate() == judged)
    again.average.row.assign(values.buffer.row)
    #expect(abs(again.evaluate() - judged) > 1e-4)
  }

  @Test func dropoutIsThatOfTheStream() throws {
    let shard = try shard(dropout: 0.5)
    let rows = (0..<64).map { Int32($0) }
    let losses = [1, 2, 1].map { loss(shard, stream: $0) }
    #expect(losses[0] == losses[2] && abs(losses[0] - losses[1]) > 1e-3)
    // Nothing is dropped where rows are judged.
    let judged = (0..<2).map { _ in shard.evaluate(rows[...], stream: 1) }
    #expect(judged[0] == judged[1])
    let plain = try self.shard(dropout: 0)
    #expect(judged[0] == plain.evaluate(rows[...], stream: 1))
    #expect(abs(loss(plain, stream: 1) - judged[0]) < 1e-3)
  }

  /// Rows are read in another order of the columns in every stream, unless they are read in table order.
  @Test func ordersAreThoseOfTheStream() throws {
    let streams = 0..<24 as Range<UInt64>
    let any = try shard(dropout: 0, order: .any)
    // Of four columns' 24 orders, so many draws miss a third.
    #expect(Set(streams.map { loss(any, stream: $0) }).count > 8)
    let natural = try shard(dropout: 0)
    #expect(Set(streams.map { loss(natural, stream: $0) }).count == 1)
  }
}
