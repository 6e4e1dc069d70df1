/// Rows as gradient boosting takes them.
package struct FeatureMatrix: Sendable {
  /// The number of rows.
  package let rowCount: Int
  /// For each feature, whether its numbers are codes of categories.
  package let isCategory: [Bool]
  /// Row-major, (rows, features); NaN is missing.
  package let values: [Float]

  package init(rowCount: Int, isCategory: [Bool], values: [Float]) {
    precondition(
      values.count == rowCount * isCategory.count,
      "\(values.count) values of \(rowCount) rows and \(isCategory.count) features")
    self.rowCount = rowCount
    self.isCategory = isCategory
    self.values = values
  }

  /// The number of features.
  package var featureCount: Int { isCategory.count }

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
