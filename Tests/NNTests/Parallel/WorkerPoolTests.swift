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

  @Test(arguments: [2, 3, 8]) func jobsForSleepingWorkers(_ threadCount: Int) {
    let pool = WorkerPool(threadCount: threadCount)
    let tally = Tally(9)
    for pause in [0.0, 0.001, 0.02, 0.1, 0, 0.05] {
      Thread.sleep(forTimeInterval: pause)
      pool.run(9) { tally.add($0) }
    }
    tally.expectAll(6, "9 parts")
  }

  @Test func sleepingWorkersTakePart() {
    // Both parts wait for the other to begin: one thread alone would begin the second when the first has given up.
    let pool = WorkerPool(threadCount: 2)
    for _ in 0..<3 {
      Thread.sleep(forTimeInterval: 0.1)
      let (begun, met) = (Count(), Count())
      pool.run(2) { _ in
        begun.value.add(1, ordering: .relaxed)
        for _ in 0..<10_000 where begun.value.load(ordering: .relaxed) < 2 {
          Thread.sleep(forTimeInterval: 0.001)
        }
        if begun.value.load(ordering: .relaxed) == 2 { met.value.add(1, ordering: .relaxed) }
      }
      #expect(met.value.load(ordering: .relaxed) == 2)
    }
  }

  @Test func poolsComeAndGo() {
    for round in 0..<200 {
      let pool = WorkerPool(threadCount: 2 + round % 3)
      // Some pools are dropped before their threads have begun, some without a job, some after sleeping.
      if round % 4 > 0 {
        let tally = Tally(5)
        for _ in 0..<round % 4 { pool.run(5) { tally.add($0) } }
        tally.expectAll(round % 4, "pool \(round)")
      }
      if round % 50 == 7 { Thread.sleep(forTimeInterval: 0.05) }
    }
  }

  #if os(Linux)
    /// In a process of its own, where no other test starts threads; the runtime may start up to four.
    @Test func droppedPoolsLeaveNoThreads() async {
      await #expect(processExitsWith: .success) {
        let threads = {
          try! FileManager.default.contentsOfDirectory(atPath: "/proc/self/task").count
        }
        let before = threads()
        for _ in 0..<50 { WorkerPool(threadCount: 5).run(9) { _ in } }
        for _ in 0..<500 where threads() > before + 4 { usleep(10_000) }
        precondition(threads() <= before + 4, "\(threads()) threads, \(before) before")
      }
    }
  #endif

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
