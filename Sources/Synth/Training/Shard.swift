import NN

/// Computes the plain gradients of one part of every batch. Each shard has its own tape and gradients, so shards can run on
/// different threads.
package final class Shard: GradientSource, @unchecked Sendable {
  package let gradients: ParameterArena
  /// The rows of the network's tables that the last part has read.
  let touchedRows: TouchedRows

  private let network: Network
  private let prior: PairPrior
  private let table: EncodedTable
  private let tape: Tape
  private let columnOrder: ColumnOrder
  private var order: [Int]
  private var codes: [Codes] = []

  private let seeds: TrainingSeeds

  package init(
    _ network: Network, prior: PairPrior, values: ParameterArena, packed: PackedParameters,
    memory: TapeMemory = TapeMemory(), table: EncodedTable, order: ColumnOrder,
    seeds: TrainingSeeds
  ) {
    self.seeds = seeds
    self.network = network
    self.prior = prior
    self.table = table
    gradients = ParameterArena(network.layout)
    touchedRows = TouchedRows(of: network.gru.tables)
    tape = Tape(values: values, gradients: gradients, packed: packed, memory: memory)
    columnOrder = order
    self.order = Array(0..<network.columnCount)
    codes.reserveCapacity(network.columnCount)
  }

  package func accumulate(_ part: BatchPart) -> Double {
    if part.rows.isEmpty { return 0 }
    defer { tape.reset() }
    tape.isTraining = true
    touchedRows.removeAll()
    tape.seedDropout(seeds.dropout, stream: part.stream)
    let loss = loss(of: part.rows, stream: part.stream, gradient: 1 / Float(part.batchSize))
    tape.backward()
    return loss
  }

  package func evaluate(_ rows: ArraySlice<Int32>, stream: UInt64) -> Double {
    defer { tape.reset() }
    tape.isTraining = false
    return loss(of: rows, stream: stream)
  }

  /// The sum of the rows' losses, in nats.
  private func loss(
    of rows: ArraySlice<Int32>, stream: UInt64, gradient: Float? = nil
  ) -> Double {
    if columnOrder.isRandom {
      for index in order.indices { order[index] = index }
      seeds.order.shuffle(&order, stream: stream)
    }
    codes.removeAll(keepingCapacity: true)
    for column in 0..<network.columnCount {
      let gathered = tape.codes(count: rows.count)
      table.gather(rows, of: column, into: gathered)
      if gradient != nil { touchedRows.insert(gathered, of: column) }
      codes.append(gathered)
    }
    let losses = tape.value(
      of: network.losses(of: codes, order: order, prior: prior, gradient: gradient, on: tape))
    return losses.sum
  }
}

/// The random number generators of a training run.
package struct TrainingSeeds: Sendable {
  let order: Philox
  let dropout: Philox
  let shuffle: Philox

  package init(seed: UInt64) {
    order = Philox(seed: seed, purpose: .order)
    dropout = Philox(seed: seed, purpose: .dropout)
    shuffle = Philox(seed: seed, purpose: .shuffle)
  }
}
