import CKernels
import Synchronization

/// The time of every kernel and of all matrix products together. For benchmarks: the clock costs about 50 ns per call.
public struct Profile: Sendable {
  /// One kernel, summed over all threads.
  public struct Entry: Sendable {
    public let name: String
    public let callCount: Int
    public let seconds: Double
    /// Floating-point operations; 0 for all but products.
    public let operationCount: Int
  }

  /// All jobs of pools of one thread that have the same number of parts, which is as many threads as they could use.
  public struct Job: Sendable {
    public let partCount: Int
    public internal(set) var callCount = 0
    /// Time of all parts.
    public internal(set) var seconds = 0.0
    /// Time of the longest part of each job, summed over the jobs: no number of threads makes them shorter.
    public internal(set) var longestSeconds = 0.0
  }

  /// The calls, the longest first.
  public let entries: [Entry]
  /// By number of parts.
  public let jobs: [Job]

  /// Runs `body` with the clock on. Nothing else in this process may compute at the same time.
  public static func measure(_ body: () throws -> Void) rethrows -> Profile {
    runningJobs.withLock { $0 = [:] }
    lk_profile_set(1)
    defer { lk_profile_set(0) }
    try body()
    let entries = (0..<lk_profile_count()).map { index in
      let entry = lk_profile_get(index)
      return Entry(
        name: String(cString: entry.name), callCount: Int(entry.calls),
        seconds: Double(entry.nanoseconds) * 1e-9, operationCount: Int(entry.operations))
    }
    return Profile(
      entries: entries.filter { $0.callCount > 0 }.sorted { $0.seconds > $1.seconds },
      jobs: runningJobs.withLock { $0.values.sorted { $0.partCount < $1.partCount } })
  }

  private static let runningJobs = Mutex<[Int: Job]>([:])

  /// Runs the parts of a job one after another, and counts its time while the profile is on.
  static func runParts(_ count: Int, _ body: (Int) -> Void) {
    let start = lk_profile_start()
    guard start != 0 else {
      for part in 0..<count { body(part) }
      return
    }
    var end = start
    var longest: UInt64 = 0
    for part in 0..<count {
      let begin = end
      body(part)
      end = lk_profile_start()
      longest = max(longest, end - begin)
    }
    runningJobs.withLock { jobs in
      var job = jobs[count] ?? Job(partCount: count)
      job.callCount += 1
      job.seconds += Double(end - start) * 1e-9
      job.longestSeconds += Double(longest) * 1e-9
      jobs[count] = job
    }
  }
}

/// The kernels of this package that are not matrix products: they are compiled for several instruction sets.
public enum VectorKernels {
  /// The kernels in use, for records of measurements.
  public static var description: String {
    let instructionSet =
      switch lk_selected_instruction_set() {
      case lk_avx512: "AVX-512"
      case lk_avx2: "AVX2"
      default: "portable"
      }
    let products =
      switch lk_best_bfloat16_unit() {
      case lk_bfloat16_tiles: "bfloat16 products with AMX tiles"
      case lk_bfloat16_vectors where PackedWeights.prefersBFloat16:
        "bfloat16 products with AVX-512"
      default: "Float32 products"
      }
    return "\(instructionSet) vector kernels, \(products)"
  }
}
