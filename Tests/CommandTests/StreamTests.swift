import Foundation
import TestSupport
import Testing

/// Standard streams that are full, closed, or read by nobody.
@Suite struct StreamTests {
  /// Commands that write to standard output; `$1` is a model and `$2` a table.
  private static let commands = [
    "inspect \"$1\"", "inspect \"$1\" --json", "schema \"$2\"", "generate \"$1\" --rows 9",
    "evaluate --train \"$2\" --synthetic \"$2\" --quiet",
    "evaluate --train \"$2\" --synthetic \"$2\" --quiet --json -", "--help", "train --help",
    "--version", "--generate-completion-script bash",
  ]
  /// Makes descriptor 4 a pipe that nobody reads.
  private static let brokenPipe = "mkfifo \"$3\" && exec 3<>\"$3\" 4>\"$3\" 3<&- && "

  #if os(Linux)
    @Test func fullOutputsAreReported() async throws {
      let trained = try await TrainedModel()
      for command in Self.commands {
        let outcome = try await Likeness.shell(
          "exec \"$0\" \(command) >/dev/full", trained.model, trained.table)
        expectFailure(
          outcome, naming: "standard output: writing failed",
          saying: "No space left on device. Free some space or choose another disk.")
      }
    }
  #endif

  @Test func closedOutputsAreReported() async throws {
    let trained = try await TrainedModel()
    for command in Self.commands {
      let outcome = try await Likeness.shell(
        "exec \"$0\" \(command) >&-", trained.model, trained.table)
      expectFailure(
        outcome, naming: "standard output: writing failed",
        saying: "Bad file descriptor. It is closed: open it or name a file.")
    }
  }

  /// As of `head`, which closes the pipe when it has read enough.
  @Test func aReaderThatEndsEndsTheCommandWithoutAWord() async throws {
    let trained = try await TrainedModel()
    for (index, command) in Self.commands.enumerated() {
      let outcome = try await Likeness.shell(
        Self.brokenPipe + "exec \"$0\" \(command) >&4", trained.model, trained.table,
        trained.folder.file("pipe\(index)"))
      #expect(outcome.status == 141, "\(command)")
      #expect(outcome.errors.isEmpty, "\(outcome.errors)")
    }
  }

  /// Progress that cannot be shown, and a model that must not get the number of a closed stream: the model is as ever.
  @Test(arguments: ["2>/dev/full", "2>&-", "2>&4", "0<&- 1>&- 2>&-"])
  func trainingDoesNotNeedStandardError(_ redirection: String) async throws {
    #if !os(Linux)
      if redirection == "2>/dev/full" { return }
    #endif
    let trained = try await TrainedModel()
    let model = trained.folder.file("other")
    let outcome = try await Likeness.shell(
      Self.brokenPipe + "exec \"$0\" train \"$2\" -o \"$1\" --epochs 2 \(redirection)", model,
      trained.table, trained.folder.file("pipe"))
    #expect(outcome.status == 0)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.isEmpty)
    let bytes = try #require(FileManager.default.contents(atPath: model))
    #expect(bytes == FileManager.default.contents(atPath: trained.model))
  }

  @Test func wrongUsageKeepsItsExitCode() async throws {
    let outcome = try await Likeness.shell("exec \"$0\" generate m 2>&-")
    #expect(outcome.status == 64)
  }

  @Test func aClosedInputIsReported() async throws {
    let outcome = try await Likeness.shell("exec \"$0\" schema - <&-")
    expectFailure(outcome, naming: "standard input", saying: "Bad file descriptor")
  }

  /// The file is written before the table is printed.
  @Test func theSchemaFileIsWrittenWhereNobodyReadsTheTable() async throws {
    let trained = try await TrainedModel()
    let outcome = try await Likeness.shell(
      Self.brokenPipe + "exec \"$0\" schema \"$2\" -o \"$1\" >&4",
      trained.folder.file("schema.json"),
      trained.table, trained.folder.file("pipe"))
    #expect(outcome.status == 141)
    #expect(trained.folder.contents.contains("schema.json"))
  }
}
