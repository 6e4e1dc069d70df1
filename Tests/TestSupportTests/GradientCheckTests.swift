import TestSupport
import Testing

@Suite struct GradientCheckTests {
  /// x0² y + sum of y, with the gradient (2 x0 y0, 0), (x0² + 1, 1).
  private func polynomial(_ inputs: [[Double]]) -> Double {
    inputs[0][0] * inputs[0][0] * inputs[1][0] + inputs[1].reduce(0, +)
  }

  private let inputs: [[Float]] = [[3, 5], [-2, 7]]

  @Test func differencesOfAPolynomial() {
    let differences = centralDifferences(at: [[3, 5], [-2, 7]], of: polynomial)
    expectClose(differences[0], [-12.0, 0], absolute: 1e-8)
    expectClose(differences[1], [10.0, 1], absolute: 1e-8)
  }

  @Test func acceptsTheGradient() {
    expectGradients(
      [[-12, 0], [10, 1]], at: inputs, absolute: 1e-6, relative: 0, of: polynomial)
  }

  @Test func rejectsAWrongElement() {
    withKnownIssue {
      expectGradients(
        [[-12, 0], [10, 1.001]], at: inputs, absolute: 1e-6, relative: 0, of: polynomial)
    } matching: { issue in
      issue.comments.contains { $0.rawValue.contains("gradient of input 1: worst at 1 of 2") }
    }
  }

  @Test func rejectsAMissingInput() {
    withKnownIssue {
      expectGradients([[-12, 0]], at: inputs, absolute: 1e-6, relative: 0, of: polynomial)
    }
  }
}
