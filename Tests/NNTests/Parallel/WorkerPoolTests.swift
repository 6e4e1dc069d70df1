import Foundation
import NN
import Synchronization
import Testing

@Suite struct WorkerPoolTests {
  /// A class, since atomics cannot be elements of an array.
  private final class Count: Sendable { let value = Atomic<Int>(0) }

  /// How often each part of a job has run.
  private final class Tally: Sendable {
    private let counts: [Count]

    init(_ count: Int) { counts = (0..<count).map { _ in Count() } }

    func add(_ part: Int) { counts[part].value.add(1, ordering: .relaxed) }

    func expectAll(_ expected: Int, _ label: String) {
      let wrong = counts.indices.filter { counts[$0].value.load(ordering: .relaxed) != expected }
      #expect(wrong.isEmpty, "\(label): parts \(wrong) did not run \(expected) times")
    }
  }

  @Test(arguments: [1, 2, 3, 8]) func everyPartRunsOnce(_ threadCount: Int) {
    let pool = WorkerPool(threadCount: threadCount)
    #expect(pool.threadCount == threadCount)
    for count in [0, 1, 2, 3, 5, 7, 8, 9, 16, 31, 100, 1000] {
      let tally = Tally(count)
      pool.run(count) { tally.add($0) }
      tally.expectAll(1, "\(count) parts")
    }
  }

  @Test(arguments: [1, 2, 3, 8]) func manyConsecutiveJobs(_ threadCount: Int) {
    let pool = WorkerPool(threadCount: threadCount)
    let jobs = threadCount == 8 ? 500 : 5000
    for count in [2, 7] {
      let tally = Tally(count)
      for job in 1...jobs {
        pool.run(count) { tally.add($0) }
        // Whatever a job did is visible after it.
        if job % 100 == 0 { tally.expectAll(job, "job \(job)") }
      }
      tally.expectAll(jobs, "\(count) parts")
    }
  }

  /// Workers that sleep whenever there is no job: each one wakes them, or meets them on their way to sleep.
  @Test(arguments: [2, 3, 8]) func jobsForSleepingWorkers(_ threadCount: Int) {
    let pool = WorkerPool(threadCount: threadCount, looksBeforeSleep: 0)
    let tally = Tally(9)
    for _ in 0..<500 { pool.run(9) { tally.add($0) } }
    tally.expectAll(500, "9 parts")
  }

  @Test(arguments: [0, 20_000]) func workersTakePart(_ looksBeforeSleep: Int) throws {
    // Each part waits for the other to begin: one thread alone would never begin the second.
    let pool = WorkerPool(threadCount: 2, looksBeforeSleep: looksBeforeSleep)
    for _ in 0..<100 {
      let begun = (0..<2).map { _ in DispatchSemaphore(value: 0) }
      let met = Count()
      pool.run(2) { part in
        begun[part].signal()
        if begun[1 - part].wait(timeout: .now() + Self.patience) == .success {
          met.value.add(1, ordering: .relaxed)
        }
      }
      try #require(met.value.load(ordering: .relaxed) == 2)
    }
  }

  /// Seconds after which a thread that is waited for will never come: far more than any load explains.
  private static let patience = 600.0

  @Test func poolsComeAndGo() {
    for round in 0..<200 {
      // Some pools are dropped before their threads have begun, some without a job, some while they sleep.
      let pool = WorkerPool(
        threadCount: 2 + round % 3, looksBeforeSleep: round % 5 == 0 ? 0 : 20_000)
      if round % 4 > 0 {
        let tally = Tally(5)
        for _ in 0..<round % 4 { pool.run(5) { tally.add($0) } }
        tally.expectAll(round % 4, "pool \(round)")
      }
    }
  }

  @Test(arguments: [0, 20_000]) func theThreadsOfADroppedPoolEnd(_ looksBeforeSleep: Int) throws {
    let ended = DispatchSemaphore(value: 0)
    for _ in 0..<25 {
      let pool = WorkerPool(threadCount: 5, looksBeforeSleep: looksBeforeSleep) { ended.signal() }
      pool.run(9) { _ in }
    }
    for _ in 0..<25 * 4 { try #require(ended.wait(timeout: .now() + Self.patience) == .success) }
  }

  @Test func jobsAreLetGo() {
    final class Witness: Sendable {}
    let pool = WorkerPool(threadCount: 3)
    weak var witness: Witness?
    do {
      let held = Witness()
      witness = held
      pool.run(4) { _ in withExtendedLifetime(held) {} }
    }
    #expect(witness == nil)
  }

  @Test func resultsDoNotDependOnTheNumberOfThreads() {
    let partCount = 37
    let results = [1, 2, 3, 8].map { threadCount in
      let buffer = Buffer(count: partCount * 16)
      WorkerPool(threadCount: threadCount).run(partCount) { part in
        let generator = Philox(seed: UInt64(part), purpose: .initialization)
        let matrix = buffer.matrix(at: part * 16, rows: 4, columns: 4)
        generator.fillNormal(matrix, deviation: 1, stream: 0)
        let tape = Tape(values: ParameterArena(ParameterLayout()))
        let variable = tape.constant(matrix.elements, rows: 4, columns: 4)
        matrix.assign(tape.value(of: tape.gelu(tape.linear(variable, weight: variable))))
      }
      return buffer.row.elements
    }
    #expect(results.allSatisfy { $0 == results[0] })
    #expect(results[0].allSatisfy { $0 != 0 })
  }
}

@Suite struct PartResultsTests {
  @Test func partsWriteToPlacesOfTheirOwn() {
    let results = PartResults(repeating: 0.0, count: 1_000)
    let pool = WorkerPool(threadCount: 4)
    pool.run(results.count) { results[$0] = Double($0 * $0) }
    #expect((0..<1_000).allSatisfy { results[$0] == Double($0 * $0) })
    #expect(results.sum == 332_833_500)
  }
}
