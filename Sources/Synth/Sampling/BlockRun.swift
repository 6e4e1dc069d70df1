import NN
import Synchronization

/// Draws a range of rows on several threads and delivers their blocks in order.
final class BlockRun<Output>: @unchecked Sendable {
  private let samplers: [Sampler]
  private let outputs: PartResults<Output?>
  private let rows: Range<Int>
  private let pool: WorkerPool
  private let convert: (_ codes: [Int32], _ block: Int, _ rows: Range<Int>) -> Output
  /// The blocks that are being drawn.
  private var round: Range<Int> = 0..<0
  /// The next run of blocks of the round that no thread has claimed.
  private let unclaimed = Atomic<Int>(0)

  /// - Parameter convert: turns the codes of a block into its output, for the requested rows of the block. Called on
  ///   any thread.
  init(
    _ generator: Generator, rows: Range<Int>, seed: UInt64, threadCount: Int,
    convert: @escaping @Sendable (_ codes: [Int32], _ block: Int, _ rows: Range<Int>) -> Output
  ) {
    let model = DrawingModel(generator)
    let strata = BalancingStrata(generator.network, sampler: Sampler(model, seed: seed))
    samplers = (0..<threadCount).map { _ in Sampler(model, strata: strata, seed: seed) }
    outputs = PartResults(repeating: nil, count: threadCount * Sampler.runBlocks)
    self.rows = rows
    self.convert = convert
    pool = WorkerPool(threadCount: threadCount)
  }

  /// Calls `consume` with the output of each block, in the order of the rows.
  ///
  /// - Throws: `CancellationError` when cancelled, and what `consume` throws.
  func run(_ cancellation: Cancellation, _ consume: (Output) throws -> Void) throws {
    let size = Sampler.blockRows
    let blocks = rows.lowerBound / size..<(rows.upperBound + size - 1) / size
    let firstRun = blocks.lowerBound / Sampler.runBlocks * Sampler.runBlocks
    for first in stride(from: firstRun, to: blocks.upperBound, by: outputs.count) {
      round = (first..<first + outputs.count).clamped(to: blocks)
      unclaimed.store(first / Sampler.runBlocks, ordering: .relaxed)
      pool.run(samplers.count, drawBlocks)
      if cancellation.isRequested { throw CancellationError() }
      for index in 0..<round.count {
        try consume(outputs[index]!)
        outputs[index] = nil
      }
    }
  }

  /// Draws runs of blocks of the round with one of the samplers until all are claimed.
  private lazy var drawBlocks: @Sendable (Int) -> Void = { [unowned self] index in
    let sampler = samplers[index]
    while true {
      let first = unclaimed.add(1, ordering: .relaxed).oldValue * Sampler.runBlocks
      guard first < round.upperBound else { return }
      for block in first..<min(first + Sampler.runBlocks, round.upperBound) {
        sampler.draw(block: block)
        guard block >= round.lowerBound else { continue }
        let all = block * Sampler.blockRows..<(block + 1) * Sampler.blockRows
        outputs[block - round.lowerBound] = convert(sampler.codes, block, all.clamped(to: rows))
      }
    }
  }
}
