import NN

/// Trains a network on an encoded table: batches cut into parts, their gradients summed in order, AdamW, and the average of the
/// weights after each step.
package final class Trainer: @unchecked Sendable {
  package let network: Network
  package let prior: PairPrior
  private let plan: TrainingPlan
  private let pool: WorkerPool
  private let sources: [any GradientSource]
  private let gradientStep: GradientStep
  private let schedule: WarmUp
  private let shuffle: Philox
  /// In ascending order until ``beginEpoch(_:)`` shuffles them.
  package private(set) var trainedRows: [Int32]
  /// In ascending order.
  package let heldOutRows: [Int32]

  /// Steps since the start.
  package private(set) var step = 0
  private let heldOutLosses: PartResults<Double>
  /// How often each held-out row is judged.
  private let roundCount: Int

  /// - Parameters:
  ///   - values: the starting values of the network's parameters.
  ///   - prior: the pair prior, from counts.
  package convenience init(
    _ network: Network, values: ParameterArena, ordinal: OrdinalOptimizer, table: EncodedTable,
    split: RowSplit, prior: PairPrior, plan: TrainingPlan, pool: WorkerPool
  ) {
    let packed = PackedParameters(
      of: network.weights, values: values, inBFloat16: plan.precision.usesBFloat16)
    let seeds = TrainingSeeds(seed: plan.seed)
    let memory = TapeMemory()
    let shards = (0..<Trainer.partCount(batchSize: plan.batchSize)).map { _ in
      Shard(
        network, prior: prior, values: values, packed: packed, memory: memory, table: table,
        order: plan.order, seeds: seeds)
    }
    let step = GradientStep(
      values, sources: shards,
      reducer: GradientSum(of: shards.map(\.gradients), touched: shards.map(\.touchedRows)),
      ordinal: ordinal, packed: packed,
      settings: AdamW.Settings(weightDecay: plan.weightDecay), pool: pool)
    self.init(
      network, prior: prior, sources: shards, step: step, split: split, plan: plan, pool: pool)
  }

  /// A trainer with any kind of gradient sources.
  ///
  /// - Parameters:
  ///   - sources: one for each part of a batch.
  ///   - step: of these sources.
  package init(
    _ network: Network, prior: PairPrior, sources: [any GradientSource], step: GradientStep,
    split: RowSplit, plan: TrainingPlan, pool: WorkerPool
  ) {
    self.network = network
    self.prior = prior
    self.plan = plan
    self.pool = pool
    self.sources = sources
    gradientStep = step
    shuffle = TrainingSeeds(seed: plan.seed).shuffle
    heldOutRows = split.heldOut
    trainedRows = split.trained
    stepsPerEpoch = (trainedRows.count + plan.batchSize - 1) / plan.batchSize
    schedule = WarmUp(peak: plan.learningRate)
    let blockCount = (heldOutRows.count + Trainer.heldOutBlock - 1) / Trainer.heldOutBlock
    // Few blocks are judged in several orders each: the loss depends on the order.
    roundCount =
      plan.order.isRandom && blockCount > 0
      ? (Trainer.fewestOrders + blockCount - 1) / blockCount : 1
    heldOutLosses = PartResults(repeating: 0, count: roundCount * blockCount)
  }

  /// A trainer of a new model for an encoded table.
  ///
  /// - Parameter prior: the pair prior of the trained rows; nil counts them.
  package convenience init(
    _ encoder: TableEncoder, plan: TrainingPlan, fold: Int = 0, prior: PairPrior? = nil,
    pool: WorkerPool
  ) {
    let network = Network(plan, columns: encoder.columns)
    let ordinal = OrdinalOptimizer(network, midRanks: encoder.columns.map(\.midRanks))
    let values = network.initialValues(counts: encoder.columns.map(\.counts), seed: plan.seed)
    ordinal.initialize(values, seed: plan.seed)
    let split = RowSplit(rowCount: encoder.table.rowCount, plan: plan, fold: fold)
    self.init(
      network, values: values, ordinal: ordinal, table: encoder.table, split: split,
      prior: prior ?? PairCounter(encoder, split: split).prior(pool: pool), plan: plan, pool: pool)
  }

  /// Steps in which every trained row is seen once.
  package let stepsPerEpoch: Int
  var trainedCount: Int { trainedRows.count }

  /// The parameters after the last step.
  package var values: ParameterArena { gradientStep.values }
  /// The average of the parameters after each step: what is judged and kept.
  package var average: Buffer { gradientStep.average.values }

  /// The number of parts of a batch. It depends on the batch size alone, so that the thread count cannot change a sum. Parts of fewer
  /// rows would leave too much of the kernels' tiles empty.
  package static func partCount(batchSize: Int) -> Int { max(1, min(8, batchSize / 8)) }
  private static let heldOutBlock = 64
  /// The fewest random orders in which held-out rows are judged.
  private static let fewestOrders = 8

  /// Shuffles the trained rows for an epoch. The order depends on seed and epoch alone.
  package func beginEpoch(_ epoch: Int) {
    RowSplit.fill(&trainedRows, without: heldOutRows)
    shuffle.shuffle(&trainedRows, stream: UInt64(epoch))
  }

  /// A copy of the state between two steps.
  package func state() -> TrainerState { gradientStep.state(step: step) }

  /// Restores the state of a trainer of the same network, table and plan.
  ///
  /// - Throws: ``TrainerState/Mismatch`` if the state belongs to another network; nothing is changed then.
  package func restore(_ state: TrainerState) throws(TrainerState.Mismatch) {
    try gradientStep.restore(state)
    step = state.step
  }

  /// Trains on a batch of the running epoch and returns the sum of its rows' losses, in nats.
  package func trainStep(_ index: Int) -> Double {
    let rows = trainedRows[
      index * plan.batchSize..<min((index + 1) * plan.batchSize, trainedRows.count)]
    let rate = schedule.rate(step: step)
    step += 1
    let result = gradientStep.run(number: step, rate: rate) { part($0, of: rows) }
    return result.loss
  }

  /// The rows of one of the sources.
  private func part(_ index: Int, of rows: ArraySlice<Int32>) -> BatchPart {
    let begin = rows.startIndex + rows.count * index / sources.count
    let end = rows.startIndex + rows.count * (index + 1) / sources.count
    return BatchPart(
      rows: rows[begin..<end], batchSize: rows.count,
      stream: UInt64(step * sources.count + index))
  }

  /// The mean loss of a held-out row with the average of the parameters, in nats: in table order, or in the mean over some random
  /// orders, which are the same in every call.
  package func evaluate() -> Double {
    gradientStep.exchangeAverage()
    defer { gradientStep.exchangeAverage() }
    pool.run(sources.count, evaluatePart)
    return heldOutLosses.sum / Double(max(1, roundCount * heldOutRows.count))
  }

  /// The stream of random orders of held-out rows; steps are far from it.
  private static let heldOutStream: UInt64 = 1 << 62

  // Made once: a closure made in every epoch would be allocated in every epoch.
  private lazy var evaluatePart: @Sendable (Int) -> Void = { [unowned self] index in
    for block in stride(from: index, to: heldOutLosses.count, by: sources.count) {
      let begin = block / roundCount * Trainer.heldOutBlock
      let end = min(begin + Trainer.heldOutBlock, heldOutRows.count)
      heldOutLosses[block] = flushingSubnormals {
        sources[index].evaluate(
          heldOutRows[begin..<end], stream: Trainer.heldOutStream + UInt64(block))
      }
    }
  }
}
