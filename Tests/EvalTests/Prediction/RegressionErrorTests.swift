import Eval
import Foundation
import TestSupport
import Testing

@Suite struct RegressionErrorTests {
  /// Figures of Tools/reference/prediction.py.
  @Test func sameAsScikitLearn() {
    let actual = (0..<50).map { row in
      let row = Double(row)
      return sin(0.7 * row + 0.013 * row * row) * 100
    }
    let predicted = actual.enumerated().map { $1 * 0.8 + cos(1.3 * Double($0)) * 20 + 3 }
    let error = RegressionError(predicted: predicted, actual: actual)
    expectClose(
      [error.rSquared, error.rmse], [0.9193843303526946, 19.84797073114687], relative: 1e-12)
  }

  @Test func equalNumbersAreExplainedByRightPredictionsOnly() {
    #expect(RegressionError(predicted: [3, 3], actual: [3, 3]).rSquared == 1)
    #expect(RegressionError(predicted: [3, 5], actual: [3, 3]).rSquared == 0)
  }

  @Test func withoutRowsNothingIsExplained() {
    let error = RegressionError(predicted: [], actual: [])
    #expect(error.rSquared == 0 && error.rmse == 0)
  }

  @Test func hugeErrorsAreFinite() {
    let error = RegressionError(predicted: [1e150, -1e150], actual: [0, 1e-150])
    #expect(error.rSquared.isFinite && error.rmse.isFinite)
  }
}
