import Foundation

/// Lets as many programs run at a time as there are processors.
///
/// All tests begin at once: without a limit, hundreds of programs take each other's processors and memory.
actor ProgramLimit {
  static let shared = ProgramLimit(count: max(2, ProcessInfo.processInfo.activeProcessorCount))

  private var freeCount: Int
  private var waiting: ArraySlice<CheckedContinuation<Void, Never>> = []

  init(count: Int) { freeCount = count }

  /// Does work that runs a program, once there is room for it.
  func run<Result: Sendable>(
    _ work: @Sendable () async throws -> Result
  ) async rethrows -> Result {
    if freeCount > 0 {
      freeCount -= 1
    } else {
      await withCheckedContinuation { waiting.append($0) }
    }
    defer { leave() }
    return try await work()
  }

  private func leave() {
    if let next = waiting.popFirst() { next.resume() } else { freeCount += 1 }
  }
}
