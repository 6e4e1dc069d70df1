import Foundation
import TestSupport
import Testing

/// Tables and questions that do not fit each other.
@Suite struct EvaluateFailureTests {
  @Test func otherColumnsAreNamed() async throws {
    let tables = JudgedTables()
    let renamed = People.csv(rowCount: 100).replacing("height", with: "hight")
    let synthetic = tables.folder.file("renamed.csv", renamed)
    let outcome = try await Likeness.run(
      "evaluate", "--train", tables.training, "--synthetic", synthetic, "--quiet")
    expectFailure(
      outcome, naming: synthetic,
      saying: "lacks the column 'height', which \(tables.training) has. Is 'hight' another name")
  }

  @Test func tablesThatCannotBeReadAreRefused() async throws {
    let tables = JudgedTables()
    let missing = tables.folder.path + "/none.csv"
    let empty = tables.folder.file("empty.csv", People.header + "\n")
    for (path, message) in [
      (missing, "there is no such file."), (empty, "has a header but no rows"),
    ] {
      for role in ["--train", "--holdout", "--synthetic"] {
        let outcome = try await Likeness.run(
          "evaluate", "--train", role == "--train" ? path : tables.training,
          "--holdout", role == "--holdout" ? path : tables.holdout,
          "--synthetic", role == "--synthetic" ? path : tables.synthetic, "--quiet")
        expectFailure(outcome, naming: path, saying: message)
      }
    }
  }

  @Test(arguments: [
    ("--rule", "town,membre", "no column 'membre'. Do you mean 'member'?"),
    ("--statistic", "mean(town) by member", "the column 'town' holds no numbers."),
    ("--statistic", "mean(age) by twon", "no column 'twon'. Do you mean 'town'?"),
    ("--target", "membr", "no column 'membr'. Do you mean 'member'?"),
    ("--target", "member=maybe", "maybe"),
    ("--target", "id", "the column 'id' was left out, because every row has its own identifier"),
    ("--rule", "id,town", "the column 'id' was left out, because every row has its own identifier"),
    ("--violin", "town by member", "the column 'town' holds no numbers."),
    ("--violin", "age by memberr", "Do you mean 'member'?"),
  ])
  func questionsThatDoNotFitAreExplained(
    _ option: String, _ value: String, _ message: String
  ) async throws {
    let tables = JudgedTables()
    let html = tables.folder.file("report.html")
    let outcome = try await Likeness.run(
      "evaluate", "--train", tables.training, "--synthetic", tables.synthetic, "-o", html, option,
      value, "--quiet")
    #expect(outcome.status == 1)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errorLines.count == 1)
    #expect(outcome.errors.contains(message), "\(outcome.errors)")
    #expect(!tables.folder.contents.contains("report.html"))
  }

  @Test func outputsAreCheckedBeforeTheWork() async throws {
    let tables = JudgedTables()
    let path = tables.folder.path + "/none/report"
    for option in ["--output", "--json"] {
      let outcome = try await Likeness.run(
        "evaluate", "--train", tables.training, "--synthetic", tables.synthetic, option, path)
      expectFailure(outcome, naming: path, saying: "Create it first.")
    }
  }
}
