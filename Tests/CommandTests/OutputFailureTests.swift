import Foundation
import TestSupport
import Testing

@Suite struct OutputFailureTests {
  @Test func outputsInNoFolderAreRefusedBeforeTheWork() async throws {
    let trained = try await TrainedModel()
    let path = trained.folder.file("none") + "/out"
    for arguments in [
      ["train", trained.table, "-o", path], ["generate", trained.model, "--rows", "9", "-o", path],
    ] {
      let outcome = try await Run(Likeness.path, arguments).outcome()
      expectFailure(outcome, naming: path, saying: "Create it first.")
    }
    #expect(trained.folder.contents == ["people.csv", "people.likeness"])
  }

  @Test func foldersAsOutputsAreRefusedBeforeTheWork() async throws {
    let trained = try await TrainedModel()
    let path = trained.folder.path
    for arguments in [
      ["train", trained.table, "-o", path], ["generate", trained.model, "--rows", "9", "-o", path],
    ] {
      let outcome = try await Run(Likeness.path, arguments).outcome()
      expectFailure(outcome, naming: path, saying: "is a folder. Give the name of a file to write.")
    }
    #expect(trained.folder.contents == ["people.csv", "people.likeness"])
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func fullDisksAreReported() async throws {
    let trained = try await TrainedModel()
    let outcome = try await Likeness.run(
      "generate", trained.model, "--rows", "9", "-o", "/dev/full")
    expectFailure(outcome, naming: "/dev/full", saying: "writing failed: No space left on device.")
    let standard = try await Likeness.shell(
      "\"$0\" generate \"$1\" --rows 9 >/dev/full", trained.model)
    #expect(standard.status == 1)
    #expect(standard.errors.contains("No space left on device."))
    #expect(standard.errorLines.count == 1)
  }

  /// What a killed process has left is removed by the next one that writes to the same name, whichever command it is.
  @Test func leftoversAreRemoved() async throws {
    let trained = try await TrainedModel()
    let path = trained.folder.file("out")
    for arguments in [
      ["generate", trained.model, "--rows", "9"], ["train", trained.table, "--epochs", "1"],
      ["schema", trained.table],
      ["evaluate", "--train", trained.table, "--synthetic", trained.table],
    ] {
      _ = trained.folder.file(".out.123.partial", "half")
      let outcome = try await Run(Likeness.path, arguments + ["-o", path]).outcome()
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(trained.folder.contents == ["out", "people.csv", "people.likeness"])
    }
  }

  @Test func failedTrainingLeavesTheOldModel() async throws {
    let trained = try await TrainedModel()
    let before = FileManager.default.contents(atPath: trained.model)
    let bad = trained.folder.file("bad.csv", "a,b\n1\n")
    let outcome = try await Likeness.run("train", bad, "-o", trained.model)
    #expect(outcome.status == 1)
    #expect(FileManager.default.contents(atPath: trained.model) == before)
    #expect(trained.folder.contents == ["bad.csv", "people.csv", "people.likeness"])
  }
}
