import Foundation
import TestSupport
import Testing

/// `likeness train --constraint`.
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
