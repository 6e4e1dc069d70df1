import Foundation
import TestSupport
import Testing

@Suite struct OptionTests {
  @Test(arguments: ["small", "medium", "large"], ["natural", "mixed", "any"])
  func everySizeAndOrderTrainsAndDraws(size: String, order: String) async throws {
    let folder = TemporaryFolder()
    let table = folder.file("people.csv", People.csv(rowCount: 300))
    let model = folder.file("model")
    let trained = try await Likeness.run(
      "train", table, "-o", model, "--epochs", "1", "--model-size", size, "--order", order)
    #expect(trained.status == 0)
    let summary = try await Likeness.run("inspect", model)
    #expect(summary.text.contains("model         \(size), "))
    #expect(summary.text.contains(", \(order) order\n"))
    let drawn = try await Likeness.run("generate", model, "--rows", "9")
    #expect(drawn.lines.count == 10)
  }

  @Test(arguments: [",", ";", "|", "\t"])
  func separatorsAreFoundOut(_ separator: String) async throws {
    let folder = TemporaryFolder()
    let model = folder.file("model")
    let table = folder.file("table.csv", numbers(separatedBy: separator))
    let trained = try await Likeness.run("train", table, "-o", model, "--epochs", "1")
    #expect(trained.status == 0, "\(trained.errors)")
    let drawn = try await Likeness.run("generate", model, "--rows", "9")
    #expect(drawn.lines.first == "a,b")
  }

  @Test(arguments: [("tab", "\t"), (":", ":")])
  func separatorsAreGiven(name: String, separator: String) async throws {
    let folder = TemporaryFolder()
    let model = folder.file("model")
    let table = folder.file("table.csv", numbers(separatedBy: separator))
    let trained = try await Likeness.run(
      "train", table, "-o", model, "--epochs", "1", "--separator", name)
    #expect(trained.status == 0, "\(trained.errors)")
    let drawn = try await Likeness.run("generate", model, "--rows", "9")
    #expect(drawn.lines.first == "a,b")
  }

  /// A time that is over before the second step.
  @Test func aTimeLimitEndsTraining() async throws {
    let folder = TemporaryFolder()
    let table = folder.file("people.csv", People.csv(rowCount: 300))
    let model = folder.file("model")
    let trained = try await Likeness.run(
      "train", table, "-o", model, "--epochs", "100000", "--max-minutes", "0.000001")
    #expect(trained.status == 0, "\(trained.errors)")
    #expect(
      trained.errors.hasSuffix(" s. The time limit was reached, and more time might help.\n"),
      "\(trained.errors)")
    #expect(
      try await Likeness.run("inspect", model).text.contains(
        "\nended         The time limit was reached, and more time might help.\n"))
    #expect(try await Likeness.run("generate", model, "--rows", "9").lines.count == 10)
  }

  @Test func spellingsOfMissingValuesAreKept() async throws {
    let folder = TemporaryFolder()
    let lines = ["a,b"] + (0..<300).map { "\($0 % 5 == 0 ? "?" : "\($0)"),\($0 % 3)" }
    let table = folder.file("table.csv", lines.joined(separator: "\n") + "\n")
    let model = folder.file("model")
    let trained = try await Likeness.run(
      "train", table, "-o", model, "--epochs", "6", "--missing", "?", "--missing", "unknown")
    #expect(trained.status == 0)
    let drawn = try await Likeness.run("generate", model, "--rows", "2000")
    let missing = drawn.lines.count { $0.hasPrefix("?,") }
    #expect((300..<500).contains(missing))
    let rest = drawn.lines.dropFirst().filter { !$0.hasPrefix("?,") }
    #expect(rest.allSatisfy { Int($0.prefix { $0 != "," }) != nil })
  }

  @Test func aReaderThatGoesAwayEndsTheProgramQuietly() async throws {
    let trained = try await TrainedModel()
    let outcome = try await Likeness.shell(
      "\"$0\" generate \"$1\" --rows 1000000 | head -n 2", trained.model)
    #expect(outcome.status == 0)
    #expect(outcome.lines.count == 2)
    #expect(outcome.errors.isEmpty)
  }

  private func numbers(separatedBy separator: String) -> String {
    let rows = (0..<50).map { "\($0 % 7)\(separator)\($0 % 3)" }
    return (["a\(separator)b"] + rows).joined(separator: "\n") + "\n"
  }
}
