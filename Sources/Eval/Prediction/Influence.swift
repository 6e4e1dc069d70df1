/// What each row adds to the deviation of a figure from its expectation.
///
/// Two models that are judged on the same rows are compared by the differences of their rows' influences, whose spread is that of
/// the difference of the two figures. For the AUC this is DeLong's variance (DeLong, DeLong and Clarke-Pearson, "Comparing the
/// areas under two or more correlated receiver operating characteristic curves", 1988), but for a factor of 1 - 1/rows.
package enum Influence {
  /// The influences on ``ROC/auc``; zeros where all rows are positive, or none is.
  package static func onAUC(scores: [Float], isPositive: [Bool]) -> [Double] {
    precondition(
      scores.count == isPositive.count, "\(scores.count) scores of \(isPositive.count) rows")
    var influences = Array(repeating: 0.0, count: scores.count)
    let positiveCount = isPositive.count { $0 }
    let otherCount = scores.count - positiveCount
    guard positiveCount > 0, otherCount > 0 else { return influences }
    let order = scores.indices.sorted { scores[$0] < scores[$1] }
    let auc = ROC(scores: scores, isPositive: isPositive).auc
    let weights = (
      positive: Double(scores.count) / Double(positiveCount),
      other: Double(scores.count) / Double(otherCount)
    )
    var below = (positives: 0, others: 0)
    var start = 0
    while start < order.count {
      let tied = order[start...].prefix { scores[$0] == scores[order[start]] }
      let positives = tied.count { isPositive[$0] }
      let others = tied.count - positives
      // The shares of rows of the other kind that each row is on the right side of, ties half.
      let ofPositive = (Double(below.others) + Double(others) / 2) / Double(otherCount)
      let ofOther = 1 - (Double(below.positives) + Double(positives) / 2) / Double(positiveCount)
      for row in tied {
        influences[row] =
          isPositive[row] ? weights.positive * (ofPositive - auc) : weights.other * (ofOther - auc)
      }
      below = (below.positives + positives, below.others + others)
      start = tied.endIndex
    }
    return influences
  }

  /// The influences on ``macroAUC(chances:classes:classCount:)``.
  package static func onMacroAUC(chances: [Float], classes: [Int], classCount: Int) -> [Double] {
    let occurring = Set(classes)
    let judged = occurring.count > 1 ? occurring.sorted() : []
    return judged.reduce(into: Array(repeating: 0.0, count: classes.count)) { sums, one in
      let influences = onAUC(
        scores: classes.indices.map { chances[$0 * classCount + one] },
        isPositive: classes.map { $0 == one })
      for row in sums.indices { sums[row] += influences[row] / Double(judged.count) }
    }
  }

  /// The influences on ``RegressionError/rSquared``; zeros where all true numbers are equal.
  package static func onRSquared(predicted: [Double], actual: [Double]) -> [Double] {
    let count = Double(max(actual.count, 1))
    let mean = actual.reduce(0) { $0 + $1 / count }
    let variance = actual.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / count }
    guard variance > 0 else { return Array(repeating: 0, count: actual.count) }
    let errors = zip(predicted, actual).map { ($0 - $1) * ($0 - $1) }
    let meanError = errors.reduce(0) { $0 + $1 / count }
    return zip(errors, actual).map { error, number in
      (meanError / variance * (number - mean) * (number - mean) - error) / variance
    }
  }
}
