import NN
import Synchronization

/// Draws a range of rows on several threads and hands the blocks on in order.
final class BlockRun<Output>: @unchecked Sendable {
  private let samplers: [Sampler]
  private let outputs: PartResults<Output?>
  private let rows: Range<Int>
  private let pool: WorkerPool
  private let convert: (_ codes: [Int32], _ block: Int, _ rows: Range<Int>) -> Output
  /// The blocks of the round.
  private var round: Range<Int> = 0..<0
  /// The next run of blocks of the round that no thread has claimed.
  private let unclaimed = Atomic<Int>(0)

  /// - Parameter convert: makes of a block's codes what is handed on, for the rows of the block that are asked for; called
  ///   on any thread.
  init(
    _ generator: Generator, rows: Range<Int>, seed: UInt64, threadCount: Int,
    convert: @escaping @Sendable (_ codes: [Int32], _ block: Int, _ rows: Range<Int>) -> Output
  ) {
    let values = generator.drawingValues()
    let weights = DrawingWeights(generator.network, values: values)
    let prefixCache = PrefixCache(generator.network, values: values, weights: weights)
    func sampler(_ groups: BalancingStrata?) -> Sampler {
      Sampler(
        generator.network, values: values, prior: generator.prior, weights: weights,
        prefixCache: prefixCache, rules: generator.rules, groups: groups, seed: seed)
    }
    let groups = BalancingStrata(generator.network, sampler: sampler(nil))
    samplers = (0..<threadCount).map { _ in sampler(groups) }
    outputs = PartResults(repeating: nil, count: threadCount * Sampler.runBlocks)
    self.rows = rows
    self.convert = convert
    pool = WorkerPool(threadCount: threadCount)
  }

  /// Calls `consume` with what each block became, from the first row to the last.
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

extension Generator {
  /// The weights for drawing: codes that must not be written are out of reach.
  func drawingValues() -> ParameterArena {
    let drawing = values.copy()
    for (column, head) in zip(columns, network.heads) {
      if let code = column.suppressedCode, let bias = head.bias {
        drawing[bias][0, code] = Sampler.unreachableLogit
      }
    }
    return drawing
  }
}
