import Foundation
import Tables

/// Where and how often a training run saves its state.
///
/// The file is written after every epoch, after every interval within long epochs, and when the run is cancelled. Each write
/// replaces the whole file, so a killed run loses at most the last interval. The file holds weights and figures but no rows. It
/// remains when training ends: call ``remove()`` once the model is saved.
public struct Checkpointing: Equatable, Sendable {
  /// The file to write. It must not exist, unless it is the checkpoint that the run resumes from.
  public var path: String
  /// Seconds between two checkpoints within an epoch; 0 writes one before every step.
  public var intervalSeconds: Double

  /// The default: once a minute.
  public static let standardIntervalSeconds = 60.0

  public init(path: String, intervalSeconds: Double = Checkpointing.standardIntervalSeconds) {
    self.path = path
    self.intervalSeconds = intervalSeconds
  }

  /// Removes the file if it exists.
  ///
  /// - Throws: `TableError` where it cannot be removed.
  public func remove() throws {
    // Unlike FileManager this never removes a folder.
    if unlink(path) != 0, errno != ENOENT {
      throw TableError.outputNotWritable(path: path, errorNumber: errno)
    }
  }

  /// Refuses a file that cannot be written or that exists: it may be the only state of another run, or no checkpoint at all.
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

/// Decides when to save the state of a run, and holds the parts of a checkpoint that do not change.
struct Checkpointer {
  private let checkpointing: Checkpointing
  var plan: TrainingPlan
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
    missingValues = options.reading.missingValues
    reading = Checkpoint.Reading(options)
    self.tableChecksum = tableChecksum
  }

  /// Whether the interval has passed since the last checkpoint.
  var isDue: Bool { last.duration(to: .now) / .seconds(1) >= checkpointing.intervalSeconds }

  /// Saves a checkpoint. The next interval begins afterwards, so that a slow disk cannot delay every step.
  mutating func save(
    _ stage: StageState, after finished: [StageProgress], _ save: (Checkpoint) throws -> Void
  ) rethrows {
    try save(
      Checkpoint(
        path: checkpointing.path, plan: plan, missingValues: missingValues,
        reading: reading, tableChecksum: tableChecksum, finished: finished, stage: stage))
    last = .now
  }
}
