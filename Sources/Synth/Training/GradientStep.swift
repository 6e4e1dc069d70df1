import NN

/// One step of training: gradients of the parts of a batch, their sum, clipping and AdamW.
package final class GradientStep: @unchecked Sendable {
  package let values: ParameterArena
  private let sources: [any GradientSource]
  private let reducer: any GradientReducer
  private let optimizer: AdamW
  private let ordinal: OrdinalOptimizer
  private let transposes: TransposedParameters
  private let clippingLimit: Float
  private let pool: WorkerPool

  // What the threads of a step read and write; set before they run.
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
  ///   - transposes: copies of the parameters that follow them.
  ///   - clippingLimit: the longest gradient that is not shortened.
  package init(
    _ values: ParameterArena, sources: [any GradientSource], reducer: any GradientReducer,
    ordinal: OrdinalOptimizer, transposes: TransposedParameters,
    settings: AdamW.Settings = AdamW.Settings(), clippingLimit: Float = 5, pool: WorkerPool
  ) {
    self.values = values
    self.sources = sources
    self.reducer = reducer
    self.ordinal = ordinal
    self.transposes = transposes
    self.clippingLimit = clippingLimit
    self.pool = pool
    optimizer = AdamW(count: values.layout.elementCount, settings: settings)
    losses = PartResults(repeating: 0, count: sources.count)
    squares = PartResults(repeating: 0, count: GradientStep.rangeCount + ordinal.columnCount)
    parts.reserveCapacity(sources.count)
    for index in transposes.parameters.indices { transposes.refresh(index) }
  }

  /// Ranges of the parameters that are summed and updated on their own.
  private static let rangeCount = 16

  /// Makes a step.
  ///
  /// - Parameters:
  ///   - part: the rows of each source.
  ///   - rate: the learning rate.
  /// - Returns: the sum of the rows' losses in nats, and the norm of the mean gradient.
  package func run(
    rate: Float, part: (_ source: Int) -> BatchPart
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
    ordinal.step(rate: rate, scale: scale)
    pool.run(GradientStep.rangeCount, updateRange)
    pool.run(ordinal.columnCount, applyColumn)
    pool.run(transposes.parameters.count, refreshTranspose)
    return (losses.sum, norm)
  }

  // Made once: a closure made in every step would be allocated in every step.
  private lazy var accumulatePart: @Sendable (Int) -> Void = { [unowned self] index in
    losses[index] = sources[index].accumulate(parts[index])
  }

  private lazy var sumRange: @Sendable (Int) -> Void = { [unowned self] index in
    squares[index] = reducer.sumAndClear(range(index))
  }

  private lazy var projectColumn: @Sendable (Int) -> Void = { [unowned self] index in
    squares[GradientStep.rangeCount + index] = ordinal.project(reducer.total, column: index)
  }

  private lazy var updateRange: @Sendable (Int) -> Void = { [unowned self] index in
    optimizer.update(
      range(index), of: values.buffer, gradients: reducer.total.buffer, rate: rate, scale: scale)
  }

  private lazy var applyColumn: @Sendable (Int) -> Void = { [unowned self] index in
    ordinal.apply(to: values, column: index)
  }

  private lazy var refreshTranspose: @Sendable (Int) -> Void = { [unowned self] index in
    transposes.refresh(index)
  }

  /// One of the ranges of the parameters, beginning at a cache line.
  private func range(_ index: Int) -> Range<Int> {
    func bound(_ index: Int) -> Int {
      values.buffer.count * index / GradientStep.rangeCount / Buffer.alignedElements
        * Buffer.alignedElements
    }
    let end = index + 1 == GradientStep.rangeCount ? values.buffer.count : bound(index + 1)
    return bound(index)..<end
  }

  // MARK: State

  /// A copy of the state after so many steps.
  func state(step: Int) -> TrainerState {
    TrainerState(
      step: step, values: values.buffer.row.elements, optimizer: optimizer.state,
      ordinal: ordinal.state)
  }

  /// Goes on from a state of the same network.
  ///
  /// - Throws: ``TrainerState/Mismatch`` where the state is that of another network; nothing is changed then.
  func restore(_ state: TrainerState) throws(TrainerState.Mismatch) {
    guard state.values.count == values.buffer.count,
      state.optimizer.fits(optimizer.state), state.ordinal.fits(ordinal.state)
    else { throw TrainerState.Mismatch() }
    values.buffer.row.assign(state.values)
    optimizer.restore(state.optimizer)
    ordinal.restore(state.ordinal)
    for index in transposes.parameters.indices { transposes.refresh(index) }
  }
}

/// Everything that a ``Trainer`` carries from one step to the next. Random numbers are functions of seed, step and epoch, and
/// so is the order of the rows: neither is in here.
package struct TrainerState: Equatable, Sendable {
  /// Steps since the start.
  package var step: Int
  /// All weights in the order of the network's layout, its padding included.
  package var values: [Float]
  /// Of the weights.
  package var optimizer: AdamW.State
  /// Of the factors of ``OrdinalOptimizer``.
  package var ordinal: AdamW.State

  /// The state is not one of the trainer that it was given to.
  package struct Mismatch: Error {}
}

extension AdamW.State {
  /// Whether it belongs to as many weights as another.
  func fits(_ other: AdamW.State) -> Bool {
    firstMoments.count == other.firstMoments.count
      && secondMoments.count == other.secondMoments.count && powers.count == other.powers.count
  }
}
