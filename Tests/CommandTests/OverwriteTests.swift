import Foundation
import TestSupport
import Testing

/// Outputs that are inputs too, or each other, however they are spelled.
@Suite struct OverwriteTests {
  private let folder = TemporaryFolder()
  private let table: String

  init() throws {
    table = folder.file("people.csv", People.csv(rowCount: 40))
    try FileManager.default.createSymbolicLink(
      atPath: folder.file("symbolic"), withDestinationPath: "people.csv")
    try FileManager.default.linkItem(atPath: table, toPath: folder.file("hard"))
  }

  /// Paths of the table.
  private var spellings: [String] {
    ["people.csv", "./people.csv", "../\(folder.path.split(separator: "/").last!)/people.csv"]
      .map { folder.file($0) } + [folder.file("symbolic"), folder.file("hard")]
  }

  private func expectRefusal(
    _ arguments: [String], of program: String = Likeness.path, saying message: String
  ) async throws {
    let names = folder.contents
    let outcome = try await Run(program, arguments, input: table).outcome()
    #expect(outcome.status == 64, "\(arguments): \(outcome.errors)")
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("Error: \(message)"), "\(outcome.errors)")
    #expect(folder.contents == names)
    #expect(
      FileManager.default.contents(atPath: table) == Data(People.csv(rowCount: 40).utf8))
  }

  @Test func inputsAreNotOverwritten() async throws {
    for path in spellings {
      let message = "--output is \(path), the same file as the input \(table). Name another file."
      try await expectRefusal(["train", table, "-o", path], saying: message)
      try await expectRefusal(["schema", table, "-o", path], saying: message)
      // Whatever the input is.
      try await expectRefusal(["generate", table, "--rows", "1", "-o", path], saying: message)
      try await expectRefusal(
        ["train", folder.file("hard"), "--schema", table, "-o", path],
        saying: "--output is \(path), the same file as the input ")
      for role in ["--train", "--holdout"] {
        try await expectRefusal(
          ["evaluate", "--train", "x", "--synthetic", "y", role, table, "-o", path],
          saying: message)
      }
      try await expectRefusal(
        ["evaluate", "--train", "x", "--synthetic", table, "--json", path],
        saying: message.replacing("--output", with: "--json"))
      for option in ["--checkpoint", "--resume"] {
        try await expectRefusal(
          ["train", table, "-o", folder.file("model"), option, path],
          saying: message.replacing("--output", with: option))
      }
      try await expectRefusal(
        ["train", "-", "-o", path],
        saying: "--output is \(path), the same file as standard input. Name another file.")
    }
  }

  @Test func twoOutputsAreNotOneFile() async throws {
    let (path, same) = (folder.file("new"), folder.file("./new"))
    try await expectRefusal(
      ["train", table, "-o", path, "--checkpoint", same],
      saying: "--checkpoint is \(same), the same file as --output. Name another file.")
    try await expectRefusal(
      ["evaluate", "--train", table, "--synthetic", table, "-o", path, "--json", same],
      saying: "--json is \(same), the same file as --output. Name another file.")
  }

  @Test func studiesDoNotOverwriteTheirInput() async throws {
    for arguments in [[table], ["x.csv", "--holdout", table]] {
      try await expectRefusal(
        ["study"] + arguments + ["-o", folder.file("./")], of: Program.path("bench"),
        saying: "--output is \(folder.file("./")), the folder of the input \(table). Name another")
    }
  }

  @Test func outputsNeedNames() async throws {
    for arguments in [
      ["train", table, "-o", ""], ["schema", table, "-o", ""],
      ["generate", "m", "--rows", "1", "-o", ""],
      ["evaluate", "--train", table, "--synthetic", table, "-o", ""],
    ] {
      try await expectRefusal(arguments, saying: "--output is empty. Name a file.")
    }
    for option in ["--checkpoint", "--resume"] {
      try await expectRefusal(
        ["train", table, "-o", "m", option, ""], saying: "\(option) is empty. Name a file.")
    }
    try await expectRefusal(
      ["evaluate", "--train", table, "--synthetic", table, "--json", ""],
      saying: "--json is empty. Name a file.")
    try await expectRefusal(
      ["study", table, "-o", ""], of: Program.path("bench"),
      saying: "--output is empty. Name a folder.")
  }

  /// What cannot be overwritten, and a checkpoint that is replaced by the next, stand for themselves.
  @Test func otherFilesMayBeTheSame() async throws {
    let figures = try await Likeness.run(
      "evaluate", "--train", table, "--synthetic", table, "-o", "/dev/null", "--json", "/dev/null",
      "--quiet")
    #expect(figures.status == 0, "\(figures.errors)")
    let checkpoint = folder.file("none")
    let training = try await Likeness.run(
      "train", table, "-o", folder.file("model"), "--resume", checkpoint, "--checkpoint",
      folder.file("./none"))
    expectFailure(training, naming: checkpoint, saying: "there is no such file.")
  }
}
