import Eval
import Tables
import Testing

@Suite struct TargetTests {
  @Test(arguments: [
    ("income", Target("income")), ("income='>50K'", Target("income", value: ">50K")),
    ("'a=b' = c", Target("a=b", value: "c")), ("a==b", Target("a", value: "=b")),
    ("a=", Target("a", value: "")),
  ])
  func isRead(_ text: String, _ target: Target) throws {
    #expect(try Target(parsing: text) == target)
  }

  @Test(arguments: ["", "=x", " "])
  func needsAColumn(_ text: String) {
    #expect(message { try Target(parsing: text) }.hasPrefix("'\(text)' is no target."))
  }

  @Test func definitionsThatDoNotFitAreReportedByName() throws {
    let column = Column("letter", ["a", "b", "b"] as [String])
    let table = try Table(columns: [
      column, Column("same", ["x", "x", "x"] as [String]), Column("number", [1, 2, 3]),
    ])
    let tables = try ComparedTables(training: table, holdout: nil, synthetic: [table])
    func refusal(_ text: String) -> String {
      message {
        try UtilityTest(training: .training, on: Target(parsing: text), in: tables, seed: 1)
      }
    }
    #expect(refusal("leter") == "The target: there is no column 'leter'. Do you mean 'letter'?")
    #expect(refusal("letter=B").contains("no real row has 'B' in column 'letter'"))
    #expect(refusal("number=7").contains("no real row has '7' in column 'number'"))
    #expect(
      refusal("same") == "The target 'same' has fewer than two values in the training table."
        + " Choose a column that varies.")
    #expect(refusal("number=2") == "")
  }

  @Test func manyClassesAreRefused() throws {
    let table = try Table(columns: [Column("id", (0..<51).map { "id \($0)" })])
    let tables = try ComparedTables(training: table, holdout: nil, synthetic: [table])
    let refusal = message {
      try UtilityTest(training: .training, on: Target("id"), in: tables, seed: 1)
    }
    #expect(
      refusal == "The target 'id' has 51 classes, and at most 50 are predicted."
        + " Name the value to predict against all others.")
  }

  private func message(_ body: () throws -> some Any) -> String {
    do { _ = try body() } catch { return "\(error)" }
    return ""
  }
}
