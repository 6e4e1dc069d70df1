import CKernels
import Foundation
import Synchronization

/// Threads that run the parts of one job after another, without a lock while there is work.
///
/// Any thread may run any part; if each part writes only its own results, a job gives the same result with any number of
/// threads.
public final class WorkerPool: Sendable {
  /// Threads that compute, the caller's included.
  public let threadCount: Int
  private let state: State?

  /// A pool of `threadCount` threads, including the caller's.
  public convenience init(threadCount: Int) {
    self.init(threadCount: threadCount, looksBeforeSleep: WorkerPool.looksBeforeSleep)
  }

  /// A pool whose threads sleep after a number of looks for a job.
  ///
  /// - Parameter threadEnded: called on each thread but the caller's when it ends.
  package init(
    threadCount: Int, looksBeforeSleep: Int, threadEnded: @escaping @Sendable () -> Void = {}
  ) {
    precondition(threadCount > 0, "a pool of \(threadCount) threads cannot be")
    self.threadCount = threadCount
    guard threadCount > 1 else {
      state = nil
      return
    }
    let state = State(looksBeforeSleep: looksBeforeSleep)
    self.state = state
    for _ in 1..<threadCount {
      let thread = Thread {
        state.work()
        threadEnded()
      }
      thread.stackSize = 1 << 20
      thread.start()
    }
  }

  /// Takes longer than the pause between two parts of a training step.
  private static let looksBeforeSleep = 2_500

  deinit { state?.shutDown() }

  /// Calls `body` once for each of 0..<count, in any order on any of the threads, and returns when all are done.
  ///
  /// Must not be called from inside a body or from two threads at once.
  public func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    if let state, count > 1 {
      state.run(count, body)
    } else {
      Profile.runParts(count, body)
    }
  }
}

/// The state that a pool's threads share.
///
/// `ticket` holds the job's number in its upper half and how many parts are left to claim in the lower. A part is claimed
/// by lowering it, and `job` is read only after a claim: while a claimed part is unfinished the job cannot change.
private final class State: @unchecked Sendable {
  private let condition = NSCondition()
  private let ticket = Atomic<UInt64>(0)
  private let finished = Atomic<Int>(0)
  private let sleepers = Atomic<Int>(0)
  private let stopping = Atomic<Bool>(false)
  private var job: (@Sendable (Int) -> Void)?

  /// Looks at the ticket before a thread sleeps.
  private let looksBeforeSleep: Int

  init(looksBeforeSleep: Int) { self.looksBeforeSleep = looksBeforeSleep }

  func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    job = body
    finished.store(0, ordering: .relaxed)
    let number = ticket.load(ordering: .relaxed) >> 32 + 1
    ticket.store(number << 32 | UInt64(count), ordering: .sequentiallyConsistent)
    if sleepers.load(ordering: .sequentiallyConsistent) > 0 { wakeAll() }
    takeParts(of: number)
    while finished.load(ordering: .acquiring) < count { pause() }
    job = nil
  }

  func work() {
    var seen: UInt64 = 0
    while let number = waitForJob(after: seen) {
      takeParts(of: number)
      seen = number
    }
  }

  func shutDown() {
    stopping.store(true, ordering: .sequentiallyConsistent)
    wakeAll()
  }

  private func wakeAll() {
    condition.lock()
    condition.broadcast()
    condition.unlock()
  }

  /// The number of a job later than `seen`, or nil when the pool is gone.
  private func waitForJob(after seen: UInt64) -> UInt64? {
    for _ in 0..<looksBeforeSleep {
      switch news(after: seen) {
      case .job(let number): return number
      case .end: return nil
      case .none: pause()
      }
    }
    condition.lock()
    defer { condition.unlock() }
    sleepers.add(1, ordering: .sequentiallyConsistent)
    defer { sleepers.subtract(1, ordering: .sequentiallyConsistent) }
    while true {
      switch news(after: seen) {
      case .job(let number): return number
      case .end: return nil
      case .none: condition.wait()
      }
    }
  }

  private enum News {
    case none, end
    case job(UInt64)
  }

  private func news(after seen: UInt64) -> News {
    let number = ticket.load(ordering: .sequentiallyConsistent) >> 32
    if number != seen { return .job(number) }
    return stopping.load(ordering: .sequentiallyConsistent) ? .end : .none
  }

  private func takeParts(of number: UInt64) {
    while true {
      let current = ticket.load(ordering: .acquiring)
      guard current >> 32 == number, current & 0xffff_ffff > 0 else { return }
      let (claimed, _) = ticket.weakCompareExchange(
        expected: current, desired: current - 1, ordering: .acquiringAndReleasing)
      if claimed {
        job!(Int(current & 0xffff_ffff) - 1)
        finished.add(1, ordering: .releasing)
      }
    }
  }

  private func pause() { lk_relax() }
}
