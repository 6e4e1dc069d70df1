import ArgumentParser
import CommandSupport
import Synth

/// Where the state of training is written to and taken from.
struct CheckpointOptions: ParsableArguments {
  @Option(
    help: "Write the state of training to this new file, to go on from with --resume.",
    completion: .file())
  var checkpoint: String?

  @Option(
    help: ArgumentHelp(
      "Minutes between checkpoints within an epoch. (default: 1)", valueName: "minutes"))
  var checkpointMinutes: Double?

  @Option(
    help: """
      Go on from a checkpoint with the same input, and write to the same file unless --checkpoint names another.
      """,
    completion: .file())
  var resume: String?

  /// Checkpoints go to the file that they are taken from, unless another is named.
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

  /// Refuses what cannot be meant, as wrong usage.
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
