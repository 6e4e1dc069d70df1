import Foundation
import TestSupport
import Testing

/// `likeness train --derive`.
@Suite struct DerivationTests {
  /// Orders of a price, a quantity, their product and a town; the first rows have another total.
  private func table(_ folder: TemporaryFolder, brokenRows: Int = 0) -> String {
    var random = SplitMix64(seed: 3)
    let rows = (0..<400).map { row -> String in
      let cents = Int.random(in: 100..<9_000, using: &random)
      let quantity = Int.random(in: 1..<10, using: &random)
      let total = cents * quantity + (row < brokenRows ? 100 : 0)
      return [cents, total].map { String(format: "%.2f", Double($0) / 100) }.joined(separator: ",")
        + ",\(quantity),t\(row % 7)"
    }
    return folder.file(
      "table.csv", (["price,total,quantity,town"] + rows).joined(separator: "\n") + "\n")
  }

  private func expectProducts(_ model: String) async throws {
    let drawn = try await Likeness.run("generate", model, "--rows", "2000")
    #expect(drawn.lines.count == 2_001)
    for line in drawn.lines.dropFirst() {
      let cells = line.split(separator: ",")
      let cents = Int((100 * Double(cells[0])!).rounded()) * Int(cells[2])!
      #expect(cells[1] == String(format: "%.2f", Double(cents) / 100), "\(line)")
    }
  }

  @Test func drawnRowsObeyAndInspectShowsFormulas() async throws {
    let folder = TemporaryFolder()
    let model = folder.file("model")
    let trained = try await Likeness.run(
      "train", table(folder, brokenRows: 12), "-o", model, "--epochs", "1", "--no-report",
      "--derive", "total = price*quantity")
    #expect(trained.status == 0, "\(trained.errors)")
    #expect(
      trained.errorLines.last
        == "'total = price * quantity' does not hold in 12 of 400 rows; it holds in all new rows.")
    let summary = try await Likeness.run("inspect", model)
    #expect(summary.text.contains("\nderived       total = price * quantity\n"))
    try await expectProducts(model)
  }

  @Test func proposedAndTaken() async throws {
    let folder = TemporaryFolder()
    let (schema, model) = (folder.file("schema.json"), folder.file("model"))
    let shown = try await Likeness.run("schema", table(folder), "-o", schema)
    #expect(
      shown.lines.suffix(2) == ["rules that hold in every row", "total = price * quantity"])
    let json = try String(contentsOfFile: schema, encoding: .utf8)
    #expect(json.contains(#""derived" : "price * quantity""#))
    let trained = try await Likeness.run(
      "train", table(folder), "-o", model, "--schema", schema, "--epochs", "1", "--no-report")
    #expect(trained.status == 0, "\(trained.errors)")
    try await expectProducts(model)
  }

  @Test(arguments: [
    (
      "total = price * quantty",
      "Error: The formula 'total = price * quantty': there is no column 'quantty'. Do you mean "
        + "'quantity'?"
    ),
    (
      "total = town",
      "Error: The formula 'total = town': the column 'town' has no learnt numbers. Name "
        + "columns of numbers, or subtract dates from each other."
    ),
    (
      "total = total * 2",
      "Error: The column 'total' is derived from itself. Name other columns in its formula."
    ),
    (
      "total = price",
      "Error: The formula 'total = price' does not hold in 357 of 400 rows. Give one that holds in "
        + "most, or let the column be learnt."
    ),
  ])
  func whatCannotBeIsExplained(formula: String, message: String) async throws {
    let folder = TemporaryFolder()
    let outcome = try await Run(
      Likeness.path, ["train", table(folder), "-o", folder.file("model"), "--derive", formula]
    ).outcome()
    #expect(outcome.status == 1 && outcome.errors == message + "\n", "\(outcome.errors)")
    #expect(folder.contents == ["table.csv"])
  }
}
