import Foundation

/// What a target's worker leaves behind, for whoever comes after its death.
struct FuzzFiles {
  let name: String
  let seed: UInt64
  /// Where findings are kept.
  let output: String
  /// For files of a run, some for every input: in memory, where the system has a place for that.
  let folder: String

  /// With so many findings a target is given up.
  static let mostFindings = 20

  /// The place for folders of runs.
  private static let memory =
    FileManager.default.isWritableFile(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()

  /// - Parameter folder: of a run that has begun; nil makes another.
  init(name: String, seed: UInt64, output: String, folder: String? = nil) throws {
    (self.name, self.seed, self.output) = (name, seed, output)
    self.folder = folder ?? FuzzFiles.memory + "/fuzz-" + UUID().uuidString
    for path in [output, self.folder] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
  }

  /// Removes the folder of the run.
  func end() { try? FileManager.default.removeItem(atPath: folder) }

  /// The input that is being read.
  var input: String { "\(folder)/input" }
  private var progressPath: String { "\(folder)/progress" }

  /// What was done so far.
  struct Progress {
    var inputCount = 0
    var acceptedCount = 0
    var findingCount = 0
  }

  func progress() -> Progress {
    let text = (try? String(contentsOfFile: progressPath, encoding: .utf8)) ?? ""
    let counts = text.split(separator: " ").compactMap { Int($0) }
    guard counts.count == 3 else { return Progress() }
    return Progress(inputCount: counts[0], acceptedCount: counts[1], findingCount: counts[2])
  }

  func write(_ progress: Progress) throws {
    let text = "\(progress.inputCount) \(progress.acceptedCount) \(progress.findingCount)"
    try Data(text.utf8).write(to: URL(fileURLWithPath: progressPath))
  }

  /// Keeps the input that was read last, and says what came of it.
  func keepInput(number: Int, _ message: String) throws {
    let kept = "\(output)/\(name)-\(seed)-\(number)"
    try? FileManager.default.removeItem(atPath: kept)
    try FileManager.default.copyItem(atPath: input, toPath: kept)
    print("\(name): input \(number) of seed \(seed): \(message.prefix(300))")
    print("  again: fuzz \(name) --input \(kept)")
    fflush(nil)
  }
}
