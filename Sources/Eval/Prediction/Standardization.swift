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

  /// The number that stands so many deviations from the mean.
  func number(_ standardized: Float) -> Double { mean + deviation * Double(standardized) }
}
