import CKernels

/// The time of every kernel and of all matrix products together. For benchmarks: the clock costs about 50 ns per call.
public struct Profile: Sendable {
  /// One kernel, summed over all threads.
  public struct Entry: Sendable {
    public let name: String
    public let callCount: Int
    public let seconds: Double
    /// Floating-point operations; 0 for all but `sgemm`.
    public let operationCount: Int
  }

  /// The calls, the longest first.
  public let entries: [Entry]

  /// Runs `body` with the clock on. Nothing else in this process may compute at the same time.
  public static func measure(_ body: () throws -> Void) rethrows -> Profile {
    lk_profile_set(1)
    defer { lk_profile_set(0) }
    try body()
    let entries = (0..<lk_profile_count()).map { index in
      let entry = lk_profile_get(index)
      return Entry(
        name: String(cString: entry.name), callCount: Int(entry.calls),
        seconds: Double(entry.nanoseconds) * 1e-9, operationCount: Int(entry.operations))
    }
    return Profile(entries: entries.filter { $0.callCount > 0 }.sorted { $0.seconds > $1.seconds })
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
    return "\(instructionSet) vector kernels, "
      + "\(PackedWeights.prefersBFloat16 ? "bfloat16" : "Float32") products for drawing"
  }
}
