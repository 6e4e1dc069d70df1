import CKernels
import Foundation

/// The machine that something was measured on.
public struct Machine: Codable, Sendable, Equatable {
  /// The processor's name.
  public var processor: String
  public var processorCount: Int
  /// The BLAS in use with its core, and the kernels that run beside it.
  public var blas: String
  /// Number of threads that computed.
  public var threadCount: Int
  /// The state of the repository that the program was built from; nil where it is not known.
  public var revision: String?

  /// The machine that this program runs on.
  ///
  /// - Parameters:
  ///   - threadCount: Threads to compute with; nil uses one per processor.
  ///   - revision: What the program was built from.
  public init(threadCount: Int? = nil, revision: String? = nil) {
    processor = Machine.processorName ?? "unknown processor"
    processorCount = ProcessInfo.processInfo.activeProcessorCount
    blas = Machine.computeLibraries
    self.threadCount = threadCount ?? processorCount
    self.revision = revision
  }

  /// The features of this processor that kernels can use, such as `avx2`, `avx512_bf16` and `amx_bf16`, or `neon` on arm64.
  public static var features: [String] {
    var names = [UnsafePointer<CChar>?](
      repeating: nil, count: Int(LK_MOST_PROCESSOR_FEATURES))
    // SAFETY: there is room for as many names as the function writes, and they live as long as the program.
    let count = lk_processor_features(&names)
    return names.prefix(count).map { String(cString: $0!) }
  }

  /// The BLAS in use with its core, and the kernels that run beside it.
  public static var computeLibraries: String {
    "\(BLASLibrary.description), \(VectorKernels.description)"
  }

  private static var processorName: String? {
    guard let text = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8) else {
      return nil
    }
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) }
  }
}
