import CKernels

/// The right matrix of many products, laid out in the order in which the kernels read it: in Float32, or rounded to bfloat16.
///
/// Sums are Float32 either way. A rounded product differs by about 2^-9 of its terms, far less than drawn rows could
/// show.
public final class PackedWeights: @unchecked Sendable {
  /// Rows of the weights, and columns of the left matrix.
  public let rows: Int
  /// Columns of the weights and of the result.
  public let columns: Int
  private let memory: Memory

  private enum Memory {
    case float32(Buffer)
    case bfloat16(UnsafeMutableBufferPointer<UInt16>)
  }

  /// Whether this processor multiplies bfloat16.
  public static let supportsBFloat16 = lk_has_bfloat16() != 0
  /// Whether it multiplies bfloat16 faster than Float32.
  public static let prefersBFloat16 = lk_prefers_bfloat16() != 0

  /// Weights of a shape, zeros until ``pack(_:transposed:)``.
  ///
  /// - Parameters:
  ///   - rows: in.
  ///   - columns: out.
  ///   - inBFloat16: Whether to multiply in bfloat16 where the processor can.
  public init(rows: Int, columns: Int, inBFloat16: Bool = false) {
    self.rows = rows
    self.columns = columns
    if inBFloat16, PackedWeights.supportsBFloat16, rows <= LK_BFLOAT16_INNER, rows * columns > 0 {
      let memory = UnsafeMutableBufferPointer<UInt16>.allocate(
        capacity: lk_bfloat16_size(rows, columns))
      memory.initialize(repeating: 0)
      self.memory = .bfloat16(memory)
    } else {
      memory = .float32(Buffer(count: lk_packed_size(rows, columns)))
    }
  }

  /// Packs weights (in, out), in bfloat16 where the processor multiplies it faster. The choice depends on the kind of processor
  /// alone.
  public convenience init(_ weights: Matrix, inBFloat16: Bool = PackedWeights.prefersBFloat16) {
    self.init(rows: weights.rows, columns: weights.columns, inBFloat16: inBFloat16)
    pack(weights)
  }

  deinit {
    if case .bfloat16(let memory) = memory { memory.deallocate() }
  }

  /// Whether products are computed in bfloat16.
  public var isRounded: Bool {
    if case .bfloat16 = memory { true } else { false }
  }

  /// Replaces the weights by those of a matrix (in, out), or by the transpose of a matrix (out, in).
  public func pack(_ weights: Matrix, transposed: Bool = false) {
    precondition(
      (transposed ? weights.columns : weights.rows) == rows
        && (transposed ? weights.rows : weights.columns) == columns,
      "\(weights.rows) × \(weights.columns) does not fit weights of \(rows) × \(columns)")
    switch memory {
    case .float32(let buffer):
      lk_pack(rows, columns, transposed ? 1 : 0, weights.start, buffer.start)
    case .bfloat16(let packed):
      precondition(!transposed, "weights in bfloat16 are not packed transposed")
      lk_bfloat16_pack(rows, columns, weights.start, packed.baseAddress)
    }
  }

  /// result (B, out) = input (B, in) times the weights, plus bias (1, out) in every row, plus the result itself where
  /// `adds` is true. With rounded weights B is a multiple of 8, and there is no bias.
  public func multiply(
    _ input: Matrix, into result: Matrix, bias: Matrix? = nil, adds: Bool = false
  ) {
    precondition(
      input.columns == rows && result.columns == columns && result.rows == input.rows
        && bias?.count ?? columns == columns,
      "(\(input.rows), \(input.columns)) times (\(rows), \(columns)) does not fit "
        + "(\(result.rows), \(result.columns))")
    switch memory {
    case .float32(let buffer):
      lk_multiply_packed(
        input.rows, rows, columns, input.start, buffer.start, bias?.start, adds ? 1 : 0,
        result.start)
    case .bfloat16(let packed):
      precondition(
        input.rows % 8 == 0 && bias == nil, "\(input.rows) rows are no multiple of 8")
      let start = lk_profile_start()
      lk_bfloat16_product(
        input.rows, rows, columns, input.start, packed.baseAddress, adds ? 1 : 0, result.start)
      lk_profile_add_product(start, UInt64(2 * input.rows * rows * columns))
    }
  }

  /// The packed numbers, for kernels that multiply as a part of what they do; nil where they are rounded.
  var packedStart: UnsafePointer<Float>? {
    if case .float32(let buffer) = memory { UnsafePointer(buffer.start) } else { nil }
  }
}
