/// How well scores put positive rows before the others.
///
/// The figures are those of scikit-learn's `roc_auc_score` and `roc_curve`.
package struct ROC: Sendable, Equatable {
  /// The chance that a positive row has a higher score than another row, ties counting half: the area under ``curve``.
  ///
  /// 0.5 where all rows are positive, or none is.
  package let auc: Double
  /// False positive rate against true positive rate, from (0, 0) to (1, 1): at most 101 points.
  ///
  /// Where there are more different scores, 101 points at equal distances along both axes stand for them.
  package let curve: [Point]

  /// The most points of ``curve``.
  static let pointLimit = 101

  /// Scores, none of which is NaN, and for each whether its row is positive.
  package init(scores: [Float], isPositive: [Bool]) {
    precondition(
      scores.count == isPositive.count, "\(scores.count) scores of \(isPositive.count) rows")
    let positiveCount = isPositive.count { $0 }
    let otherCount = isPositive.count - positiveCount
    guard positiveCount > 0, otherCount > 0 else {
      auc = 0.5
      curve = [Point(x: 0, y: 0), Point(x: 1, y: 1)]
      return
    }
    var corners = [Point(x: 0, y: 0)]
    // Twice the area in units of pairs of rows, which is exact.
    var area = 0
    var (positives, others) = (0, 0)
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    var start = 0
    while start < order.count {
      let score = scores[order[start]]
      let before = (positives, others)
      var end = start
      while end < order.count, scores[order[end]] == score {
        if isPositive[order[end]] { positives += 1 } else { others += 1 }
        end += 1
      }
      area += (others - before.1) * (positives + before.0)
      corners.append(
        Point(
          x: Double(others) / Double(otherCount), y: Double(positives) / Double(positiveCount)))
      start = end
    }
    auc = Double(area) / 2 / (Double(positiveCount) * Double(otherCount))
    curve = Self.thinned(corners)
  }

  /// Points of the line through `corners` at equal steps of x + y, which grows along the line.
  private static func thinned(_ corners: [Point]) -> [Point] {
    guard corners.count > pointLimit else { return corners }
    var points = [corners[0]]
    var next = 1
    for step in 1..<(pointLimit - 1) {
      let sum = 2 * Double(step) / Double(pointLimit - 1)
      while corners[next].x + corners[next].y < sum { next += 1 }
      let (from, to) = (corners[next - 1], corners[next])
      let length = to.x + to.y - from.x - from.y
      let part = (sum - from.x - from.y) / length
      points.append(
        Point(x: from.x + part * (to.x - from.x), y: from.y + part * (to.y - from.y)))
    }
    return points + [corners[corners.count - 1]]
  }
}

/// The mean over the classes of the AUC of one class against the rest: `roc_auc_score` with `multi_class="ovr"`.
///
/// A class that no row has, or all have, is left out; 0.5 where none is left.
/// - Parameters:
///   - chances: The predicted probabilities, (rows, classes).
///   - classes: The class of each row.
package func macroAUC(chances: [Float], classes: [Int], classCount: Int) -> Double {
  precondition(
    chances.count == classes.count * classCount,
    "\(chances.count) chances of \(classes.count) rows and \(classCount) classes")
  let areas = (0..<classCount).compactMap { one -> Double? in
    let isPositive = classes.map { $0 == one }
    guard isPositive.contains(true), isPositive.contains(false) else { return nil }
    let scores = classes.indices.map { chances[$0 * classCount + one] }
    return ROC(scores: scores, isPositive: isPositive).auc
  }
  return areas.isEmpty ? 0.5 : areas.reduce(0, +) / Double(areas.count)
}

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
