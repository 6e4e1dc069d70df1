import NN

/// One of the fixed parts of every batch: a tape and gradients of its own, so that shards run on any thread.
final class Shard: @unchecked Sendable {
  let gradients: ParameterArena
  /// Sum of the rows' losses in the last batch, in nats.
  private(set) var loss = 0.0

  private let network: Network
  private let prior: PairPrior
  private let table: EncodedTable
  private let tape: Tape
  private let naturalOrder: [Int]
  private var order: [Int]
  private var codes: [Codes] = []

  init(
    _ network: Network, prior: PairPrior, values: ParameterArena, transposes: TransposedParameters,
    table: EncodedTable
  ) {
    self.network = network
    self.prior = prior
    self.table = table
    gradients = ParameterArena(network.layout)
    tape = Tape(values: values, gradients: gradients, transposes: transposes)
    naturalOrder = Array(0..<network.columnCount)
    order = naturalOrder
    codes.reserveCapacity(network.columnCount)
  }

  /// Accumulates these rows' share of the batch gradient: the first `naturalCount` are read in
  /// table order, the rest in a random order.
  func train(
    _ rows: ArraySlice<Int32>, naturalCount: Int, batchSize: Int, step: UInt64, seeds: TrainingSeeds
  ) {
    loss = 0
    tape.isTraining = true
    tape.seedDropout(seeds.dropout, stream: step)
    if naturalCount > 0 {
      backward(rows.prefix(naturalCount), order: naturalOrder, batchSize: batchSize)
    }
    if naturalCount < rows.count {
      for index in order.indices { order[index] = index }
      seeds.order.shuffle(&order, stream: step)
      backward(rows.dropFirst(naturalCount), order: order, batchSize: batchSize)
    }
  }

  private func backward(_ rows: ArraySlice<Int32>, order: [Int], batchSize: Int) {
    let total = forward(rows, order: order)
    loss += Double(tape.value(of: total)[0, 0])
    tape.backward(from: total, gradient: 1 / Float(batchSize))
  }

  /// The sum of the losses of rows read in table order, in nats.
  func evaluate(_ rows: ArraySlice<Int32>) -> Double {
    tape.isTraining = false
    return Double(tape.value(of: forward(rows, order: naturalOrder))[0, 0])
  }

  private func forward(_ rows: ArraySlice<Int32>, order: [Int]) -> Variable {
    tape.reset()
    codes.removeAll(keepingCapacity: true)
    for column in 0..<network.columnCount {
      let gathered = tape.codes(count: rows.count)
      table.gather(rows, of: column, into: gathered)
      codes.append(gathered)
    }
    return tape.sum(network.losses(of: codes, order: order, prior: prior, on: tape))
  }
}

/// The streams of random numbers of a training run.
struct TrainingSeeds: Sendable {
  let order: Philox
  let dropout: Philox
  let shuffle: Philox

  init(seed: UInt64) {
    order = Philox(seed: seed, purpose: .order)
    dropout = Philox(seed: seed, purpose: .dropout)
    shuffle = Philox(seed: seed, purpose: .shuffle)
  }
}
