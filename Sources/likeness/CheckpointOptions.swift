import ArgumentParser
import CommandSupport
import Synth

/// Where the state of training is saved and read.
struct CheckpointOptions: ParsableArguments {
  @Option(
    help: "Save the state of training to this new file, for --resume.",
    completion: .file())
  var checkpoint: String?

  @Option(
    help: ArgumentHelp(
      "Minutes between checkpoints within an epoch. (default: 1)", valueName: "minutes"))
  var checkpointMinutes: Double?

  @Option(
    help: """
      Continue from a checkpoint with the same input. New checkpoints go to the same file unless --checkpoint names another.
      """,
    completion: .file())
  var resume: String?

  /// Where and how often checkpoints are written; nil without checkpoints. A resumed run writes to the file that it read,
  /// unless --checkpoint names another.
  var checkpointing: Checkpointing? {
    guard let path = checkpoint ?? resume else { return nil }
    var checkpointing = Checkpointing(path: path)
    if let checkpointMinutes { checkpointing.intervalSeconds = 60 * checkpointMinutes }
    return checkpointing
  }

  /// Whether --checkpoint names the file that --resume reads.
  var replacesResumed: Bool {
    guard let checkpoint, let resume else { return false }
    return FileIdentity(checkpoint) == FileIdentity(resume)
  }

  /// Refuses impossible combinations as wrong usage.
  func validate() throws {
    if checkpointMinutes != nil, checkpointing == nil {
      throw ValidationError("--checkpoint-minutes needs --checkpoint or --resume.")
    }
    if let checkpointMinutes, !(checkpointMinutes >= 0) {
      throw ValidationError("--checkpoint-minutes is \(checkpointMinutes). Give 0 or more.")
    }
    for (name, file) in [("--checkpoint", checkpoint), ("--resume", resume)] {
      if file == "-" { throw ValidationError("\(name) cannot be a stream. Name a file.") }
    }
  }
}
