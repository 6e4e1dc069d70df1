import NN
import Synchronization

/// Draws a range of rows on several threads and passes their blocks on in order.
final class BlockRun<Output>: @unchecked Sendable {
  private let samplers: [Sampler]
  private let outputs: PartResults<Output?>
  private let rows: Range<Int>
  private let pool: WorkerPool
  private let convert: (_ codes: [Int32], _ block: Int, _ rows: Range<Int>) -> Output
  /// The blocks that are drawn at this time.
  private var round: Range<Int> = 0..<0
  /// The next of the round's runs of blocks that no thread has claimed.
  private let unclaimed = Atomic<Int>(0)

  /// - Parameter convert: turns a block's codes into what is passed on, for the rows of the block that are wanted.
  ///   Called on any thread.
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

  /// Calls `consume` with the result of each block, from the first row to the last.
  func run(_ consume: (Output) throws -> Void) throws {
    let size = Sampler.blockRows
    let blocks = rows.lowerBound / size..<(rows.upperBound + size - 1) / size
    let firstRun = blocks.lowerBound / Sampler.runBlocks * Sampler.runBlocks
    for first in stride(from: firstRun, to: blocks.upperBound, by: outputs.count) {
      round = (first..<first + outputs.count).clamped(to: blocks)
      unclaimed.store(first / Sampler.runBlocks, ordering: .relaxed)
      pool.run(samplers.count, drawBlocks)
      try Task.checkCancellation()
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
