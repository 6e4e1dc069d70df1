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

  @Test(arguments: [
    (0.51, "cannot distinguish"), (0.55, "can hardly distinguish"), (0.65, "often distinguishes"),
    (0.9, "easily distinguishes"),
  ])
  func theDiscriminatorIsComparedWithTheHoldouts(auc: Double, words: String) throws {
    var fixture = try ReportFixture()
    fixture.evaluation.synthetic[0].similarity?.discriminator.auc.value = auc
    fixture.evaluation.synthetic[0].similarity?.discriminator.auc.holdout = 0.5
    #expect(
      try fixture.html().contains("A classifier \(words) synthetic rows from real ones."))
  }

  @Test(arguments: [
    (0.9, "as much as from"), (0.88, "nearly as much as from"),
    (0.84, "less than from"), (0.6, "far less than from"),
  ])
  func utilityIsComparedWithTheRealModels(auc: Double, words: String) throws {
    var fixture = try ReportFixture()
    fixture.evaluation.synthetic[0].utility?.synthetic.auc = auc
    fixture.evaluation.synthetic[0].utility?.real.auc = 0.9
    #expect(try fixture.html().contains("A model learns \(words) real rows."))
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
    fixture.evaluation.synthetic[0].similarity?.discriminator.auc.value = 0.9
    fixture.evaluation.synthetic[0].similarity?.discriminator.auc.holdout = 0.5
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
