import Foundation

/// Runs a target's workers one after another: where one dies, the next goes on with the next input.
struct Supervisor {
  let files: FuzzFiles

  /// The address space that a worker may have, where the system can limit it.
  private static let mostKibibytes = 2 << 20

  /// Feeds the target for some time; the number of findings.
  func run(seconds: Double) throws -> Int {
    defer { files.end() }
    let begin = Date()
    var deathCount = 0
    while deathCount < FuzzFiles.mostFindings {
      let left = seconds - Date().timeIntervalSince(begin)
      if left <= 0 { break }
      guard let death = try deathOfWorker(seconds: left) else { break }
      deathCount += 1
      try files.keepInput(number: files.progress().inputCount - 1, death)
    }
    let progress = files.progress()
    let findingCount = progress.findingCount + deathCount
    print(
      "\(files.name): seed \(files.seed), \(Int(Date().timeIntervalSince(begin))) s, "
        + "\(progress.inputCount) inputs, \(progress.acceptedCount) accepted, "
        + "\(findingCount) finding\(findingCount == 1 ? "" : "s")")
    fflush(nil)
    return findingCount
  }

  /// How a worker died; nil where it ended.
  private func deathOfWorker(seconds: Double) throws -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [
      "-c", "ulimit -v \(Supervisor.mostKibibytes) 2>/dev/null; exec \"$0\" \"$@\"",
      CommandLine.arguments[0], files.name, "--worker", files.folder, "--seconds", "\(seconds)",
      "--seed", "\(files.seed)", "-o", files.output,
    ]
    try process.run()
    process.waitUntilExit()
    switch (process.terminationReason, process.terminationStatus) {
    case (.exit, 0): return nil
    case (.exit, let status): return "the worker ended with status \(status)"
    case (.uncaughtSignal, SIGALRM): return "it takes too long"
    case (_, let signal): return "the process dies of signal \(signal)"
    }
  }
}
