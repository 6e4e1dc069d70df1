import NN

/// GFLOP/s of matrix products on one thread, at this moment, to compare times of different moments.
struct ProductRates {
  /// Of 256 × 192 × 64 by the kernels of this package.
  let own: Double
  /// Of the same by BLAS.
  let small: Double
  /// Of 2048 × 2048 × 2048 by BLAS.
  let large: Double

  /// Measures all: the best of some repeats.
  init() {
    own = Self.rate(256, 192, 64) { Product.multiply($0, $1, into: $2) }
    small = Self.rate(256, 192, 64) { Product.multiplyByBLAS($0, $1, into: $2) }
    large = Self.rate(2_048, 2_048, 2_048) { Product.multiplyByBLAS($0, $1, into: $2) }
  }

  /// The rate that shares of a peak refer to.
  var peak: Double { max(own, small, large) }

  private static func rate(
    _ rows: Int, _ columns: Int, _ inner: Int, multiply: (Matrix, Matrix, Matrix) -> Void
  ) -> Double {
    let memory = Buffer(count: rows * inner + inner * columns + rows * columns)
    defer { withExtendedLifetime(memory) {} }
    memory.row.fill(0.5)
    let a = memory.matrix(at: 0, rows: rows, columns: inner)
    let b = memory.matrix(at: a.count, rows: inner, columns: columns)
    let c = memory.matrix(at: a.count + b.count, rows: rows, columns: columns)
    let operations = 2.0 * Double(rows * columns * inner)
    let repeats = max(1, Int(1e10 / operations))
    return (0..<5).map { _ in
      operations * Double(repeats) / seconds { for _ in 0..<repeats { multiply(a, b, c) } }
    }.max()! * 1e-9
  }
}

/// The time of some work.
func seconds(_ body: () throws -> Void) rethrows -> Double {
  let start = ContinuousClock.now
  try body()
  return start.duration(to: .now) / .seconds(1)
}
