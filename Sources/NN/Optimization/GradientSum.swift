import CKernels

/// The sum of the shards' gradients, always in the same order.
public final class GradientSum: @unchecked Sendable {
  /// The result of the last calls of ``sumAndClear(_:)``.
  public let total: ParameterArena
  private let parts: [ParameterArena]
  private let starts: [UnsafeMutablePointer<Float>?]

  /// The sum of arenas of one layout.
  public init(of parts: [ParameterArena]) {
    precondition(!parts.isEmpty, "a sum of no gradients cannot be")
    self.parts = parts
    starts = parts.map { $0.buffer.start }
    total = ParameterArena(parts[0].layout)
  }

  /// Adds up a range of elements, sets the shards' elements to zero for the next step, and gives the sum of the squares of
  /// the result. Threads may take ranges that do not overlap.
  public func sumAndClear(_ range: Range<Int>) -> Double {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= total.buffer.count, "\(range) is outside")
    let result = total.buffer.start + range.lowerBound
    // SAFETY: every arena has the layout of `total`, and the range lies inside it.
    starts.withUnsafeBufferPointer { sources in
      lk_sum_and_clear(range.count, sources.count, sources.baseAddress, range.lowerBound, result)
    }
    return lk_sum_of_squares(range.count, result)
  }
}
