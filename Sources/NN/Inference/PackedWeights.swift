import CKernels

/// Weights for inference: in bfloat16 where the processor multiplies it faster than Float32, otherwise as they are.
///
/// Sums are Float32 either way. A rounded product differs by about 2^-9 of its terms, far less than drawn rows could
/// show. The choice depends on the kind of processor alone.
public final class PackedWeights: @unchecked Sendable {
  private let rows: Int
  private let columns: Int
  private let packed: UnsafeMutableBufferPointer<UInt16>?
  private let plain: Buffer?

  /// Whether this processor multiplies bfloat16.
  public static let supportsBFloat16 = lk_has_bfloat16() != 0
  /// Whether it multiplies bfloat16 faster than Float32.
  public static let prefersBFloat16 = lk_prefers_bfloat16() != 0

  /// Copies weights (in, out).
  ///
  /// - Parameters:
  ///   - weights: (in, out).
  ///   - inBFloat16: Whether to multiply in bfloat16 where the processor can.
  public init(_ weights: Matrix, inBFloat16: Bool = PackedWeights.prefersBFloat16) {
    (rows, columns) = (weights.rows, weights.columns)
    if inBFloat16, PackedWeights.supportsBFloat16, weights.rows <= LK_BFLOAT16_INNER,
      weights.count > 0
    {
      let memory = UnsafeMutableBufferPointer<UInt16>.allocate(
        capacity: lk_bfloat16_size(rows, columns))
      lk_bfloat16_pack(rows, columns, weights.start, memory.baseAddress)
      packed = memory
      plain = nil
    } else {
      let copy = Buffer(count: weights.count)
      copy.matrix(at: 0, rows: rows, columns: columns).assign(weights)
      packed = nil
      plain = copy
    }
  }

  deinit { packed?.deallocate() }

  /// Whether products are computed in bfloat16.
  public var isRounded: Bool { packed != nil }

  /// result (B, out) = input (B, in) times the weights, plus the result itself where `adds` is true. B is a multiple
  /// of 8.
  public func multiply(_ input: Matrix, into result: Matrix, adds: Bool = false) {
    precondition(
      input.columns == rows && result.columns == columns && result.rows == input.rows
        && input.rows % 8 == 0,
      "(\(input.rows), \(input.columns)) times (\(rows), \(columns)) does not fit "
        + "(\(result.rows), \(result.columns))")
    if let packed {
      let start = lk_profile_start()
      lk_bfloat16_product(
        input.rows, rows, columns, input.start, packed.baseAddress, adds ? 1 : 0, result.start)
      lk_profile_add_product(start, UInt64(2 * input.rows * rows * columns))
    } else if let plain {
      Product.multiply(
        input, plain.matrix(at: 0, rows: rows, columns: columns), into: result,
        beta: adds ? 1 : 0)
    }
  }
}
