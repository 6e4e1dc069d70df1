import Eval
import Testing

@Suite struct EvaluationTextTests {
  @Test func tablesStandSideBySide() throws {
    var fixture = try ReportFixture(syntheticCount: 2)
    for (table, value) in [0.96605, 1].enumerated() {
      fixture.evaluation.synthetic[table].accuracy.overall.value = value
      fixture.evaluation.synthetic[table].accuracy.overall.expected = 0.97489
      fixture.evaluation.synthetic[table].accuracy.overall.holdout = 0.974
    }
    let lines = fixture.evaluation.text.split(separator: "\n")
    #expect(lines[0].hasPrefix("200 training and 200 holdout rows of 5 columns, seed "))
    #expect(words(lines[1]) == ["synthetic-1.csv", "synthetic-2.csv", "real", "rows"])
    let accuracy = try #require(lines.first { $0.hasPrefix("Accuracy") })
    #expect(words(accuracy) == ["Accuracy", "96.60", "%", "100.00", "%", "97.40", "%"])
    // Figures end where their headings end.
    #expect(accuracy.count == lines[1].count)
    #expect(lines.count { $0.contains("Nearly as close to the training rows as the holdout") } == 1)
    #expect(lines.count { $0.contains("check for copies") } == 1)
  }

  @Test func withoutAHoldoutTheExpectedAccuracyIsBesideTheOthers() throws {
    let evaluation = try ReportFixture(hasHoldout: false).evaluation
    let lines = evaluation.text.split(separator: "\n")
    #expect(lines[0].hasPrefix("200 training rows of 5 columns"))
    let accuracy = try #require(lines.first { $0.hasPrefix("Accuracy") })
    let expected = try #require(lines.first { $0.hasPrefix("  expected of real rows") })
    #expect(words(accuracy).suffix(2) == words(expected).suffix(2))
    #expect(!evaluation.text.contains("Closer to training"))
    #expect(evaluation.text.contains("? Privacy"))
  }

  @Test func longAndForeignNamesStayAligned() throws {
    var fixture = try ReportFixture()
    fixture.evaluation.synthetic[0].table.name = "データ/" + String(repeating: "合成表", count: 30)
    let lines = fixture.evaluation.text.split(separator: "\n")
    #expect(lines.allSatisfy { displayWidth(String($0)) <= 140 })
    #expect(lines[1].contains("合成表") && lines[1].contains("…"))
    #expect(!fixture.evaluation.text.contains("nan"))
  }

  private func words(_ line: Substring) -> [Substring] { line.split(separator: " ") }
}
