import Foundation
import NN

/// A drawn block of rows.
struct DrawnBlock {
  /// ``Sampler/blockRows`` codes for each subfield.
  let codes: [Int32]
  /// The number of the block's first row.
  let firstRow: Int
  /// The rows of the block that were asked for.
  let rows: Range<Int>
  /// Whether no other block of its run follows.
  let endsRun: Bool
}

/// Draws a range of rows on several threads and delivers their blocks in order.
///
/// Each thread draws whole runs of blocks. The calling thread is one of them and delivers finished blocks whenever the next ones are
/// there. How far threads may be ahead of the delivery is limited, so that memory is constant. Only claiming a run can wait, and
/// the run of the next block to deliver can always be claimed: so the threads never wait for each other in a circle.
final class BlockRun<Output>: @unchecked Sendable {
  /// Turns a block into its output, on one thread.
  typealias Converter = (DrawnBlock) -> Output

  private let samplers: [Sampler]
  private let converters: [Converter]
  private let rows: Range<Int>
  /// The blocks of the rows.
  private let blocks: Range<Int>

  /// Guards what follows.
  private let condition = NSCondition()
  /// Finished blocks that were not delivered yet; the place of a block is its number modulo the count.
  private var outputs: [Output?]
  /// The first block of the next run that no thread has claimed.
  private var unclaimed: Int
  /// The next block to deliver.
  private var next: Int
  private var isStopped = false
  private var runningThreads = 0

  /// - Parameter makeConverter: makes the converter of a thread. A converter gets the blocks of a run in order, one run after another.
  init(
    _ generator: Generator, rows: Range<Int>, seed: UInt64, threadCount: Int,
    makeConverter: () -> Converter
  ) {
    let size = Sampler.blockRows
    blocks = rows.lowerBound / size..<(rows.upperBound + size - 1) / size
    unclaimed = blocks.lowerBound / Sampler.runBlocks * Sampler.runBlocks
    next = blocks.lowerBound
    let runCount = (blocks.upperBound - unclaimed + Sampler.runBlocks - 1) / Sampler.runBlocks
    let count = min(threadCount, runCount)
    let model = DrawingModel(generator)
    let strata = BalancingStrata(generator.columns)
    samplers = (0..<count).map { _ in Sampler(model, strata: strata, seed: seed) }
    converters = (0..<count).map { _ in makeConverter() }
    outputs = Array(repeating: nil, count: (count + 1) * Sampler.runBlocks)
    self.rows = rows
  }

  /// Calls `deliver` with the output of each block, in the order of the rows. Once for each object.
  ///
  /// - Throws: `CancellationError` when cancelled, and what `deliver` throws.
  func run(_ cancellation: Cancellation, _ deliver: (Output) throws -> Void) throws {
    for index in samplers.indices.dropFirst() { startThread(index) }
    defer { stopThreads() }
    var claimed = 0..<0
    while let output = try takeNext(waits: false) ?? drawNext(&claimed) ?? takeNext(waits: true) {
      if cancellation.isRequested { throw CancellationError() }
      try deliver(output)
    }

    /// Draws blocks on this thread until the next one to deliver is there, or until there is no run to claim.
    func drawNext(_ claimed: inout Range<Int>) throws -> Output? {
      while true {
        if cancellation.isRequested { throw CancellationError() }
        if claimed.isEmpty, let run = claim(waits: false) { claimed = run }
        guard let block = claimed.popFirst() else { return nil }
        draw(block, on: 0)
        if let output = takeNext(waits: false) { return output }
      }
    }
  }

  // MARK: Threads

  private func startThread(_ index: Int) {
    runningThreads += 1
    let thread = Thread { [self] in
      while let run = claim(waits: true), run.allSatisfy({ draw($0, on: index) }) {}
      locked { runningThreads -= 1 }
    }
    thread.stackSize = 1 << 20
    thread.start()
  }

  private func stopThreads() {
    locked { isStopped = true }
    locked { while runningThreads > 0 { condition.wait() } }
  }

  /// Draws a block, converts it and keeps the output; false if the threads are to stop.
  @discardableResult
  private func draw(_ block: Int, on thread: Int) -> Bool {
    let sampler = samplers[thread]
    flushingSubnormals { sampler.draw(block: block) }
    guard block >= blocks.lowerBound else { return true }
    let all = block * Sampler.blockRows..<(block + 1) * Sampler.blockRows
    let output = converters[thread](
      DrawnBlock(
        codes: sampler.codes, firstRow: all.lowerBound, rows: all.clamped(to: rows),
        endsRun: (block + 1) % Sampler.runBlocks == 0 || block + 1 == blocks.upperBound))
    return locked {
      outputs[block % outputs.count] = output
      return !isStopped
    }
  }

  // MARK: State

  /// The blocks of the next run; nil if there is none, if the threads are to stop, or, where it does not wait, if its outputs have
  /// no place yet.
  private func claim(waits: Bool) -> Range<Int>? {
    locked {
      while !isStopped, unclaimed < blocks.upperBound {
        let end = unclaimed + Sampler.runBlocks
        if end <= next + outputs.count {
          defer { unclaimed = end }
          return unclaimed..<min(end, blocks.upperBound)
        }
        guard waits else { return nil }
        condition.wait()
      }
      return nil
    }
  }

  /// The output of the next block; nil if all were taken, or, where it does not wait, if it is not finished.
  private func takeNext(waits: Bool) -> Output? {
    locked {
      while next < blocks.upperBound {
        let place = next % outputs.count
        if let output = outputs[place] {
          outputs[place] = nil
          next += 1
          return output
        }
        guard waits else { return nil }
        condition.wait()
      }
      return nil
    }
  }

  /// Runs `body` with the lock, and wakes the threads that wait for a change.
  private func locked<Result>(_ body: () -> Result) -> Result {
    condition.lock()
    defer {
      condition.broadcast()
      condition.unlock()
    }
    return body()
  }
}
