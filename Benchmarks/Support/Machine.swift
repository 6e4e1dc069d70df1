import Foundation
import NN
import Synchronization

extension Machine {
  /// The machine that this program runs on, with the state of the repository that was built: `-dirty` where files had been
  /// changed.
  public static var current: Machine {
    Machine(threadCount: 1, revision: currentRevision)
  }

  /// One line for a record, with the rate of a large product at this moment: other tenants of a machine show in it.
  public var record: String {
    let rate = String(format: "%.0f GFLOP/s", Machine.productRate())
    return
      "\(processor), \(processorCount) processors; \(blas); sgemm \(rate); revision \(revision ?? "unknown revision")"
  }

  /// GFLOP/s of a product of two 512 × 512 matrices on one thread, the best of several.
  public static func productRate() -> Double {
    let size = 512
    let memory = Buffer(count: 3 * size * size)
    defer { withExtendedLifetime(memory) {} }
    let matrices = (0..<3).map { memory.matrix(at: $0 * size * size, rows: size, columns: size) }
    let random = Philox(seed: 1, purpose: 1)
    random.fillUniform(matrices[0], within: 1, stream: 0)
    random.fillUniform(matrices[1], within: 1, stream: 1)
    let seconds = (0..<10).map { _ in
      elapsedSeconds { Product.multiply(matrices[0], matrices[1], into: matrices[2]) }
    }
    precondition(matrices[2].sumOfSquares.isFinite, "the product is not a number")
    return 2 * Double(size * size * size) / seconds.min()! / 1e9
  }

  private static var currentRevision: String? {
    let git = Process()
    git.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
    git.arguments = ["git", "-C", sources, "describe", "--always", "--dirty"]
    let output = Pipe()
    git.standardOutput = output
    git.standardError = FileHandle.nullDevice
    guard (try? git.run()) != nil else { return nil }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    git.waitUntilExit()
    return git.terminationStatus == 0 ? text.trimmingCharacters(in: .newlines) : nil
  }
}

/// Seconds that some work takes.
public func elapsedSeconds(_ work: () throws -> Void) rethrows -> Double {
  let start = ContinuousClock.now
  try work()
  return start.duration(to: .now) / .seconds(1)
}

/// Waits for work of a task, which takes far longer than the waiting.
public func waiting<Result: Sendable>(
  _ work: @escaping @Sendable () async throws -> Result
) throws -> Result {
  let done = DispatchSemaphore(value: 0)
  let result = Mutex<Swift.Result<Result, any Error>?>(nil)
  Task.detached {
    let outcome: Swift.Result<Result, any Error>
    do { outcome = .success(try await work()) } catch { outcome = .failure(error) }
    result.withLock { $0 = outcome }
    done.signal()
  }
  done.wait()
  return try result.withLock { $0! }.get()
}
