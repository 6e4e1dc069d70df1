import NN

/// Trains a network on an encoded table: batches cut into shards, gradients summed in shard order, AdamW.
package final class Trainer: @unchecked Sendable {
  package let values: ParameterArena
  package let network: Network
  package let prior: PairPrior
  private let plan: TrainingPlan
  private let pool: WorkerPool
  private let shards: [Shard]
  private let transposes: TransposedParameters
  private let sum: GradientSum
  private let optimizer: AdamW
  private let ordinal: OrdinalOptimizer
  private let schedule: WarmUpCosine
  private let seeds: TrainingSeeds
  /// In ascending order until ``beginEpoch(_:)`` shuffles them.
  package private(set) var trainedRows: [Int32]
  /// In ascending order.
  package let heldOutRows: [Int32]

  /// Steps since the start.
  package private(set) var step = 0

  // What the parts of a step read and write; set before they run.
  private var batch: Range<Int> = 0..<0
  private var rate: Float = 0
  private var scale: Float = 1
  private let squares: PartResults<Double>
  private let heldOutLosses: PartResults<Double>

  /// - Parameter prior: what counting says already.
  package init(
    _ network: Network, values: ParameterArena, ordinal: OrdinalOptimizer, table: EncodedTable,
    split: RowSplit, prior: PairPrior, plan: TrainingPlan, pool: WorkerPool
  ) {
    self.network = network
    self.prior = prior
    self.values = values
    self.ordinal = ordinal
    self.plan = plan
    self.pool = pool
    let transposes = TransposedParameters(of: network.weights, values: values)
    for index in transposes.parameters.indices { transposes.refresh(index) }
    self.transposes = transposes
    shards = (0..<Trainer.shardCount(batchSize: plan.batchSize)).map { _ in
      Shard(network, prior: prior, values: values, transposes: transposes, table: table)
    }
    sum = GradientSum(of: shards.map(\.gradients))
    optimizer = AdamW(
      count: network.layout.elementCount,
      settings: AdamW.Settings(weightDecay: plan.weightDecay))
    seeds = TrainingSeeds(seed: plan.seed)
    heldOutRows = split.heldOut
    trainedRows = split.trained
    stepsPerEpoch = (trainedRows.count + plan.batchSize - 1) / plan.batchSize
    schedule = WarmUpCosine(
      peak: plan.learningRate, stepCount: plan.epochs * stepsPerEpoch, floor: 0)
    squares = PartResults(repeating: 0, count: Trainer.rangeCount + ordinal.columnCount)
    heldOutLosses = PartResults(
      repeating: 0, count: (heldOutRows.count + Trainer.heldOutBlock - 1) / Trainer.heldOutBlock)
  }

  /// A trainer of a new model for a table.
  ///
  /// - Parameter prior: what counting the trained rows says; nil counts them.
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

  /// Steps that see every trained row once.
  package let stepsPerEpoch: Int
  var trainedCount: Int { trainedRows.count }

  /// A function of the batch size alone, so that the thread count cannot change a sum.
  private static func shardCount(batchSize: Int) -> Int { max(1, min(8, batchSize / 32)) }
  /// Parts of the parameters that are summed and updated on their own.
  private static let rangeCount = 16
  private static let heldOutBlock = 64

  /// Puts the trained rows in the order of an epoch, which depends on seed and epoch alone.
  package func beginEpoch(_ epoch: Int) {
    RowSplit.fill(&trainedRows, without: heldOutRows)
    seeds.shuffle.shuffle(&trainedRows, stream: UInt64(epoch))
  }

  /// A copy of the state between two steps.
  package func state() -> TrainerState {
    TrainerState(
      step: step, values: values.buffer.row.elements, optimizer: optimizer.state,
      ordinal: ordinal.state)
  }

  /// Goes on from a state that a trainer of the same network, table and plan was in.
  ///
  /// - Throws: ``TrainerState/Mismatch`` where the state is that of another network; nothing is changed then.
  package func restore(_ state: TrainerState) throws(TrainerState.Mismatch) {
    guard state.values.count == values.buffer.count,
      state.optimizer.fits(optimizer.state), state.ordinal.fits(ordinal.state)
    else { throw TrainerState.Mismatch() }
    values.buffer.row.assign(state.values)
    optimizer.restore(state.optimizer)
    ordinal.restore(state.ordinal)
    for index in transposes.parameters.indices { transposes.refresh(index) }
    step = state.step
  }

  /// Steps of a whole run.
  package var stepCount: Int { plan.epochs * stepsPerEpoch }

  /// Trains on a batch of the running epoch and returns the sum of its rows' losses, in nats.
  ///
  /// - Parameter progress: how much of the run is over, from 0 to 1: by it the learning rate falls. nil counts the steps.
  package func trainStep(_ index: Int, progress: Double? = nil) -> Double {
    batch = index * plan.batchSize..<min((index + 1) * plan.batchSize, trainedRows.count)
    rate = schedule.rate(step: step, progress: progress.map { Float($0) })
    pool.run(shards.count, computeShard)
    pool.run(Trainer.rangeCount, sumRange)
    pool.run(ordinal.columnCount, projectColumn)
    let norm = squares.sum.squareRoot()
    scale = clippingFactor(norm: Float(norm), limit: 5)
    optimizer.beginStep()
    ordinal.step(rate: rate, scale: scale)
    pool.run(Trainer.rangeCount, updateRange)
    pool.run(ordinal.columnCount, applyColumn)
    pool.run(transposes.parameters.count, refreshTranspose)
    step += 1
    return shards.reduce(0) { $0 + $1.loss }
  }

  /// The mean loss of a held-out row in table order, in nats.
  package func evaluate() -> Double {
    pool.run(shards.count, evaluateShard)
    return heldOutLosses.sum / Double(max(1, heldOutRows.count))
  }

  // MARK: Parts

  // Made once: a closure made in every step would be allocated in every step.
  private lazy var computeShard: @Sendable (Int) -> Void = { [unowned self] index in
    let rows = trainedRows[batch]
    let begin = rows.startIndex + rows.count * index / shards.count
    let end = rows.startIndex + rows.count * (index + 1) / shards.count
    let naturalEnd =
      rows.startIndex + Int((Double(rows.count) * plan.order.naturalShare).rounded())
    shards[index].train(
      rows[begin..<end], naturalCount: min(max(naturalEnd - begin, 0), end - begin),
      batchSize: rows.count, step: UInt64(step * shards.count + index), seeds: seeds)
  }

  private lazy var sumRange: @Sendable (Int) -> Void = { [unowned self] index in
    squares[index] = sum.drain(range(index))
  }

  private lazy var projectColumn: @Sendable (Int) -> Void = { [unowned self] index in
    squares[Trainer.rangeCount + index] = ordinal.project(sum.total, column: index)
  }

  private lazy var updateRange: @Sendable (Int) -> Void = { [unowned self] index in
    optimizer.update(
      range(index), of: values.buffer, gradients: sum.total.buffer, rate: rate, scale: scale)
  }

  private lazy var applyColumn: @Sendable (Int) -> Void = { [unowned self] index in
    ordinal.apply(to: values, column: index)
  }

  private lazy var refreshTranspose: @Sendable (Int) -> Void = { [unowned self] index in
    transposes.refresh(index)
  }

  private lazy var evaluateShard: @Sendable (Int) -> Void = { [unowned self] index in
    for block in stride(from: index, to: heldOutLosses.count, by: shards.count) {
      let begin = block * Trainer.heldOutBlock
      let end = min(begin + Trainer.heldOutBlock, heldOutRows.count)
      heldOutLosses[block] = shards[index].evaluate(heldOutRows[begin..<end])
    }
  }

  /// One of the parts of the parameters, beginning at a cache line.
  private func range(_ index: Int) -> Range<Int> {
    func bound(_ index: Int) -> Int {
      values.buffer.count * index / Trainer.rangeCount / Buffer.alignedElements
        * Buffer.alignedElements
    }
    let end = index + 1 == Trainer.rangeCount ? values.buffer.count : bound(index + 1)
    return bound(index)..<end
  }
}
