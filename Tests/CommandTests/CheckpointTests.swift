import Foundation
import Synth
import Tables
import TestSupport
import Testing

@Suite struct CheckpointTests {
  private let folder = TemporaryFolder()
  private var checkpoint: String { folder.file("people.checkpoint") }
  private let table: String
  /// Ten epochs of five folds and ten of all rows, each with a line on standard error: enough to be killed in the middle of.
  private let options = ["--epochs", "10", "--batch-size", "32", "--model-size", "small"]

  init() {
    table = folder.file("people.csv", People.csv(rowCount: 300))
  }

  private func train(_ model: String, _ arguments: String...) async throws -> Outcome {
    try await Run(Likeness.path, ["train", table, "-o", folder.file(model)] + arguments).outcome()
  }

  private func bytes(_ name: String) -> Data? {
    FileManager.default.contents(atPath: folder.file(name))
  }

  /// Starts a run and sends it a signal when it has printed a text, with a checkpoint before every step.
  private func stop(_ arguments: [String], by number: Int32, at text: String) async throws
    -> Outcome
  {
    try await Run(
      Likeness.path,
      ["train", table, "-o", folder.file("model"), "--checkpoint-minutes", "0"] + arguments
    ).outcome(at: text) { $0.kill(number) }
  }

  /// Killed again and again, each time after some more steps, with another number of threads: the same bytes in the end.
  @Test func aKilledRunGoesOnToTheSameBytes() async throws {
    let whole = try await Run(
      Likeness.path, ["train", table, "-o", folder.file("model"), "--quiet"] + options
    ).outcome()
    #expect(whole.status == 0, "\(whole.errors)")
    let model = try #require(bytes("model"))
    try FileManager.default.removeItem(atPath: folder.file("model"))

    let first = try await stop(
      options + ["--checkpoint", checkpoint, "--threads", "1"], by: SIGKILL, at: "epoch 7 ")
    #expect(first.status == SIGKILL)
    for threads in ["2", "3"] {
      let next = try await stop(
        ["--resume", checkpoint, "--threads", threads], by: SIGKILL, at: "epoch ")
      #expect(next.status == SIGKILL)
      #expect(
        folder.contents.filter { !$0.hasSuffix(".partial") } == ["people.checkpoint", "people.csv"])
    }
    // Into another checkpoint: the first stays as it is.
    let before = bytes("people.checkpoint")
    let other = try await train(
      "model", "--resume", checkpoint, "--checkpoint", folder.file("other.checkpoint"),
      "--epochs", "10", "--seed", "1")
    #expect(other.status == 0, "\(other.errors)")
    #expect(bytes("model") == model)
    #expect(bytes("people.checkpoint") == before)
    #expect(!folder.contents.contains("other.checkpoint"))
    // What a process killed while it wrote leaves behind.
    _ = folder.file(".people.checkpoint.123.partial", "half")
    let last = try await train("again", "--resume", checkpoint)
    #expect(last.status == 0, "\(last.errors)")
    #expect(bytes("again") == model)
    #expect(folder.contents == ["again", "model", "people.csv"])
  }

  /// The checkpoint is that of a run which nobody stopped, from the same step.
  @Test func controlCLeavesModelAndCheckpoint() async throws {
    // More epochs than anyone waits for: the run ends by the signal alone.
    let stopped = try await stop(
      ["--epochs", "100000", "--model-size", "small", "--checkpoint", checkpoint], by: SIGINT,
      at: "epoch 2 ")
    #expect(stopped.status == 2)
    #expect(stopped.errors.hasSuffix("\(checkpoint): give this file to --resume to continue.\n"))
    #expect(folder.contents == ["model", "people.checkpoint", "people.csv"])
    #expect(try await Likeness.run("inspect", folder.file("model")).text.contains("on request"))

    let stage = try Checkpoint(contentsOf: checkpoint).stage
    #expect(stage.trainer.step > 0)
    var options = try Checkpoint(contentsOf: checkpoint).options
    options.checkpoint = Checkpointing(path: folder.file("other"), intervalSeconds: 0)
    let cancellation = Cancellation()
    var undisturbed: StageState?
    let run = try TrainingRun(
      CSVFiles(paths: [table]), options: options, cancellation: cancellation)
    _ = try run.train(progress: { _ in }) { checkpoint in
      guard checkpoint.stage.trainer.step == stage.trainer.step else { return }
      undisturbed = checkpoint.stage
      cancellation.request()
    }
    #expect(undisturbed == stage)
  }

  @Test func checkpointsOfOtherRunsAreRefused() async throws {
    let stopped = try await stop(
      options + ["--checkpoint", checkpoint], by: SIGKILL, at: "epoch 1 ")
    #expect(stopped.status == SIGKILL)
    let before = try #require(bytes("people.checkpoint"))
    for (arguments, message) in [
      (
        ["--resume", checkpoint, "--epochs", "8"],
        "10 as the number of epochs, not 8. Give the same"
      ),
      (["--resume", checkpoint, "--model-size", "large"], "small as the model size, not large."),
      (["--resume", checkpoint, "--seed", "2"], "training began with 1 as the seed, not 2."),
      (["--resume", checkpoint, "--missing", "?"], "as the list of missing values, not [\"?\"]."),
      (["--checkpoint", checkpoint], "exists already. Go on from it with --resume"),
    ] {
      let outcome = try await Run(
        Likeness.path, ["train", table, "-o", folder.file("model")] + arguments
      ).outcome()
      expectFailure(outcome, naming: checkpoint, saying: message)
    }
    let other = folder.file("other.csv", People.csv(rowCount: 300, seed: 2))
    let outcome = try await Likeness.run(
      "train", other, "-o", folder.file("model"), "--resume", checkpoint)
    expectFailure(
      outcome, naming: checkpoint, saying: "was made in training on another table than \(other)")
    for arguments in [["inspect", checkpoint], ["generate", checkpoint, "--rows", "1"]] {
      let outcome = try await Run(Likeness.path, arguments).outcome()
      expectFailure(
        outcome, naming: checkpoint,
        saying: "Finish it with 'likeness train ... --resume \(checkpoint)'.")
    }
    #expect(bytes("people.checkpoint") == before)
    #expect(!folder.contents.contains("model"))
  }

  @Test func whatIsNoCheckpointIsRefused() async throws {
    #expect(try await train("model", "--epochs", "1").status == 0)
    let model = folder.file("model")
    for (path, message) in [
      (model, "is a model, whose training has ended"),
      (folder.file("none"), "there is no such file."),
      (folder.file("text", "a,b\n1,2\n3,4\n"), "is not a checkpoint."),
      (folder.file("short", "a,b"), "The file is too short."),
    ] {
      let outcome = try await train("new", "--resume", path)
      expectFailure(outcome, naming: path, saying: message)
    }
    #expect(!folder.contents.contains("new"))
  }
}
