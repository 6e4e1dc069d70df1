/// Rows as gradient boosting takes them.
struct FeatureMatrix: Sendable {
  /// The number of rows.
  let rowCount: Int
  /// For each feature, whether its numbers are codes of categories.
  let isCategory: [Bool]
  /// Row-major, (rows, features); NaN is missing.
  let values: [Float]

  /// The number of features.
  var featureCount: Int { isCategory.count }

  /// The rows of the given numbers, in their order.
  func rows(_ rows: some Collection<Int>) -> FeatureMatrix {
    var chosen: [Float] = []
    chosen.reserveCapacity(rows.count * featureCount)
    for row in rows {
      chosen.append(contentsOf: values[row * featureCount..<(row + 1) * featureCount])
    }
    return FeatureMatrix(rowCount: rows.count, isCategory: isCategory, values: chosen)
  }
}
