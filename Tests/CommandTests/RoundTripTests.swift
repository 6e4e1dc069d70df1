import Foundation
import TestSupport
import Testing

@Suite struct RoundTripTests {
  @Test func trainsGeneratesAndInspects() async throws {
    let folder = TemporaryFolder()
    let table = folder.file("people.csv", People.csv(rowCount: 300))
    let model = folder.file("people.likeness")
    let trained = try await Likeness.run("train", table, "-o", model, "--epochs", "2")
    #expect(trained.status == 0)
    #expect(trained.output.isEmpty)
    // Of five folds two epochs each, and on all rows as many as were best, in both orders.
    let stages = trained.errorLines.compactMap {
      $0.wholeMatch(of: #/medium model, (table order|random orders), stage (\d+)/12, epoch (\d).*/#)
    }
    #expect((22...24).contains(stages.count), "\(trained.errors)")
    #expect(stages.filter { $0.output.1 == "table order" }.map(\.output.2).last == "6")
    #expect(stages.last?.output.2 == "12" && stages.map(\.output.3).contains("2"))
    let last = try #require(trained.errorLines.last)
    let words =
      #/people.likeness: trained on all 300 rows for [12] epochs? \(held-out loss \d+\.\d\d\) in table order, [12] epochs? \(held-out loss \d+\.\d\d\) in random orders in \d+\.\d s\. (All epochs were run, and more might help|The held-out loss had stopped falling)\./#
    #expect(last.contains(words), "\(last)")
    #expect(folder.contents == ["people.csv", "people.likeness"])

    let drawn = try await Likeness.run("generate", model, "--rows", "50")
    #expect(drawn.status == 0)
    #expect(drawn.errors.isEmpty)
    #expect(drawn.lines.count == 51)
    #expect(drawn.lines.first ?? "" == People.header)

    let file = folder.file("drawn.csv")
    let written = try await Likeness.run("generate", model, "--rows", "50", "-o", file)
    #expect(written.status == 0)
    #expect(written.output.isEmpty && written.errors.isEmpty)
    #expect(FileManager.default.contents(atPath: file) == drawn.output)
    #expect(folder.contents == ["drawn.csv", "people.csv", "people.likeness"])
  }

  @Test func quietPrintsNothing() async throws {
    let folder = TemporaryFolder()
    let table = folder.file("people.csv", People.csv(rowCount: 300))
    let trained = try await Likeness.run(
      "train", table, "-o", folder.file("model"), "--epochs", "1", "--quiet")
    #expect(trained.status == 0)
    #expect(trained.output.isEmpty && trained.errors.isEmpty)
    let drawn = try await Likeness.run(
      "generate", folder.file("model"), "--rows", "5", "--quiet", "-o", folder.file("drawn.csv"))
    #expect(drawn.status == 0)
    #expect(drawn.output.isEmpty && drawn.errors.isEmpty)
  }

  /// A table in another encoding gives the model of the same table in UTF-8; what is drawn is UTF-8.
  @Test func encodingsGiveTheSameModel() async throws {
    let folder = TemporaryFolder()
    let text = People.csv(rowCount: 60).replacing("a", with: "ä")
    let files: [(name: String, option: String, encoding: String.Encoding)] = [
      ("utf8", "utf-8", .utf8), ("latin", "latin-1", .windowsCP1252),
      ("wide", "utf-16be", .utf16BigEndian),
    ]
    var models: [Data?] = []
    for file in files {
      let table = folder.file("\(file.name).csv", "")
      try #require(text.data(using: file.encoding)).write(to: URL(fileURLWithPath: table))
      let trained = try await Likeness.run(
        "train", table, "-o", folder.file(file.name), "--epochs", "1", "--encoding", file.option,
        "--no-report")
      #expect(trained.status == 0, "\(trained.errors)")
      models.append(FileManager.default.contents(atPath: folder.file(file.name)))
    }
    #expect(models[0] != nil && models[1] == models[0] && models[2] == models[0])
    let drawn = try await Likeness.run("generate", folder.file("latin"), "--rows", "5")
    #expect(String(data: drawn.output, encoding: .utf8)?.contains("ä") == true)
  }

  @Test func inspectShowsTheTraining() async throws {
    let trained = try await TrainedModel()
    let text = try await Likeness.run("inspect", trained.model)
    #expect(text.status == 0)
    #expect(text.errors.isEmpty)
    #expect(text.text.hasPrefix("rows          300, 5 times 60 held out\n"))
    #expect(text.text.contains("\ntrained on    all 300 rows for "))
    for name in People.header.split(separator: ",") {
      #expect(text.lines.contains { $0.hasPrefix(name + " ") }, "\(name)")
    }

    let json = try await Likeness.run("inspect", trained.model, "--json")
    #expect(json.status == 0)
    #expect(json.errors.isEmpty)
    let summary = try #require(
      try JSONSerialization.jsonObject(with: json.output) as? [String: Any])
    #expect(summary["rows"] as? Int == 300)
    #expect(summary["epochLimit"] as? Int == 2 && summary["foldCount"] as? Int == 5)
    #expect(summary["heldOutRows"] as? Int == 60)
    #expect(summary["refitEpochs"] as? Int == summary["bestEpoch"] as? Int)
    let (dropout, decay) = (summary["dropout"] as? Double, summary["weightDecay"] as? Double)
    #expect((0..<1).contains(dropout ?? -1) && (0..<10).contains(decay ?? -1))
    #expect(summary["seed"] as? Int == 1)
    let columns = try #require(summary["columns"] as? [[String: Any]])
    #expect(
      columns.map { $0["type"] as? String }
        == ["identifier", "integer", "decimal", "category", "boolean"])
  }

  @Test func standardInputEqualsTheFile() async throws {
    let trained = try await TrainedModel()
    let piped = trained.folder.file("piped")
    let outcome = try await Likeness.shell(
      "cat \"$1\" | \"$0\" train - -o \"$2\" --epochs 2", trained.table, piped)
    #expect(outcome.status == 0)
    let redirected = trained.folder.file("redirected")
    let second = try await Likeness.run(
      "train", "-", "-o", redirected, "--epochs", "2", input: trained.table)
    #expect(second.status == 0)
    let model = FileManager.default.contents(atPath: trained.model)
    #expect(FileManager.default.contents(atPath: piped) == model)
    #expect(FileManager.default.contents(atPath: redirected) == model)
  }

  @Test func severalFilesAreOneTable() async throws {
    let trained = try await TrainedModel()
    let rows = People.rows(300)
    func part(_ name: String, _ rows: ArraySlice<String>) -> String {
      let lines = [People.header] + rows
      return trained.folder.file(name, lines.joined(separator: "\n") + "\n")
    }
    let model = trained.folder.file("parts.likeness")
    let outcome = try await Likeness.run(
      "train", part("a.csv", rows[..<100]), part("b.csv", rows[100...]), "-o", model,
      "--epochs", "2")
    #expect(outcome.status == 0)
    #expect(
      FileManager.default.contents(atPath: model)
        == FileManager.default.contents(atPath: trained.model))
  }

  @Test func compressedOutputHoldsThePlainRows() async throws {
    let trained = try await TrainedModel()
    let plain = try await Likeness.run("generate", trained.model, "--rows", "200")
    let file = trained.folder.file("drawn.csv.gz")
    let written = try await Likeness.run("generate", trained.model, "--rows", "200", "-o", file)
    #expect(written.status == 0)
    let unpacked = try await Likeness.shell("gzip -dc \"$1\"", file)
    #expect(unpacked.status == 0)
    #expect(unpacked.output == plain.output)

    // A compressed table is read like the plain one.
    let again = trained.folder.file("again")
    let zipped = try await Likeness.shell("gzip -k \"$1\"", trained.table)
    #expect(zipped.status == 0)
    _ = try await Likeness.run("train", trained.table + ".gz", "-o", again, "--epochs", "2")
    #expect(
      FileManager.default.contents(atPath: again)
        == FileManager.default.contents(atPath: trained.model))
  }
}
