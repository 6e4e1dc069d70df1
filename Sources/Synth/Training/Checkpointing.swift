import Foundation
import Tables

/// Where and how often a training run writes down its state.
///
/// The file is written at the end of every epoch, in epochs that take longer than the interval also within them, and when the
/// run is cancelled. It is replaced as a whole, so that a run that is killed loses no more than the last interval. It holds
/// weights and figures, no rows, and stays where it is when training ends: ``remove()`` it once the model is kept.
public struct Checkpointing: Equatable, Sendable {
  /// The file to write. Nothing may stand under its name but the checkpoint that the run goes on from.
  public var path: String
  /// Seconds between two checkpoints within an epoch; 0 writes one before every step.
  public var intervalSeconds: Double

  /// What the command line does by default: once a minute.
  public static let standardIntervalSeconds = 60.0

  public init(path: String, intervalSeconds: Double = Checkpointing.standardIntervalSeconds) {
    self.path = path
    self.intervalSeconds = intervalSeconds
  }

  /// Removes the file, where there is one.
  ///
  /// - Throws: `TableError` where it cannot be removed.
  public func remove() throws {
    // Unlike FileManager this never removes a folder.
    if unlink(path) != 0, errno != ENOENT {
      throw TableError.outputNotWritable(path: path, errorNumber: errno)
    }
  }

  /// Refuses a file that cannot be written, or that is there: it may be the only state of another run, or no checkpoint at all.
  ///
  /// - Throws: ``SynthError/checkpointExists(path:)``, `TableError` where nothing can be written.
  func checkWritable(resuming checkpoint: Checkpoint?) throws {
    let isResumed = checkpoint.map { Checkpointing.file($0.path) == Checkpointing.file(path) }
    if isResumed != true, FileManager.default.fileExists(atPath: path) {
      throw SynthError.checkpointExists(path: path)
    }
    try AtomicFile.checkWritable(path)
  }

  private static func file(_ path: String) -> URL {
    URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL
  }
}

/// Knows when the state of a run is to be written down, and what belongs to it that does not change.
struct Checkpointer {
  private let checkpointing: Checkpointing
  private let plan: TrainingPlan
  private let missingValues: MissingValues
  private let reading: Checkpoint.Reading
  private let tableChecksum: UInt32
  private var last = ContinuousClock.now

  init(
    _ checkpointing: Checkpointing, plan: TrainingPlan, options: TrainingOptions,
    tableChecksum: UInt32
  ) {
    self.checkpointing = checkpointing
    self.plan = plan
    missingValues = options.missingValues
    reading = Checkpoint.Reading(options)
    self.tableChecksum = tableChecksum
  }

  /// Whether the interval has passed since the last checkpoint.
  var isDue: Bool { last.duration(to: .now) / .seconds(1) >= checkpointing.intervalSeconds }

  /// Saves a checkpoint. The interval begins anew when that is done, so that a slow disk cannot hold up every step.
  mutating func save(
    _ phase: PhaseState, after finished: [PhaseProgress], _ save: (Checkpoint) throws -> Void
  ) rethrows {
    try save(
      Checkpoint(
        path: checkpointing.path, plan: plan, missingValues: missingValues,
        reading: reading, tableChecksum: tableChecksum, finished: finished, phase: phase))
    last = .now
  }
}
