import Foundation
import NN

/// What a report was measured on.
struct Machine {
  let processor: String
  let processorCount = ProcessInfo.processInfo.activeProcessorCount
  let blas = Product.libraryConfiguration
  /// GFLOP/s of one thread at 256 × 192 × 64 and 2048 × 2048 × 2048: the best of some repeats.
  let productRates: (small: Double, large: Double)

  init() {
    let information = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let model = information.split(separator: "\n").first { $0.hasPrefix("model name") }
    processor =
      model?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces) ?? "unknown"
    productRates = (
      Machine.productRate(256, 192, 64), Machine.productRate(2_048, 2_048, 2_048)
    )
  }

  /// The rate that shares of a peak refer to.
  var peak: Double { max(productRates.small, productRates.large) }

  var description: String {
    "\(processor), \(processorCount) processors; \(blas)\n"
      + String(
        format: "sgemm of one thread: %.1f GFLOP/s at 256 x 192 x 64, %.1f at 2048 x 2048 x 2048",
        productRates.small, productRates.large)
  }

  private static func productRate(_ rows: Int, _ columns: Int, _ inner: Int) -> Double {
    let memory = Buffer(count: rows * inner + inner * columns + rows * columns)
    memory.row.fill(0.5)
    let a = memory.matrix(at: 0, rows: rows, columns: inner)
    let b = memory.matrix(at: a.count, rows: inner, columns: columns)
    let c = memory.matrix(at: a.count + b.count, rows: rows, columns: columns)
    let operations = 2.0 * Double(rows * columns * inner)
    let repeats = max(1, Int(1e10 / operations))
    return (0..<5).map { _ in
      operations * Double(repeats)
        / seconds { for _ in 0..<repeats { Product.multiply(a, b, into: c) } }
    }.max()! * 1e-9
  }
}

/// How long something takes.
func seconds(_ body: () throws -> Void) rethrows -> Double {
  let start = ContinuousClock.now
  try body()
  return start.duration(to: .now) / .seconds(1)
}
