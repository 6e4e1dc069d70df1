import Foundation
import TestSupport
import Testing

/// Names and values that would colour the screen or break lines stand as escapes in whatever people read, and as they are in data.
@Suite struct TerminalTextTests {
  private static let names = ["a\u{1B}[31mred", "b\nc", "d\u{202E}e", "f\u{9B}1m"]
  private static let shownNames = ["a\\u{1B}[31mred", "b\\nc", "d\\u{202E}e", "f\\u{9B}1m"]
  private static let header = "a\u{1B}[31mred,\"b\nc\",d\u{202E}e,f\u{9B}1m"
  private let folder = TemporaryFolder()
  private let table: String

  init() {
    var random = SplitMix64(seed: 3)
    let rows = (0..<60).map { row in
      let word = ["u\tv", "x\u{1B}[0m", "plain"][Int.random(in: 0...2, using: &random)]
      return
        "\(row * row % 17),\(word),\(["x", "y"][row % 2]),\(Int.random(in: 0...9, using: &random))"
    }
    table = folder.file("evil.csv", ([Self.header] + rows).joined(separator: "\n") + "\n")
  }

  private func expectPrintable(
    _ outcome: Outcome, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for text in [outcome.text, outcome.errors] {
      let controls = text.unicodeScalars.filter {
        $0 != "\n" && ($0.properties.generalCategory == .control || "\u{202A}"..."\u{202E}" ~= $0)
      }
      #expect(controls.isEmpty, "\(text.debugDescription)", sourceLocation: sourceLocation)
    }
  }

  @Test func tablesShowNamesAsEscapes() async throws {
    let schema = try await Likeness.run("schema", table, "-o", folder.file("schema.json"))
    #expect(schema.status == 0, "\(schema.errors)")
    expectPrintable(schema)
    for name in Self.shownNames {
      #expect(schema.lines.count { $0.hasPrefix(name + " ") } == 1, "\(name)")
    }
    let model = folder.file("model")
    let training = try await Likeness.run(
      "train", table, "-o", model, "--epochs", "1", "--constraint",
      "fixed(\"\(Self.names[1])\", \"\(Self.names[2])\")")
    #expect(training.status == 0, "\(training.errors)")
    expectPrintable(training)
    let inspection = try await Likeness.run("inspect", model)
    expectPrintable(inspection)
    for name in Self.shownNames {
      #expect(inspection.lines.count { $0.hasPrefix(name + " ") } == 1, "\(name)")
    }
    #expect(inspection.text.contains("b\\nc"))
    let figures = try await Likeness.run(
      "evaluate", "--train", table, "--synthetic", table, "--target", Self.names[2], "--rule",
      "\(Self.names[0]),\(Self.names[1])", "--statistic",
      "mean('\(Self.names[0])') by '\(Self.names[1])'")
    #expect(figures.status == 0, "\(figures.errors)")
    expectPrintable(figures)
    #expect(figures.lines.contains { $0.hasPrefix("Rule a\\u{1B}[31mred,b\\nc") })
    #expect(figures.text.contains("of d\\u{202E}e"))
  }

  @Test func dataStaysAsItIs() async throws {
    let model = folder.file("model")
    #expect(
      try await Likeness.run("train", table, "-o", model, "--epochs", "1", "--quiet").status == 0)
    let rows = try await Likeness.run("generate", model, "--rows", "5")
    #expect(rows.text.hasPrefix(Self.header + "\n"))
    let summary = try await Likeness.run("inspect", model, "--json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: summary.output) as? [String: Any])
    let columns = try #require(object["columns"] as? [[String: Any]])
    #expect(columns.map { $0["name"] as? String } == Self.names)
  }

  @Test func messagesStayOnOneLine() async throws {
    let missing = folder.file("no\n\u{1B}[1mfile")
    for (arguments, status, message) in [
      (["schema", missing], 1, "/no\\n\\u{1B}[1mfile: there is no such file."),
      (["train", table, "-o", "m", "--exclude", "b\nd"], 1, "'b\\nd'. Do you mean 'b\\nc'?"),
      (
        ["train", table, "-o", "m", "--column", "b\n=x"], 64, "Column 'b\\n': there is no kind 'x'"
      ),
      (["train", table, "-o", "m", "--b\nd"], 64, "Unknown option '--b\\nd'"),
      (["generate", "m", "--rows", "\u{1B}[1m"], 64, "The value '\\u{1B}[1m' is invalid for"),
      (["train", table, "-o", "m", "--derive", "a=\n"], 64, "'a=\\n' is not a formula"),
    ] {
      let outcome = try await Run(Likeness.path, arguments).outcome()
      #expect(outcome.status == Int32(status), "\(outcome.errors)")
      expectPrintable(outcome)
      let first = try #require(outcome.errorLines.first)
      #expect(first.hasPrefix("Error: ") && first.contains(message), "\(outcome.errors)")
      let rest = outcome.errorLines.dropFirst()
      #expect(
        rest.allSatisfy { line in ["Help:  ", "Usage: ", "  See "].contains { line.hasPrefix($0) } }
      )
    }
  }

  /// Reports and charts have no character that HTML or XML forbids.
  @Test func pagesHaveNoControlCharacters() async throws {
    let report = folder.file("report.html")
    let outcome = try await Likeness.run(
      "evaluate", "--train", table, "--synthetic", table, "-o", report, "--quiet", "--rule",
      "\(Self.names[0]),\(Self.names[1])", "--violin", "'\(Self.names[0])' by '\(Self.names[1])'")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let page = try String(contentsOfFile: report, encoding: .utf8)
    #expect(page.contains("[31mred"))
    #expect(
      !page.unicodeScalars.contains {
        $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t"
      })
  }
}
