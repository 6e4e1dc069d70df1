import Eval
import Foundation
import Testing

/// The words of the summary, read from the page.
@Suite struct VerdictTests {
  @Test(arguments: [
    (0.975, "As close to the training rows as the holdout is"),
    (0.966, "Nearly as close to the training rows as the holdout is"),
    (0.94, "Less close to the training rows than the holdout is"),
    (0.8, "Far less close to the training rows than the holdout is"),
    (0.99, "Closer to the training rows than an independent sample would be"),
  ])
  func accuracyIsComparedWithTheHoldouts(value: Double, words: String) throws {
    var fixture = try ReportFixture()
    fixture.evaluation.synthetic[0].accuracy.overall.value = value
    fixture.evaluation.synthetic[0].accuracy.overall.expected = 0.975
    fixture.evaluation.synthetic[0].accuracy.overall.holdout = 0.974
    #expect(try fixture.html().contains(words))
  }

  @Test(arguments: [
    (0.497, 0.488, "No closer to training rows than to holdout rows"),
    (0.52, 0.505, "A little closer to training rows than to holdout rows"),
    (0.6, 0.58, "Closer to training rows than to holdout rows"),
  ])
  func privacyIsComparedWithChance(value: Double, lower: Double, words: String) throws {
    var fixture = try ReportFixture()
    fixture.evaluation.synthetic[0].privacy?.closerToTraining?.value = value
    fixture.evaluation.synthetic[0].privacy?.closerToTraining?.lower = lower
    #expect(try fixture.html().contains("</span>\(words)."))
  }

  @Test func copiesAreReportedWithoutAHoldoutToo() throws {
    var fixture = try ReportFixture(hasHoldout: false)
    fixture.evaluation.synthetic[0].privacy?.identicalShare.value = 0.02
    #expect(fixture.evaluation.text.contains("≈ Privacy"))
    fixture.evaluation.synthetic[0].privacy?.identicalShare.value = 0.01
    #expect(fixture.evaluation.text.contains("? Privacy"))
  }

  @Test func copiesAreReported() throws {
    var fixture = try ReportFixture()
    fixture.evaluation.synthetic[0].privacy?.identicalShare.value = 0.5
    fixture.evaluation.synthetic[0].privacy?.identicalShare.holdout = 0.01
    #expect(try fixture.html().contains("More rows are copies of training rows"))
  }

  /// The AUC, half the width of its interval, and the lower end of the holdout's.
  @Test(arguments: [
    (0.51, 0.01, 0.48, "✓", "A classifier cannot distinguish synthetic rows from real ones"),
    (0.51, 0.02, 0.48, "✓", "A classifier can hardly distinguish synthetic rows from real ones"),
    (
      0.5, 0.09, 0.48, "?", "Too few rows to tell whether a classifier distinguishes synthetic rows"
    ),
    (0.575, 0.02, 0.48, "≈", "A classifier sometimes distinguishes synthetic rows from real ones"),
    (0.575, 0.02, 0.52, "✓", "A classifier can hardly distinguish synthetic rows from real ones"),
    (0.615, 0.018, 0.48, "≈", "A classifier often distinguishes synthetic rows from real ones"),
    (0.696, 0.067, 0.48, "≈", "A classifier often distinguishes synthetic rows from real ones"),
    (0.9, 0.01, 0.48, "✕", "A classifier easily distinguishes synthetic rows from real ones"),
  ])
  func similarityIsGoodOnlyIfTheWholeIntervalIs(
    auc: Double, half: Double, holdoutLower: Double, sign: String, words: String
  ) throws {
    var fixture = try ReportFixture()
    let interval = try Self.interval(auc, half)
    fixture.evaluation.synthetic[0].similarity?.discriminator.auc = interval
    fixture.evaluation.synthetic[0].similarity?.discriminator.holdoutAUC = try Self.interval(
      holdoutLower + 0.02, 0.02)
    #expect(fixture.evaluation.text.contains("\(sign) Similarity  \(words)"))
    #expect(try fixture.html().contains(words))
  }

  /// What is lost of an AUC of 0.9, and half the width of its interval.
  @Test(arguments: [
    (0, 0.005, "✓", "A model learns as much as from real rows"),
    (0, 0.02, "✓", "A model learns nearly as much as from real rows"),
    (0, 0.05, "?", "Too few rows to tell whether a model learns as much as from real rows"),
    (0.04, 0.01, "≈", "A model learns less than from real rows"),
    (0.3, 0.05, "✕", "A model learns far less than from real rows"),
  ])
  func utilityIsGoodOnlyIfTheWholeIntervalIs(
    lost: Double, half: Double, sign: String, words: String
  ) throws {
    var fixture = try ReportFixture()
    fixture.evaluation.synthetic[0].utility?.real.auc = 0.9
    fixture.evaluation.synthetic[0].utility?.lost = try Self.interval(lost, half)
    #expect(fixture.evaluation.text.contains("\(sign) Utility "))
    #expect(try fixture.html().contains("\(words)."))
  }

  private static func interval(_ value: Double, _ half: Double) throws -> ConfidenceInterval {
    try JSONDecoder().decode(
      ConfidenceInterval.self,
      from: Data(#"{"value":\#(value),"lower":\#(value - half),"upper":\#(value + half)}"#.utf8))
  }

  @Test func whatRealRowsDoNotPredictIsNoFault() throws {
    var fixture = try ReportFixture()
    fixture.evaluation.synthetic[0].utility?.synthetic.auc = 0.4
    fixture.evaluation.synthetic[0].utility?.real.auc = 0.5
    #expect(try fixture.html().contains("Real rows do not predict income either."))
  }

  @Test func theSummaryCountsGoodVerdicts() throws {
    var fixture = try ReportFixture()
    fixture.evaluation.synthetic[0].accuracy.overall.value = 0.975
    fixture.evaluation.synthetic[0].accuracy.overall.expected = 0.975
    fixture.evaluation.synthetic[0].accuracy.overall.holdout = 0.974
    fixture.evaluation.synthetic[0].similarity?.discriminator.auc = try Self.interval(0.9, 0.01)
    fixture.evaluation.synthetic[0].similarity?.discriminator.holdoutAUC = try Self.interval(
      0.5, 0.01)
    fixture.evaluation.synthetic[0].privacy = nil
    fixture.evaluation.synthetic[0].utility = nil
    fixture.evaluation.synthetic[0].rules = []
    fixture.evaluation.synthetic[0].statistics = []
    #expect(
      try fixture.html().contains(
        "1 of 2 verdicts are good. A classifier easily distinguishes synthetic rows from real ones."
      ))
  }
}
