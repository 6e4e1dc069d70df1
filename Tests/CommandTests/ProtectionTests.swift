import Foundation
import TestSupport
import Testing

@Suite struct ProtectionTests {
  /// A table in which one person has a town of their own in thirty rows.
  private func visits(_ folder: TemporaryFolder) -> String {
    let rows = (0..<330).map { row in
      row < 300
        ? "p\(row % 60),\(["Ulm", "Bonn"][row % 2]),\(row % 7)" : "p60,Einsiedelei,\(row % 7)"
    }
    return folder.file("visits.csv", (["person,town,x"] + rows).joined(separator: "\n") + "\n")
  }

  @Test func aKeyCountsPeople() async throws {
    let folder = TemporaryFolder()
    let (table, model) = (visits(folder), folder.file("model"))
    for (key, isKept) in [([], true), (["--key", "person"], false)] {
      let arguments = ["train", table, "-o", model, "--epochs", "1", "--quiet"] + key
      let trained = try await Run(Likeness.path, arguments).outcome()
      #expect(trained.status == 0 && trained.errors.isEmpty, "\(trained.errors)")
      let file = try Data(contentsOf: URL(fileURLWithPath: model))
      #expect((file.range(of: Data("Einsiedelei".utf8)) != nil) == isKept)
      let summary = try await Likeness.run("inspect", model)
      let whose = isKept ? "rows" : "different 'person'"
      #expect(
        summary.text.contains(
          "\nprotection    a value is kept if at least t \(whose) share it, a pair of values 5, a combination in a rule 7\n"
        ))
      let drawn = try await Likeness.run("generate", model, "--rows", "2000")
      #expect(drawn.text.contains("Einsiedelei") == isKept)
    }
  }

  @Test func anUnknownKeyIsRefused() async throws {
    let folder = TemporaryFolder()
    let (table, model) = (visits(folder), folder.file("model"))
    let outcome = try await Likeness.run("train", table, "-o", model, "--key", "persn")
    #expect(outcome.status == 1)
    #expect(
      outcome.errors
        == "Error: \(table) has no column 'persn' to be the key. Do you mean 'person'?\n")
    #expect(folder.contents == ["visits.csv"])
  }

  @Test func withoutProtectionThereIsAWarning() async throws {
    let folder = TemporaryFolder()
    let table = folder.file("people.csv", People.csv(rowCount: 300))
    let model = folder.file("model")
    let trained = try await Likeness.run(
      "train", table, "-o", model, "--epochs", "1", "--quiet", "--no-value-protection")
    #expect(trained.status == 0)
    #expect(trained.errors.hasPrefix("Warning: values are not protected."))
    #expect(trained.errorLines.count == 1)
    let file = try Data(contentsOf: URL(fileURLWithPath: model))
    #expect(file.range(of: Data(People.rareTown.utf8)) != nil)
    #expect(try await Likeness.run("inspect", model).text.contains("\nprotection    none: "))
  }

  @Test func rareTokens() async throws {
    let folder = TemporaryFolder()
    let table = folder.file("people.csv", People.csv(rowCount: 300))
    let model = folder.file("model")
    let trained = try await Likeness.run(
      "train", table, "-o", model, "--epochs", "1", "--quiet", "--rare-token")
    #expect(trained.status == 0 && trained.errors.isEmpty)
    let drawn = try await Likeness.run("generate", model, "--rows", "5000")
    #expect(drawn.text.contains("_RARE_") && !drawn.text.contains(People.rareTown))
  }

  /// What was given when training began need not be given again, and must not be another.
  @Test func checkpointsKeepProtection() async throws {
    let folder = TemporaryFolder()
    let (table, model, checkpoint) = (visits(folder), folder.file("m"), folder.file("c"))
    // Killed at the first of a hundred lines; there is a checkpoint since before it.
    let killed = try await Run(
      Likeness.path,
      [
        "train", table, "-o", model, "--key", "person", "--epochs", "20", "--checkpoint",
        checkpoint,
      ]
    ).outcome(at: "epoch 1 ") { $0.kill(SIGKILL) }
    #expect(killed.status == SIGKILL)
    let other = try await Likeness.run(
      "train", table, "-o", model, "--resume", checkpoint, "--key", "town")
    #expect(other.status == 1)
    #expect(other.errors.contains("training began with another schema, key or protection"))
    let same = try await Likeness.run(
      "train", table, "-o", model, "--resume", checkpoint, "--no-report")
    #expect(same.status == 0, "\(same.errors)")
    #expect(try await Likeness.run("inspect", model).text.contains("different 'person'"))
  }
}
