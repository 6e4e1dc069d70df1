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

/// Puts numbers that are predicted on a scale of mean 0 and variance 1, and back.
struct Standardization: Sendable {
  /// Leaves numbers as they are.
  static let none = Standardization(mean: 0, deviation: 1)

  private let mean: Double
  /// 1 where all numbers are equal.
  private let deviation: Double

  private init(mean: Double, deviation: Double) {
    self.mean = mean
    self.deviation = deviation
  }

  /// By the mean and the standard deviation of `numbers`.
  init(of numbers: [Double]) {
    let count = Double(max(numbers.count, 1))
    let mean = numbers.reduce(0) { $0 + $1 / count }
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) / count }
    self.init(mean: mean, deviation: variance > 0 ? variance.squareRoot() : 1)
  }

  /// The number in deviations from the mean.
  func standardized(_ number: Double) -> Float { Float((number - mean) / deviation) }

  /// The number at a distance from the mean, given in standard deviations.
  func number(_ standardized: Float) -> Double { mean + deviation * Double(standardized) }
}
