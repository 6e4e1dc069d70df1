/// How far predicted numbers are from the true ones: scikit-learn's `r2_score` and `root_mean_squared_error`.
package struct RegressionError: Sendable, Equatable {
  /// 1 - (sum of squared errors) / (sum of squared deviations from the mean).
  ///
  /// Where all true numbers are equal: 1 if every prediction is right, else 0; 0 without rows.
  package let rSquared: Double
  /// The root of the mean squared error; 0 without rows.
  package let rmse: Double

  /// Finite predictions beside the true numbers.
  package init(predicted: [Double], actual: [Double]) {
    precondition(
      predicted.count == actual.count, "\(predicted.count) predictions of \(actual.count) rows")
    let count = Double(max(actual.count, 1))
    let mean = actual.reduce(0) { $0 + $1 / count }
    var (errors, deviations) = (0.0, 0.0)
    for (prediction, number) in zip(predicted, actual) {
      errors += (prediction - number) * (prediction - number)
      deviations += (number - mean) * (number - mean)
    }
    rSquared =
      deviations > 0
      ? max(1 - errors / deviations, -.greatestFiniteMagnitude)
      : errors == 0 && !actual.isEmpty ? 1 : 0
    rmse = (errors / count).squareRoot()
  }
}
