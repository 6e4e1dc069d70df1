import Foundation
import TestSupport
import Testing

@Suite struct CheckpointTests {
  private let folder = TemporaryFolder()
  private var checkpoint: String { folder.file("people.checkpoint") }
  private let table: String
  /// Enough steps to be killed in the middle of.
  private let options = ["--epochs", "6", "--batch-size", "16", "--model-size", "small"]

  init() {
    table = folder.file("people.csv", People.csv(rowCount: 3_000))
  }

  private func train(_ model: String, _ arguments: String...) async throws -> Outcome {
    try await Run(Likeness.path, ["train", table, "-o", folder.file(model)] + arguments).outcome()
  }

  private func bytes(_ name: String) -> Data? {
    FileManager.default.contents(atPath: folder.file(name))
  }

  /// The model of a run that nothing stops.
  private func whole() async throws -> Data {
    let outcome = try await Run(
      Likeness.path, ["train", table, "-o", folder.file("whole"), "--quiet"] + options
    ).outcome()
    #expect(outcome.status == 0, "\(outcome.errors)")
    let model = try #require(bytes("whole"))
    try FileManager.default.removeItem(atPath: folder.file("whole"))
    return model
  }

  /// Starts a run and ends it by a signal once its checkpoint has been written some times over.
  private func stop(_ arguments: [String], by number: Int32, after count: Int) async throws
    -> Outcome
  {
    let run = try Run(Likeness.path, ["train", table, "-o", folder.file("model")] + arguments)
    Thread.detachNewThread { [checkpoint] in
      var (seen, last) = (0, 0 as UInt64?)
      while run.isRunning, seen < count {
        let attributes = try? FileManager.default.attributesOfItem(atPath: checkpoint)
        let file = (attributes?[.systemFileNumber] as? NSNumber)?.uint64Value
        if let file, file != last { (seen, last) = (seen + 1, file) }
        usleep(500)
      }
      run.kill(number)
    }
    return try await run.outcome()
  }

  /// Killed again and again, each time after some more steps, with another number of threads: the same bytes in the end.
  @Test func aKilledRunGoesOnToTheSameBytes() async throws {
    let model = try await whole()
    let first = try await stop(
      options + ["--checkpoint", checkpoint, "--checkpoint-minutes", "0", "--threads", "1"],
      by: SIGKILL, after: 10)
    #expect(first.status == SIGKILL)
    #expect(
      folder.contents.filter { !$0.hasSuffix(".partial") } == ["people.checkpoint", "people.csv"])
    for threads in ["2", "3"] {
      let next = try await stop(
        ["--resume", checkpoint, "--checkpoint-minutes", "0", "--threads", threads], by: SIGKILL,
        after: 10)
      #expect(next.status == SIGKILL)
    }
    // What a process killed while it wrote leaves behind.
    _ = folder.file(".people.checkpoint.123.partial", "half")
    let last = try await train("model", "--resume", checkpoint)
    #expect(last.status == 0, "\(last.errors)")
    #expect(bytes("model") == model)
    #expect(folder.contents == ["model", "people.csv"])
  }

  @Test func controlCLeavesModelAndCheckpoint() async throws {
    let model = try await whole()
    let stopped = try await stop(
      options + ["--checkpoint", checkpoint, "--checkpoint-minutes", "0"], by: SIGINT, after: 15)
    #expect(stopped.status == 2)
    #expect(stopped.errors.hasSuffix("\(checkpoint): give this to --resume to go on.\n"))
    #expect(folder.contents == ["model", "people.checkpoint", "people.csv"])
    #expect(try await Likeness.run("inspect", folder.file("model")).text.contains("on request"))
    // Into another checkpoint: the first stays as it is.
    let before = bytes("people.checkpoint")
    let other = folder.file("other.checkpoint")
    let resumed = try await train(
      "model", "--resume", checkpoint, "--checkpoint", other, "--epochs", "6", "--seed", "1")
    #expect(resumed.status == 0, "\(resumed.errors)")
    #expect(bytes("model") == model)
    #expect(bytes("people.checkpoint") == before)
    #expect(folder.contents == ["model", "people.checkpoint", "people.csv"])
  }

  @Test func checkpointsOfOtherRunsAreRefused() async throws {
    let stopped = try await stop(
      options + ["--checkpoint", checkpoint, "--checkpoint-minutes", "0"], by: SIGKILL, after: 5)
    #expect(stopped.status == SIGKILL)
    let before = try #require(bytes("people.checkpoint"))
    for (arguments, message) in [
      (
        ["--resume", checkpoint, "--epochs", "8"], "6 as the number of epochs, not 8. Give the same"
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
    let other = folder.file("other.csv", People.csv(rowCount: 3_000, seed: 2))
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
