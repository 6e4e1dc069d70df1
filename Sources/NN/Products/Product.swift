import CBLASShim
import CKernels

/// Matrix products through BLAS, each on the calling thread alone.
public enum Product {
  /// Version, options and chosen kernels of the BLAS in use, for the records of benchmarks.
  public static var libraryConfiguration: String {
    String(cString: likeness_blas_configuration())
  }

  /// Turns BLAS's own threads off, once.
  private static let singleThreaded: Void = likeness_blas_single_threaded()

  /// c = a b + beta c, where a and b may each be read transposed.
  public static func multiply(
    _ a: Matrix, _ b: Matrix, transposeA: Bool = false, transposeB: Bool = false,
    into c: Matrix, beta: Float = 0
  ) {
    _ = singleThreaded
    let (rows, inner) = transposeA ? (a.columns, a.rows) : (a.rows, a.columns)
    let (innerB, columns) = transposeB ? (b.columns, b.rows) : (b.rows, b.columns)
    precondition(
      inner == innerB && c.rows == rows && c.columns == columns,
      "(\(rows), \(inner)) times (\(innerB), \(columns)) does not fit (\(c.rows), \(c.columns))")
    guard rows > 0, columns > 0 else { return }
    let start = lk_profile_start()
    // SAFETY: matrices are contiguous, so each stride is the number of columns, and the shapes were checked above.
    likeness_sgemm(
      transposeA ? 1 : 0, transposeB ? 1 : 0, Int32(rows), Int32(columns), Int32(inner), 1,
      a.start, Int32(max(1, a.columns)), b.start, Int32(max(1, b.columns)), beta,
      c.start, Int32(max(1, c.columns)))
    lk_profile_add_product(start, UInt64(2 * rows * columns * inner))
  }
}
