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

  private func shard(dropout: Float) throws -> Shard {
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
      packed: PackedParameters(of: [], values: values), table: encoder.table,
      seeds: TrainingSeeds(seed: 1))
  }

  private func loss(_ shard: Shard, naturalCount: Int, stream: UInt64) -> Double {
    let rows = (0..<64).map { Int32($0) }
    return shard.accumulate(
      BatchPart(rows: rows[...], naturalCount: naturalCount, batchSize: 64, stream: stream))
  }

  /// In table order nothing reads the last column, whose table has no gradient: it shrinks by the weight decay times
  /// the learning rate of every step, which rises, falls and reaches zero.
  @Test func weightsDecayByTheLearningRate() throws {
    var random = SplitMix64(seed: 5)
    let table = try Table(
      columns: ["a", "b", "c"].map { name in
        Column(name, (0..<500).map { _ in "\(name)\(Int(random.unit() * 4))" })
      })
    let (trainer, plan) = try trainer(table, quickOptions(epochs: 3, order: .natural))
    #expect(plan.weightDecay > 0.2 && trainer.stepCount == 3 * trainer.stepsPerEpoch)
    let last = trainer.network.gru.tables[2]
    let before = trainer.values[last].elements
    var factor = 1.0
    for epoch in 1...3 {
      trainer.beginEpoch(epoch)
      for index in 0..<trainer.stepsPerEpoch {
        let (step, count) = (Double(trainer.step), Double(trainer.stepCount))
        let rise = min(1, step / (0.05 * count + 1))
        let rate = Double(plan.learningRate) * rise * 0.5 * (1 + cos(.pi * step / count))
        factor *= 1 - rate * Double(plan.weightDecay)
        _ = trainer.trainStep(index)
      }
    }
    #expect(factor < 0.95)
    expectClose(
      trainer.values[last].elements, before.map { Double($0) * factor }, absolute: 1e-6,
      relative: 1e-4, "the table of the last column")
  }

  /// The rate of the first step is zero: the second sees the same weights, and other dropout and orders.
  @Test(arguments: [ColumnOrder.natural, .any])
  func stepsDiffer(order: ColumnOrder) throws {
    let (trainer, plan) = try trainer(
      mixedTable(rows: 400, seed: 6), quickOptions(order: order, batchSize: 128))
    #expect(plan.dropout > 0.4 && trainer.network.dropout == plan.dropout)
    for (index, head) in trainer.network.heads.enumerated() {
      trainer.values[head.weight].assign(
        closedForm(Double(index), head.weight.count, scale: 0.5))
    }
    trainer.beginEpoch(1)
    let weights = trainer.values.buffer.row.elements
    let first = trainer.trainStep(0)
    #expect(trainer.values.buffer.row.elements == weights)
    #expect(abs(first - trainer.trainStep(0)) > 1e-3)
    #expect(trainer.values.buffer.row.elements != weights)
  }

  @Test func dropoutIsThatOfTheStream() throws {
    let shard = try shard(dropout: 0.5)
    let rows = (0..<64).map { Int32($0) }
    let losses = [1, 2, 1].map { loss(shard, naturalCount: 64, stream: $0) }
    #expect(losses[0] == losses[2] && abs(losses[0] - losses[1]) > 1e-3)
    // Nothing is dropped where rows are judged.
    let judged = (0..<2).map { _ in shard.evaluate(rows[...]) }
    #expect(judged[0] == judged[1])
    let plain = try self.shard(dropout: 0)
    #expect(judged[0] == plain.evaluate(rows[...]))
    #expect(abs(loss(plain, naturalCount: 64, stream: 1) - judged[0]) < 1e-3)
  }

  /// Rows are read in another order of the columns in every stream, but for those that are read in table order.
  @Test func ordersAreThoseOfTheStream() throws {
    let shard = try shard(dropout: 0)
    let streams = 0..<24 as Range<UInt64>
    // Of four columns' 24 orders, so many draws miss a third.
    #expect(Set(streams.map { loss(shard, naturalCount: 0, stream: $0) }).count > 8)
    #expect(Set(streams.map { loss(shard, naturalCount: 64, stream: $0) }).count == 1)
  }
}
