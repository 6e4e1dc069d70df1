import CKernels

/// The right matrix of many products, laid out in the order in which the kernels read it: in Float32, or rounded to bfloat16.
///
/// Sums are Float32 either way. A rounded product differs by about 2^-9 of its terms, far less than drawn rows could
/// show.
public final class PackedWeights: @unchecked Sendable {
  /// A view of the packed numbers; their memory is this object's.
  let matrix: PackedMatrix

  /// Whether this processor multiplies bfloat16.
  public static let supportsBFloat16 = lk_best_bfloat16_unit() != lk_bfloat16_none
  /// Whether it multiplies bfloat16 faster than Float32.
  public static let prefersBFloat16 = lk_prefers_bfloat16() != 0

  /// Weights of a shape, zeros until ``pack(_:transposed:)``.
  ///
  /// - Parameters:
  ///   - rows: in.
  ///   - columns: out.
  ///   - inBFloat16: Whether to multiply in bfloat16 where the processor can.
  public init(rows: Int, columns: Int, inBFloat16: Bool = false) {
    let isRounded = inBFloat16 && PackedWeights.supportsBFloat16
    let start: UnsafeMutableRawPointer
    if isRounded {
      start = Self.zeros(lk_bfloat16_size(rows, columns), of: UInt16.self)
    } else {
      start = Self.zeros(lk_packed_size(rows, columns), of: Float.self)
    }
    matrix = PackedMatrix(rows: rows, columns: columns, isRounded: isRounded, start: start)
  }

  /// Packs weights (in, out), in bfloat16 where the processor multiplies it faster. The choice depends on the kind of processor
  /// alone.
  public convenience init(_ weights: Matrix, inBFloat16: Bool = PackedWeights.prefersBFloat16) {
    self.init(rows: weights.rows, columns: weights.columns, inBFloat16: inBFloat16)
    pack(weights)
  }

  private static func zeros<Number: Numeric & BitwiseCopyable>(
    _ count: Int, of type: Number.Type
  ) -> UnsafeMutableRawPointer {
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, count) * MemoryLayout<Number>.stride, alignment: Buffer.alignment)
    memory.initializeMemory(as: type, repeating: 0, count: count)
    return memory
  }

  deinit { matrix.start.deallocate() }

  /// Whether products are computed in bfloat16.
  public var isRounded: Bool { matrix.isRounded }

  /// Replaces the weights by those of a matrix (in, out), or by the transpose of a matrix (out, in).
  public func pack(_ weights: Matrix, transposed: Bool = false) {
    withExtendedLifetime(self) { matrix.pack(weights, transposed: transposed) }
  }

  /// result (B, out) = input (B, in) times the weights, plus bias (1, out) in every row, plus the result itself where
  /// `adds` is true.
  public func multiply(
    _ input: Matrix, into result: Matrix, bias: Matrix? = nil, adds: Bool = false
  ) {
    withExtendedLifetime(self) { matrix.multiply(input, into: result, bias: bias, adds: adds) }
  }
}

/// A view of ``PackedWeights``, which must outlive it. Threads copy it without counting references.
struct PackedMatrix: @unchecked Sendable {
  /// Rows of the weights, and columns of the left matrix.
  let rows: Int
  /// Columns of the weights and of the result.
  let columns: Int
  /// Whether products are computed in bfloat16.
  let isRounded: Bool
  fileprivate let start: UnsafeMutableRawPointer

  /// See ``PackedWeights/pack(_:transposed:)``.
  func pack(_ weights: Matrix, transposed: Bool = false) {
    precondition(
      (transposed ? weights.columns : weights.rows) == rows
        && (transposed ? weights.rows : weights.columns) == columns,
      "\(weights.rows) × \(weights.columns) does not fit weights of \(rows) × \(columns)")
    // SAFETY: the memory has room for packed weights of this shape and kind.
    if isRounded {
      lk_bfloat16_pack(rows, columns, transposed ? 1 : 0, weights.start, bfloat16)
    } else {
      lk_pack(rows, columns, transposed ? 1 : 0, weights.start, float32)
    }
  }

  /// See ``PackedWeights/multiply(_:into:bias:adds:)``.
  func multiply(
    _ input: Matrix, into result: Matrix, bias: Matrix? = nil, adds: Bool = false
  ) {
    precondition(
      input.columns == rows && result.columns == columns && result.rows == input.rows
        && bias?.count ?? columns == columns,
      "(\(input.rows), \(input.columns)) times (\(rows), \(columns)) does not fit "
        + "(\(result.rows), \(result.columns))")
    // SAFETY: matrices are contiguous, and their shapes were checked.
    if isRounded {
      lk_bfloat16_multiply_packed(
        input.rows, rows, columns, input.start, bfloat16, bias?.start, adds ? 1 : 0, result.start)
    } else {
      lk_multiply_packed(
        input.rows, rows, columns, input.start, float32, bias?.start, adds ? 1 : 0, result.start)
    }
  }

  /// The packed numbers, for kernels that multiply as a part of what they do; nil where they are rounded.
  var packedStart: UnsafePointer<Float>? { isRounded ? nil : UnsafePointer(float32) }

  private var float32: UnsafeMutablePointer<Float> {
    start.assumingMemoryBound(to: Float.self)
  }

  private var bfloat16: UnsafeMutablePointer<UInt16> {
    start.assumingMemoryBound(to: UInt16.self)
  }
}
