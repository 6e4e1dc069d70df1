import CBLASShim
import CKernels

/// Matrix products through BLAS, each on the calling thread alone.
public enum Product {
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
    if transposeA {
      // Inner dimension in pieces: each adds to what the one before has left.
      let piece = transposeB ? max(1, inner) : pieceSize(of: inner, others: rows * columns)
      for first in stride(from: 0, to: max(1, inner), by: piece) {
        let last = min(inner, first + piece)
        call(
          a.rows(first..<last), transposeB ? b : b.rows(first..<last), transposeA: true,
          transposeB: transposeB, into: c, beta: first == 0 ? beta : 1)
      }
    } else {
      let piece = pieceSize(of: rows, others: columns * inner)
      for first in stride(from: 0, to: rows, by: piece) {
        let part = first..<min(rows, first + piece)
        call(
          a.rows(part), b, transposeA: false, transposeB: transposeB, into: c.rows(part), beta: beta
        )
      }
    }
    lk_profile_add_product(start, UInt64(2 * rows * columns * inner))
  }

  /// OpenBLAS multiplies matrices of up to this many multiplications where they lie; larger ones it copies first, which costs
  /// a sixth at the widths of a small network.
  private static let mostWithoutCopies = 1_000_000

  /// How much of a dimension to take at a time, so that no copies are made; all of it where the pieces would be thin.
  private static func pieceSize(of size: Int, others: Int) -> Int {
    let piece = mostWithoutCopies / max(1, others) / 16 * 16
    return piece >= 32 ? piece : max(1, size)
  }

  private static func call(
    _ a: Matrix, _ b: Matrix, transposeA: Bool, transposeB: Bool, into c: Matrix, beta: Float
  ) {
    // SAFETY: matrices are contiguous, so each stride is the number of columns, and `multiply` has checked the shapes.
    likeness_sgemm(
      transposeA ? 1 : 0, transposeB ? 1 : 0, Int32(c.rows), Int32(c.columns),
      Int32(transposeA ? a.rows : a.columns), 1, a.start, Int32(max(1, a.columns)), b.start,
      Int32(max(1, b.columns)), beta, c.start, Int32(max(1, c.columns)))
  }
}
