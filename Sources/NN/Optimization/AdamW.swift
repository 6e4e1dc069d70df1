import CKernels

/// Adam with decoupled weight decay (Loshchilov and Hutter, "Decoupled weight decay regularization", 2019).
public final class AdamW {
  /// Settings that do not change from step to step.
  public struct Settings: Sendable {
    public var beta1: Float
    public var beta2: Float
    public var epsilon: Float
    public var weightDecay: Float

    public init(
      beta1: Float = 0.9, beta2: Float = 0.99, epsilon: Float = 1e-8, weightDecay: Float = 0.01
    ) {
      self.beta1 = beta1
      self.beta2 = beta2
      self.epsilon = epsilon
      self.weightDecay = weightDecay
    }
  }

  public let settings: Settings
  private let firstMoments: Buffer
  private let secondMoments: Buffer
  private var power1: Float = 1
  private var power2: Float = 1

  /// An optimiser of `count` weights before its first step.
  public init(count: Int, settings: Settings = Settings()) {
    self.settings = settings
    firstMoments = Buffer(count: count)
    secondMoments = Buffer(count: count)
  }

  /// The moments and powers after the steps so far.
  public struct State: Equatable, Sendable {
    /// Running means of the gradients, one for each weight.
    public var firstMoments: [Float]
    /// Running means of the gradients' squares, one for each weight.
    public var secondMoments: [Float]
    /// The powers of beta1 and beta2 that the moments' bias is corrected by.
    public var powers: [Float]

    public init(firstMoments: [Float], secondMoments: [Float], powers: [Float]) {
      self.firstMoments = firstMoments
      self.secondMoments = secondMoments
      self.powers = powers
    }
  }

  /// A copy of the state between two steps.
  public var state: State {
    State(
      firstMoments: firstMoments.row.elements, secondMoments: secondMoments.row.elements,
      powers: [power1, power2])
  }

  /// Resumes from the state of an optimiser with as many weights and the same settings.
  public func restore(_ state: State) {
    precondition(state.powers.count == 2, "\(state.powers.count) powers where there are 2")
    firstMoments.row.assign(state.firstMoments)
    secondMoments.row.assign(state.secondMoments)
    (power1, power2) = (state.powers[0], state.powers[1])
  }

  /// Begins a step: advances the bias corrections. Call ``update(_:of:gradients:rate:scale:)`` next, for ranges that together
  /// cover all weights.
  public func beginStep() {
    power1 *= settings.beta1
    power2 *= settings.beta2
  }

  /// Moves a range of the weights against their gradients, which are multiplied by `scale` first.
  public func update(
    _ range: Range<Int>, of weights: Buffer, gradients: Buffer, rate: Float, scale: Float = 1
  ) {
    let count = firstMoments.count
    precondition(
      weights.count == count && gradients.count == count && range.lowerBound >= 0
        && range.upperBound <= count,
      "\(range) of \(weights.count) weights and \(gradients.count) gradients, but state for \(count)"
    )
    // SAFETY: the range lies inside all four buffers.
    let start = range.lowerBound
    lk_adamw(
      range.count, scale, rate, settings.weightDecay, settings.beta1, settings.beta2, 1 - power1,
      1 - power2, settings.epsilon, gradients.start + start, firstMoments.start + start,
      secondMoments.start + start, weights.start + start)
  }
}

extension Matrix {
  /// The sum of all elements.
  public var sum: Double { lk_sum(count, start) }

  /// The sum of the squares of all elements.
  public var sumOfSquares: Double { lk_sum_of_squares(count, start) }
}

/// The factor that reduces gradients of a norm to a limit: 1 if they are below it (Pascanu, Mikolov and Bengio, 2013).
public func clippingFactor(norm: Float, limit: Float) -> Float {
  // PyTorch's constant: keeps the quotient finite.
  min(1, limit / (norm + 1e-6))
}
