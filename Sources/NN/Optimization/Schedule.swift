import Foundation

/// A learning rate that rises linearly, then falls along half a cosine (Loshchilov and Hutter, 2017).
public struct WarmUpCosine: Sendable {
  /// The highest rate.
  public var peak: Float
  /// Total number of steps.
  public var stepCount: Int
  /// The share of steps in which the rate rises.
  public var warmUp: Float
  /// The rate at the end, as a share of the peak.
  public var floor: Float

  public init(peak: Float, stepCount: Int, warmUp: Float = 0.05, floor: Float = 0.02) {
    precondition(stepCount > 0, "a schedule of \(stepCount) steps cannot be")
    self.peak = peak
    self.stepCount = stepCount
    self.warmUp = warmUp
    self.floor = floor
  }

  /// The rate of a step.
  ///
  /// - Parameters:
  ///   - step: counted from 0.
  ///   - progress: the finished share of the run, from 0 to 1, if it differs from the share of the steps. The fall follows it, so
  ///     that the rate reaches its end value wherever the run ends.
  public func rate(step: Int, progress: Float? = nil) -> Float {
    let rise = min(1, Float(step) / (warmUp * Float(stepCount) + 1))
    let fall = 0.5 * (1 + cos(Float.pi * min(1, progress ?? Float(step) / Float(stepCount))))
    return peak * rise * (fall * (1 - floor) + floor)
  }
}
