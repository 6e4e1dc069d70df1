import Foundation
import TestSupport
import Testing

/// `likeness train --constraint`, and rules that it finds by itself.
@Suite struct ConstraintTests {
  /// Rows of a city, its state, a beginning, an end that is never before it, and two marks of which one is set.
  private func table(_ folder: TemporaryFolder) -> String {
    var random = SplitMix64(seed: 3)
    let rows = (0..<400).map { _ -> String in
      let city = Int.random(in: 0..<9, using: &random)
      let start = Int.random(in: 0..<50, using: &random)
      let end = start + Int.random(in: 0..<20, using: &random)
      let isOpen = Int.random(in: 0..<2, using: &random)
      return "c\(city),s\(city / 3),\(start),\(end),\(isOpen),\(1 - isOpen)"
    }
    return folder.file(
      "table.csv", (["city,state,start,end,open,shut"] + rows).joined(separator: "\n") + "\n")
  }

  @Test func drawnRowsObeyAndInspectListsRules() async throws {
    let folder = TemporaryFolder()
    let model = folder.file("model")
    let rules = ["fixed(city, state)", "onehot(open, shut)", "stay: start <= end", "end in 5...60"]
    let trained = try await Likeness.run(
      "train", table(folder), "-o", model, "--epochs", "1", "--quiet", "--constraint", rules[0],
      "--constraint", rules[1], "--constraint", rules[2], "--constraint", rules[3])
    #expect(trained.status == 0, "\(trained.errors)")
    let summary = try await Likeness.run("inspect", model)
    #expect(summary.text.contains("\nrules         \(rules.joined(separator: "; "))\n"))
    let drawn = try await Likeness.run("generate", model, "--rows", "3000")
    #expect(drawn.lines.count == 3_001)
    for line in drawn.lines.dropFirst() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      let (city, state) = (Int(cells[0].dropFirst())!, Int(cells[1].dropFirst())!)
      #expect(state == city / 3, "\(line)")
      #expect(Int(cells[2])! <= Int(cells[3])! && (5...60).contains(Int(cells[3])!), "\(line)")
      #expect(Int(cells[4])! + Int(cells[5])! == 1, "\(line)")
    }
  }

  private func train(_ folder: TemporaryFolder, _ options: String...) async throws -> Outcome {
    let arguments = ["train", table(folder), "-o", folder.file("model"), "--epochs", "1"]
    return try await Run(Likeness.path, arguments + ["--no-report"] + options).outcome()
  }

  /// The rows of the table whose number in a column is not in a range, counted from 1.
  private func rows(
    of folder: TemporaryFolder, column: Int, outside range: ClosedRange<Int>
  ) throws -> [Int] {
    let lines = try String(contentsOfFile: folder.file("table.csv"), encoding: .utf8)
      .split(separator: "\n").dropFirst()
    return zip(1..., lines).filter { !range.contains(Int($1.split(separator: ",")[column])!) }
      .map(\.0)
  }

  @Test func foundRulesAreNamedAndKept() async throws {
    let folder = TemporaryFolder()
    let trained = try await train(folder)
    #expect(trained.status == 0, "\(trained.errors)")
    let rules = "onehot(open, shut); fixed(city, state)"
    #expect(
      trained.errorLines.last.map(String.init)
        == "Found in every row and kept in all new rows (--no-found-rules leaves them out): "
        + rules)
    let model = folder.file("model")
    let summary = try await Likeness.run("inspect", model)
    #expect(summary.text.contains("\nfound rules   \(rules)\n"))
    #expect(!summary.text.contains("\nrules "))
    let drawn = try await Likeness.run("generate", model, "--rows", "2000")
    #expect(drawn.lines.count == 2_001)
    for line in drawn.lines.dropFirst() {
      let cells = line.split(separator: ",")
      #expect(Int(cells[1].dropFirst()) == Int(cells[0].dropFirst())! / 3, "\(line)")
      #expect(Int(cells[4])! + Int(cells[5])! == 1, "\(line)")
    }
  }

  @Test func foundRulesAreLeftOutOnRequest() async throws {
    let folder = TemporaryFolder()
    let trained = try await train(folder, "--no-found-rules")
    #expect(trained.status == 0, "\(trained.errors)")
    #expect(!trained.errors.contains("Found in every row") && !trained.errors.contains("onehot"))
    let summary = try await Likeness.run("inspect", folder.file("model"))
    #expect(summary.status == 0 && !summary.text.contains("found rules"))
  }

  /// Of the rule that some rows break, the share of these rows and the first of them are shown.
  @Test func brokenRulesAreReported() async throws {
    let folder = TemporaryFolder()
    let trained = try await train(folder, "--constraint", "end in 5...60")
    #expect(trained.status == 0, "\(trained.errors)")
    let broken = try rows(of: folder, column: 3, outside: 5...60)
    let share = String(format: "%.3g", Double(broken.count) / 4)
    #expect(broken.count > 1 && broken.count <= 20)
    #expect(
      trained.errorLines.last.map(String.init)
        == "The rule 'end in 5...60' is broken by \(broken.count) of 400 rows (\(share) %), first by "
        + "row \(broken[0]); it holds in all new rows.")
  }

  @Test func oftenBrokenRulesAreRefusedUnlessForced() async throws {
    let folder = TemporaryFolder()
    let refused = try await train(folder, "--constraint", "start in 20...60")
    let broken = try rows(of: folder, column: 2, outside: 20...60)
    let share = String(format: "%.3g", Double(broken.count) / 4)
    let sentence =
      "The rule 'start in 20...60' is broken by \(broken.count) of 400 rows (\(share) %), first by row "
      + "\(broken[0])"
    #expect(broken.count > 100)
    #expect(
      refused.errorLines.last.map(String.init)
        == "Error: \(sentence). Correct the rule or the rows, or use --force-constraint to draw rows "
        + "that obey it all the same.")
    #expect(refused.status == 1 && folder.contents == ["table.csv"])
    let forced = try await train(folder, "--constraint", "start in 20...60", "--force-constraint")
    #expect(forced.status == 0, "\(forced.errors)")
    #expect(forced.errorLines.last.map(String.init) == "\(sentence); it holds in all new rows.")
    let drawn = try await Likeness.run("generate", folder.file("model"), "--rows", "1000")
    let starts = drawn.lines.dropFirst().map { Int($0.split(separator: ",")[2])! }
    #expect(starts.count == 1_000 && starts.allSatisfy((20...60).contains))
  }

  @Test(arguments: [
    (
      ["fixed(town, state)"],
      "The rule 'fixed(town, state)': there is no column 'town'. Look at the header of the table."
    ),
    (
      ["start <= End"],
      "The rule 'start <= End': there is no column 'End'. Do you mean 'end'?"
    ),
    (
      ["city <= state"],
      "The rule 'city <= state': the column 'city' holds neither numbers nor dates. Compare columns "
        + "that do."
    ),
    (
      ["start in 0...ten"],
      "'start in 0...ten' is not a rule: the error is at character 14."
    ),
    (
      ["start < end", "b: end < start"],
      "No row can obey the rules 'start < end' and 'b'. Drop or change one."
    ),
    (
      ["onehot(city, open)"],
      "The rule 'onehot(city, open)': the column 'city' holds more than 0 and 1, or true and false. "
        + "Name columns of two values."
    ),
  ])
  func rulesThatCannotBeKeptAreExplained(rules: [String], message: String) async throws {
    let folder = TemporaryFolder()
    let arguments =
      ["train", table(folder), "-o", folder.file("model")]
      + rules.flatMap { ["--constraint", $0] }
    let outcome = try await Run(Likeness.path, arguments).outcome()
    #expect(outcome.status != 0)
    #expect(outcome.errorLines.contains { $0.contains(message) }, "\(outcome.errors)")
    #expect(folder.contents == ["table.csv"])
  }
}
