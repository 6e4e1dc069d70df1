import NN
import TestSupport
import Testing

@Suite struct AdamWTests {
  private let count = 19

  private func gradient(step: Int) -> [Float] {
    closedForm(Double(2 + step), count, scale: step % 3 == 0 ? 0.5 : 0.2)
  }

  /// Twenty steps as in Tools/reference/golden.py; the weights after each, and norms and factors on the way.
  private func twentySteps(
    settings: AdamW.Settings, rate: Float, limit: Float, ranges: [Range<Int>]
  ) -> (weights: [Float], norms: [Float], factors: [Float]) {
    let optimizer = AdamW(count: count, settings: settings)
    let (weights, gradients) = (Buffer(count: count), Buffer(count: count))
    weights.row.assign(closedForm(1, count))
    var result: (weights: [Float], norms: [Float], factors: [Float]) = ([], [], [])
    for step in 0..<20 {
      gradients.row.assign(gradient(step: step))
      let norm = Float(gradients.row.sumOfSquares.squareRoot())
      let factor = clippingFactor(norm: norm, limit: limit)
      optimizer.beginStep()
      for range in ranges {
        optimizer.update(range, of: weights, gradients: gradients, rate: rate, scale: factor)
      }
      result.weights += weights.row.elements
      result.norms.append(norm)
      result.factors.append(factor)
    }
    return result
  }

  private let settings = AdamW.Settings(
    beta1: 0.8, beta2: 0.95, epsilon: 1e-6, weightDecay: 0.3)

  @Test func sameAsPyTorchWithDecayAndClipping() {
    let result = twentySteps(settings: settings, rate: 0.02, limit: 1, ranges: [0..<count])
    expectClose(result.weights, GoldenAdamW.weights, absolute: 1e-6, relative: 1e-6)
    expectClose(result.norms, GoldenAdamW.norms, relative: 2e-7)
    expectClose(result.factors, GoldenAdamW.factors, relative: 3e-7)
    // Both sides of the limit were met.
    #expect(result.factors.contains(1) && result.factors.contains { $0 < 0.9 })
  }

  @Test func sameAsPyTorchWithDefaultSettings() {
    let result = twentySteps(
      settings: AdamW.Settings(), rate: 0.05, limit: 1e9, ranges: [0..<count])
    expectClose(result.weights, GoldenDefaultAdamW.weights, absolute: 2e-6, relative: 1e-6)
    #expect(result.factors.allSatisfy { $0 == 1 })
  }

  /// After any step another optimiser takes over.
  @Test func goesOnFromAState() {
    func weights(handingOverAt handover: Int?) -> [Float] {
      var optimizer = AdamW(count: count, settings: settings)
      let (weights, gradients) = (Buffer(count: count), Buffer(count: count))
      weights.row.assign(closedForm(1, count))
      for step in 0..<6 {
        if step == handover {
          let state = optimizer.state
          optimizer = AdamW(count: count, settings: settings)
          optimizer.restore(state)
          #expect(optimizer.state == state)
        }
        gradients.row.assign(gradient(step: step))
        optimizer.beginStep()
        optimizer.update(0..<count, of: weights, gradients: gradients, rate: 0.02)
      }
      return weights.row.elements
    }
    let whole = weights(handingOverAt: nil)
    for step in 0..<6 { #expect(weights(handingOverAt: step) == whole, "before step \(step)") }
  }

  @Test func rangesTogetherAreTheWhole() {
    let whole = twentySteps(settings: settings, rate: 0.02, limit: 1, ranges: [0..<count])
    let parts = twentySteps(settings: settings, rate: 0.02, limit: 1, ranges: [16..<19, 0..<16])
    #expect(whole.weights == parts.weights)
  }

  @Test func aRangeLeavesTheRestAlone() {
    let optimizer = AdamW(count: 5)
    let (weights, gradients) = (Buffer(count: 5), Buffer(count: 5))
    weights.row.fill(1)
    gradients.row.fill(1)
    optimizer.beginStep()
    optimizer.update(1..<3, of: weights, gradients: gradients, rate: 0.1)
    let moved = weights.row.elements
    #expect([moved[0], moved[3], moved[4]] == [1, 1, 1])
    // A first step is the rate, whatever the gradient, and the decay's share: 0.1 (1 + 0.01).
    expectClose(Array(moved[1..<3]), [0.899, 0.899], absolute: 1e-6)
  }

  @Test func clippingLeavesShortGradientsAlone() {
    #expect(clippingFactor(norm: 0, limit: 1) == 1)
    #expect(clippingFactor(norm: 0.5, limit: 1) == 1)
    expectClose([clippingFactor(norm: 4, limit: 1)], [0.25], relative: 1e-6)
    #expect(clippingFactor(norm: .infinity, limit: 1) == 0)
  }
}
