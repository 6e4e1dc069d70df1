import CKernels
import Foundation

/// A running mean of weights that change from step to step.
///
/// The weights after step t count in proportion to t^power, so that the mean spans the same last share of a run however long the run is:
/// a power-function average (Karras, Aittala, Lehtinen, Hellsten, Aila and Laine, "Analyzing and improving the training dynamics of
/// diffusion models", 2024). With a constant learning rate the mean has what a falling rate would give, and no end has to be known.
public final class WeightAverage: @unchecked Sendable {
  /// The mean after the steps so far: the weights themselves after the first.
  public let values: Buffer
  private let power: Double
  private var share: Float = 1

  /// - Parameters:
  ///   - count: the number of weights.
  ///   - power: the greater, the shorter the share of the run that counts: the mean age of the weights in it is 1 / (power + 2) of
  ///     the run.
  public init(count: Int, power: Double = 4) {
    values = Buffer(count: count)
    self.power = power
  }

  /// Begins a step. Call ``update(_:with:)`` next, for ranges that together cover all weights.
  ///
  /// - Parameter step: counted from 1.
  public func begin(step: Int) {
    precondition(step > 0, "step \(step) cannot be")
    share = Float(1 - pow(1 - 1 / Double(step), power + 1))
  }

  /// Adds the weights of a range to its mean. Threads may take ranges that do not overlap.
  public func update(_ range: Range<Int>, with weights: Buffer) {
    precondition(
      weights.count == values.count && range.lowerBound >= 0 && range.upperBound <= values.count,
      "\(range) of \(weights.count) weights, but a mean of \(values.count)")
    // SAFETY: the range lies inside both buffers.
    lk_move_average(
      range.count, share, weights.start + range.lowerBound, values.start + range.lowerBound)
  }
}
