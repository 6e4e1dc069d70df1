/// A learning rate that rises linearly and then stays: a run with it has no end that must be known.
public struct WarmUp: Sendable {
  /// The rate after the rise.
  public var peak: Float
  /// Steps in which the rate rises.
  public var stepCount: Int

  public init(peak: Float, stepCount: Int = 60) {
    precondition(stepCount > 0, "a rise of \(stepCount) steps cannot be")
    self.peak = peak
    self.stepCount = stepCount
  }

  /// The rate of a step, counted from 0.
  public func rate(step: Int) -> Float { peak * min(1, Float(step + 1) / Float(stepCount)) }
}
