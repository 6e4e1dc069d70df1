import CBLASShim
import CKernels

/// Matrix products, each on the calling thread alone.
///
/// Products with a small dimension, which are all that a network of a table has, run on kernels of this package: they are as fast
/// on any processor, whatever BLAS is there, and their bytes depend on the processor's vector instructions alone. Large
/// products go to BLAS.
public enum Product {
  /// c = a b, or c += a b with `adds`, where a and b may each be read transposed.
  public static func multiply(
    _ a: Matrix, _ b: Matrix, transposeA: Bool = false, transposeB: Bool = false,
    into c: Matrix, adds: Bool = false
  ) {
    let (rows, inner) = transposeA ? (a.columns, a.rows) : (a.rows, a.columns)
    let (innerB, columns) = transposeB ? (b.columns, b.rows) : (b.rows, b.columns)
    precondition(
      inner == innerB && c.rows == rows && c.columns == columns,
      "(\(rows), \(inner)) times (\(innerB), \(columns)) does not fit (\(c.rows), \(c.columns))")
    guard rows > 0, columns > 0 else { return }
    if min(rows, inner, columns) > largestOwn {
      multiplyByBLAS(a, b, transposeA: transposeA, transposeB: transposeB, into: c, adds: adds)
    } else {
      // SAFETY: matrices are contiguous, and their shapes were checked.
      lk_multiply(
        rows, inner, columns, transposeA ? 1 : 0, transposeB ? 1 : 0, a.start, b.start,
        adds ? 1 : 0, c.start)
    }
  }

  /// c = the transpose of a times b, or c += it with `adds`, in bfloat16 with Float32 sums. Only where ``PackedWeights/supportsBFloat16``.
  static func multiplyTransposedInBFloat16(
    _ a: Matrix, _ b: Matrix, into c: Matrix, adds: Bool = false
  ) {
    precondition(
      a.rows == b.rows && c.rows == a.columns && c.columns == b.columns,
      "the transpose of (\(a.rows), \(a.columns)) times (\(b.rows), \(b.columns)) does not fit "
        + "(\(c.rows), \(c.columns))")
    lk_bfloat16_multiply_transposed(
      c.rows, a.rows, c.columns, a.start, b.start, adds ? 1 : 0, c.start)
  }

  /// Where the smallest dimension is larger, BLAS is faster: it copies both matrices for the caches first.
  private static let largestOwn = 256

  /// Turns BLAS's own threads off, once.
  private static let singleThreaded: Void = likeness_blas_single_threaded()

  /// The same as ``multiply(_:_:transposeA:transposeB:into:adds:)``, always by BLAS: the reference for tests and benchmarks.
  package static func multiplyByBLAS(
    _ a: Matrix, _ b: Matrix, transposeA: Bool = false, transposeB: Bool = false,
    into c: Matrix, adds: Bool = false
  ) {
    _ = singleThreaded
    let inner = transposeA ? a.rows : a.columns
    precondition(
      inner == (transposeB ? b.columns : b.rows)
        && c.rows == (transposeA ? a.columns : a.rows)
        && c.columns == (transposeB ? b.rows : b.columns), "the matrices do not fit")
    let start = lk_profile_start()
    // SAFETY: matrices are contiguous, so each stride is the number of columns, and the shapes were checked.
    likeness_sgemm(
      transposeA ? 1 : 0, transposeB ? 1 : 0, Int32(c.rows), Int32(c.columns), Int32(inner), 1,
      a.start, Int32(max(1, a.columns)), b.start, Int32(max(1, b.columns)), adds ? 1 : 0, c.start,
      Int32(max(1, c.columns)))
    lk_profile_add_product(lk_product_sgemm, start, UInt64(2 * c.rows * c.columns * inner))
  }
}
