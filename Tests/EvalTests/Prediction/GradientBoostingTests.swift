import Eval
import TestSupport
import Testing

@Suite struct GradientBoostingTests {
  /// A number, a category that the label depends on, and noise.
  private func rows(_ count: Int, seed: UInt64) -> (features: FeatureMatrix, labels: [Float]) {
    var random = SplitMix64(seed: seed)
    let numbers = random.normal(count)
    let codes = random.codes(count, below: 6)
    let noise = random.normal(count)
    let labels = zip(numbers, codes).map { 2 * $0 + ($1 % 2 == 0 ? 1 : -1) }
    let values = (0..<count).flatMap { [numbers[$0], Float(codes[$0]), noise[$0]] }
    let features = FeatureMatrix(
      rowCount: count, isCategory: [false, true, false], values: values)
    return (features, labels)
  }

  @Test func learnsNumbersAndCategories() throws {
    let (features, labels) = rows(2_000, seed: 1)
    let model = try GradientBoosting(
      fitting: features, labels: labels, to: .regression, seed: 1)
    let (others, truth) = rows(500, seed: 2)
    let error = RegressionError(
      predicted: try model.margins(of: others).map(Double.init), actual: truth.map(Double.init))
    #expect(error.rSquared > 0.97)
    let shares = try model.gainShares()
    // Variances of 4 and 1 are to be explained.
    #expect(abs(shares[0] - 0.8) < 0.1 && abs(shares[1] - 0.2) < 0.1 && shares[2] < 0.01)
    #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
  }

  @Test func severalClasses() throws {
    let (features, _) = rows(2_000, seed: 1)
    let codes = (0..<2_000).map { features.values[$0 * 3 + 1] }
    let objective = Objective.multiclass(classCount: 6)
    let model = try GradientBoosting(fitting: features, labels: codes, to: objective, seed: 1)
    let chances = Objective.chances(
      ofMargins: try model.margins(of: features), classCount: 6)
    for row in 0..<2_000 {
      let ofRow = chances[row * 6..<row * 6 + 6]
      #expect(abs(ofRow.reduce(0, +) - 1) < 1e-5 && ofRow[row * 6 + Int(codes[row])] > 0.9)
    }
  }

  @Test func noiseTeachesNothing() throws {
    let (features, _) = rows(1_000, seed: 3)
    var random = SplitMix64(seed: 4)
    let labels = (0..<1_000).map { _ in Bool.random(using: &random) ? Float(1) : 0 }
    let model = try GradientBoosting(fitting: features, labels: labels, to: .binary, seed: 5)
    let auc = ROC(
      scores: try model.margins(of: rows(1_000, seed: 6).features),
      isPositive: labels.map { $0 == 1 }
    ).auc
    #expect(abs(auc - 0.5) < 0.06)
  }

  @Test(arguments: [0, 1, 4, 9])
  func whatCannotBeLearntFromIsPredictedAsZero(_ count: Int) throws {
    let features = rows(count, seed: 1).features
    let nothing = FeatureMatrix(rowCount: count, isCategory: [], values: [])
    for (features, labels) in [
      (features, Array(repeating: Float(1), count: count)),
      (nothing, (0..<count).map { Float($0 % 2) }),
    ] {
      let model = try GradientBoosting(fitting: features, labels: labels, to: .binary, seed: 1)
      #expect(try model.margins(of: features) == Array(repeating: 0, count: count))
      #expect(try model.gainShares() == Array(repeating: 0, count: features.featureCount))
    }
  }

  @Test func errorsOfXGBoostAreReported() throws {
    let features = FeatureMatrix(
      rowCount: 20, isCategory: [false], values: (0..<20).map { $0 == 3 ? .infinity : Float($0) })
    let labels = (0..<20).map { Float($0 % 2) }
    var message = ""
    do {
      _ = try GradientBoosting(fitting: features, labels: labels, to: .binary, seed: 1)
    } catch { message = "\(error)" }
    #expect(message.hasPrefix("XGBoost has failed: "))
    #expect(message.contains("`inf`") && !message.contains("Stack trace"))
    #expect(!message.contains("/"))
  }
}
