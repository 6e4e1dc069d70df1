import NN

/// Runs training steps: gradients of the parts of a batch, their sum, clipping, AdamW and the average of the parameters.
package final class GradientStep: @unchecked Sendable {
  package let values: ParameterArena
  /// Of the parameters after each step.
  package let average: WeightAverage
  private let sources: [any GradientSource]
  private let reducer: any GradientReducer
  private let optimizer: AdamW
  private let ordinal: OrdinalOptimizer
  private let packed: PackedParameters
  private let clippingLimit: Float
  private let pool: WorkerPool

  // Shared with the threads of a step; set before they run.
  private var parts: [BatchPart] = []
  private var rate: Float = 0
  private var scale: Float = 1
  private let losses: PartResults<Double>
  private let squares: PartResults<Double>

  /// - Parameters:
  ///   - values: the parameters to train.
  ///   - sources: one for each part of a batch.
  ///   - reducer: of the sources' gradients.
  ///   - ordinal: trains the factors of ordinal features.
  ///   - packed: parameters laid out for products, refreshed after every step.
  ///   - clippingLimit: the largest norm of a gradient that is not clipped.
  package init(
    _ values: ParameterArena, sources: [any GradientSource], reducer: any GradientReducer,
    ordinal: OrdinalOptimizer, packed: PackedParameters,
    settings: AdamW.Settings = AdamW.Settings(), clippingLimit: Float = 5, pool: WorkerPool
  ) {
    self.values = values
    self.sources = sources
    self.reducer = reducer
    self.ordinal = ordinal
    self.packed = packed
    self.clippingLimit = clippingLimit
    self.pool = pool
    optimizer = AdamW(count: values.layout.elementCount, settings: settings)
    average = WeightAverage(count: values.layout.elementCount)
    average.values.row.assign(values.buffer.row)
    losses = PartResults(repeating: 0, count: sources.count)
    squares = PartResults(repeating: 0, count: GradientStep.rangeCount + ordinal.columnCount)
    parts.reserveCapacity(sources.count)
  }

  /// The number of parameter ranges that are summed and updated independently.
  private static let rangeCount = 16

  /// Runs a step.
  ///
  /// - Parameters:
  ///   - number: the step's, counted from 1.
  ///   - rate: the learning rate.
  ///   - part: the rows of each source.
  /// - Returns: the sum of the rows' losses in nats, and the norm of the mean gradient.
  package func run(
    number: Int, rate: Float, part: (_ source: Int) -> BatchPart
  ) -> (loss: Double, norm: Double) {
    parts.removeAll(keepingCapacity: true)
    for index in sources.indices { parts.append(part(index)) }
    self.rate = rate
    pool.run(sources.count, accumulatePart)
    pool.run(GradientStep.rangeCount, sumRange)
    pool.run(ordinal.columnCount, projectColumn)
    let norm = squares.sum.squareRoot()
    scale = clippingFactor(norm: Float(norm), limit: clippingLimit)
    optimizer.beginStep()
    flushingSubnormals { ordinal.step(rate: rate, scale: scale) }
    pool.run(GradientStep.rangeCount, updateRange)
    pool.run(ordinal.columnCount, applyColumn)
    average.begin(step: number)
    pool.run(GradientStep.rangeCount, averageRange)
    pool.run(packed.parameters.count, refreshPacked)
    return (losses.sum, norm)
  }

  // Made once: a closure made in every step would be allocated in every step.
  private lazy var accumulatePart: @Sendable (Int) -> Void = { [unowned self] index in
    losses[index] = flushingSubnormals { sources[index].accumulate(parts[index]) }
  }

  private lazy var sumRange: @Sendable (Int) -> Void = { [unowned self] index in
    squares[index] = reducer.sumAndClear(range(index))
  }

  private lazy var projectColumn: @Sendable (Int) -> Void = { [unowned self] index in
    squares[GradientStep.rangeCount + index] = ordinal.project(reducer.total, column: index)
  }

  private lazy var updateRange: @Sendable (Int) -> Void = { [unowned self] index in
    flushingSubnormals {
      optimizer.update(
        range(index), of: values.buffer, gradients: reducer.total.buffer, rate: rate, scale: scale)
    }
  }

  private lazy var averageRange: @Sendable (Int) -> Void = { [unowned self] index in
    flushingSubnormals { average.update(range(index), with: values.buffer) }
  }

  private lazy var applyColumn: @Sendable (Int) -> Void = { [unowned self] index in
    ordinal.apply(to: values, column: index)
  }

  private lazy var refreshPacked: @Sendable (Int) -> Void = { [unowned self] index in
    packed.refresh(index)
  }

  /// One of the parameter ranges; each begins at a cache line.
  private func range(_ index: Int) -> Range<Int> {
    func bound(_ index: Int) -> Int {
      values.buffer.count * index / GradientStep.rangeCount / Buffer.alignedElements
        * Buffer.alignedElements
    }
    let end = index + 1 == GradientStep.rangeCount ? values.buffer.count : bound(index + 1)
    return bound(index)..<end
  }

  /// Exchanges the parameters and their average, so that the parameters in use are the others.
  func exchangeAverage() {
    values.buffer.exchange(with: average.values)
    for index in packed.parameters.indices { packed.refresh(index) }
  }

  // MARK: State

  /// A copy of the state after a number of steps.
  func state(step: Int) -> TrainerState {
    TrainerState(
      step: step, values: values.buffer.row.elements, average: average.values.row.elements,
      optimizer: optimizer.state, ordinal: ordinal.state)
  }

  /// Restores a state of the same network.
  ///
  /// - Throws: ``TrainerState/Mismatch`` if the state belongs to another network; nothing is changed then.
  func restore(_ state: TrainerState) throws(TrainerState.Mismatch) {
    guard state.values.count == values.buffer.count, state.average.count == state.values.count,
      state.optimizer.fits(optimizer.state), state.ordinal.fits(ordinal.state)
    else { throw TrainerState.Mismatch() }
    values.buffer.row.assign(state.values)
    average.values.row.assign(state.average)
    optimizer.restore(state.optimizer)
    ordinal.restore(state.ordinal)
    for index in packed.parameters.indices { packed.refresh(index) }
  }
}

/// The state that a ``Trainer`` keeps from one step to the next. Random numbers and the order of the rows are functions of seed,
/// step and epoch, so they need no state.
package struct TrainerState: Equatable, Sendable {
  /// Steps since the start.
  package var step: Int
  /// All weights in the order of the network's layout, including padding.
  package var values: [Float]
  /// The average of the weights after each step.
  package var average: [Float]
  /// The optimizer state of the weights.
  package var optimizer: AdamW.State
  /// The optimizer state of the factors of ``OrdinalOptimizer``.
  package var ordinal: AdamW.State

  /// The state belongs to another trainer.
  package struct Mismatch: Error {}
}

extension AdamW.State {
  /// Whether it has the same number of weights as another state.
  func fits(_ other: AdamW.State) -> Bool {
    firstMoments.count == other.firstMoments.count
      && secondMoments.count == other.secondMoments.count && powers.count == other.powers.count
  }
}
