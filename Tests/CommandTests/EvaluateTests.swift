import Foundation
import TestSupport
import Testing

/// The command that judges tables: what it prints, what it writes.
@Suite struct EvaluateTests {
  @Test func figuresAndVerdictsArePrinted() async throws {
    let tables = JudgedTables()
    let outcome = try await Likeness.run(
      "evaluate", "--train", tables.training, "--holdout", tables.holdout,
      "--synthetic", tables.synthetic, "--target", "member", "--rule", "town,member",
      "--statistic", "mean(age) by town", "--quiet")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.isEmpty)
    #expect(outcome.text.hasPrefix("400 training and 200 holdout rows of 4 columns, seed 1\n"))
    for start in [
      "Rows", "Accuracy", "Discriminator AUC", "Utility, AUC of member", "Closer to training",
      "  95 % interval", "Identical rows", "Rule town,member", "Deviation of mean(age) by town",
      "synthetic.csv",
    ] {
      #expect(outcome.lines.contains { $0.hasPrefix(start) }, "\(start)")
    }
    for topic in ["Accuracy", "Similarity", "Utility", "Privacy", "Rules", "Statistics"] {
      #expect(outcome.lines.count { $0.contains(try! Regex("^  [✓≈✕?] \(topic)")) } == 1)
    }
    #expect(outcome.lines.allSatisfy { $0.last != " " })
  }

  /// The training table judged as if it were synthetic is recognized as copies; strangers are not.
  @Test func copiesAreRecognized() async throws {
    let tables = JudgedTables()
    let outcome = try await Likeness.run(
      "evaluate", "--train", tables.training, "--holdout", tables.holdout,
      "--synthetic", tables.training, "--synthetic", tables.synthetic, "--quiet")
    let identical = try #require(outcome.lines.first { $0.hasPrefix("Identical rows") })
    let cells = identical.dropFirst("Identical rows".count).split(separator: "%")
    // Without identifiers some people are alike: as few synthetic ones as real ones, or about.
    let shares = cells.compactMap { Double($0.filter { !$0.isWhitespace }) }
    #expect(shares.count == 3 && shares[0] == 100 && shares[1] < 10 && shares[2] < 10)
    let verdicts = outcome.lines.filter { $0.contains("Privacy") }
    #expect(verdicts.count == 2)
    #expect(verdicts[0].hasPrefix("  ✕ Privacy"))
  }

  @Test func theReportAndTheFiguresAreWritten() async throws {
    let tables = JudgedTables()
    let (html, json) = (tables.folder.file("report.html"), tables.folder.file("metrics.json"))
    let outcome = try await Likeness.run(
      "evaluate", "--train", tables.training, "--holdout", tables.holdout,
      "--synthetic", tables.synthetic, "-o", html, "--json", json, "--violin", "height by member",
      "--no-sample-rows")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errorLines.last?.contains("report.html, \(json): judged in ") == true)
    let page = try String(contentsOfFile: html, encoding: .utf8)
    #expect(page.hasPrefix("<!DOCTYPE html>"))
    #expect(page.contains("height") && page.hasSuffix("</html>\n"))
    let figures = try metrics(try Data(contentsOf: URL(fileURLWithPath: json)))
    #expect(figures["seed"] as? Int == 1)
    #expect((figures["columns"] as? [String])?.count == 4)
    #expect(
      tables.folder.contents
        == ["holdout.csv", "metrics.json", "report.html", "synthetic.csv", "training.csv"])
  }

  @Test func theFiguresAreAPipeAway() async throws {
    let tables = JudgedTables()
    let outcome = try await Likeness.run(
      "evaluate", "--train", tables.training, "--synthetic", tables.synthetic, "--json", "-",
      "--seed", "7", "--quiet")
    #expect(try metrics(outcome.output)["seed"] as? Int == 7)
    let piped = try await Likeness.shell(
      "cat \"$1\" | \"$0\" evaluate --train \"$2\" --synthetic - --json - --seed 7 --quiet",
      tables.synthetic, tables.training)
    #expect(piped.status == 0, "\(piped.errors)")
    #expect(piped.text.replacing("standard input", with: tables.synthetic) == outcome.text)
  }

  @Test func neitherThreadsNorAnotherRunShow() async throws {
    let tables = JudgedTables()
    var outputs: [Data] = []
    for threads in ["1", "2", "3"] {
      let html = tables.folder.file("report.html")
      let outcome = try await Likeness.run(
        "evaluate", "--train", tables.training, "--holdout", tables.holdout,
        "--synthetic", tables.synthetic, "--target", "member=yes", "--json", "-", "-o", html,
        "--threads", threads, "--quiet")
      #expect(outcome.status == 0, "\(outcome.errors)")
      outputs.append(try outcome.output + Data(contentsOf: URL(fileURLWithPath: html)))
    }
    #expect(outputs[1] == outputs[0] && outputs[2] == outputs[0])
  }

  @Test func severalFilesAreOneTable() async throws {
    let tables = JudgedTables()
    let rows = People.rows(400, seed: 1)
    let parts = [rows[..<150], rows[150...]].enumerated().map { index, rows in
      tables.folder.file(
        "part-\(index).csv", ([People.header] + rows).joined(separator: "\n") + "\n")
    }
    let outcome = try await Likeness.run(
      "evaluate", "--train", parts[0], "--train", parts[1], "--synthetic", tables.synthetic,
      "--quiet")
    let whole = try await Likeness.run(
      "evaluate", "--train", tables.training, "--synthetic", tables.synthetic, "--quiet")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.text == whole.text)
  }

  /// Columns in another order, numbers spelled otherwise, another separator, missing values of one's own.
  @Test func tablesMayBeSpelledOtherwise() async throws {
    let folder = TemporaryFolder()
    let rows = (0..<60).map { (number: $0 % 7, text: "abc".map(String.init)[$0 % 3]) }
    let training = folder.file(
      "t.csv", "n;c\n" + rows.map { "\($0.number);\($0.text)\n" }.joined() + "?;?\n")
    let synthetic = folder.file(
      "s.csv", "c;n\n" + rows.map { "\($0.text);\($0.number).0\n" }.joined() + "?;?\n")
    let outcome = try await Likeness.run(
      "evaluate", "--train", training, "--synthetic", synthetic, "--missing", "?", "--separator",
      ";", "--quiet")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let accuracy = try #require(outcome.lines.first { $0.hasPrefix("Accuracy") })
    #expect(accuracy.contains("100.00 %") || accuracy.contains("100 %"), "\(accuracy)")
    #expect(outcome.lines.contains { $0.hasPrefix("Identical rows") && $0.contains("100") })
  }

  /// One row, nothing but missing values, one value, numbers as large as can be: any table beside any other.
  @Test(arguments: [nil, "one", "missing", "constant", "extreme"])
  func unusualTablesAreJudged(_ holdout: String?) async throws {
    let folder = TemporaryFolder()
    let files = [
      "one": "1,x\n", "missing": ",\n,\n", "constant": String(repeating: "1,x\n", count: 4),
      "extreme": "1e308,x\n-1e308,y\n5e-324,\"<script>\"\n",
    ].mapValues { folder.file("\(UInt64.random(in: 0...UInt64.max)).csv", "a,b\n" + $0) }
    for training in files.values {
      let held = holdout.map { ["--holdout", files[$0]!] } ?? []
      let outcome = try await Run(
        Likeness.path,
        ["evaluate", "--train", training, "--rule", "a,b", "-o", folder.file("report.html")] + held
          + files.values.flatMap { ["--synthetic", $0] } + ["--quiet"]
      ).outcome()
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(!outcome.text.contains("nan") && !outcome.text.contains("inf"))
    }
  }

  @Test func fieldsThatAreNotNumbersAreReported() async throws {
    let tables = JudgedTables()
    let rows = People.rows(200, seed: 3).map { $0.replacing(/^(\d+),\d+,/, with: { "\($0.1),x," }) }
    let synthetic = tables.folder.file(
      "words.csv", ([People.header] + rows).joined(separator: "\n") + "\n")
    let outcome = try await Likeness.run(
      "evaluate", "--train", tables.training, "--synthetic", synthetic)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      outcome.errorLines.contains {
        $0.contains("words.csv, column 'age'") && $0.contains("they are not numbers, such as 'x'.")
      }, "\(outcome.errors)")
  }

  private func metrics(_ json: Data) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
  }
}

/// Three tables of people who have nothing to do with each other.
struct JudgedTables {
  let folder = TemporaryFolder()
  let training: String
  let holdout: String
  let synthetic: String

  init() {
    training = folder.file("training.csv", People.csv(rowCount: 400, seed: 1))
    holdout = folder.file("holdout.csv", People.csv(rowCount: 200, seed: 2))
    synthetic = folder.file("synthetic.csv", People.csv(rowCount: 300, seed: 3))
  }
}
