import CKernels

/// The sum of the shards' gradients, always in the same order.
public final class GradientSum: @unchecked Sendable {
  /// What the last calls of ``sum(_:)`` have computed.
  public let total: ParameterArena
  private let parts: [ParameterArena]
  private let starts: [UnsafePointer<Float>?]

  /// The sum of arenas of one layout.
  public init(of parts: [ParameterArena]) {
    precondition(!parts.isEmpty, "a sum of no gradients cannot be")
    self.parts = parts
    starts = parts.map { UnsafePointer($0.buffer.start) }
    total = ParameterArena(parts[0].layout)
  }

  /// Adds up a range of elements and gives the sum of the squares of the result. Threads may sum ranges that do not overlap.
  public func sum(_ range: Range<Int>) -> Double {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= total.buffer.count, "\(range) is outside")
    let result = total.buffer.start + range.lowerBound
    // SAFETY: every arena has the layout of `total`, and the range lies inside it.
    starts.withUnsafeBufferPointer { sources in
      lk_sum_sources(range.count, sources.count, sources.baseAddress, range.lowerBound, result)
    }
    return lk_sum_of_squares(range.count, result)
  }
}
