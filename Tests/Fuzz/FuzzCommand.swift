import ArgumentParser
import Foundation

/// Feeds changed inputs to everything that reads files and texts, and keeps those that it cannot bear.
@main struct FuzzCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fuzz",
    abstract: "Feed changed inputs to what reads tables, models, checkpoints, schemas and texts.",
    discussion: """
      An input is a function of target, seed and its number. It must be read or refused with a typed error, in bounded time and \
      memory, and rows drawn from what is read must be such as the columns have. Inputs for which that does not hold are kept \
      in DIR; --input reads one again.
      """)

  @Argument(help: "The targets. (default: all of them)")
  var targets: [String] = fuzzTargets.map(\.name)

  @Option(help: "How long each target is fed.")
  var seconds = 60.0

  @Option(help: "Another seed gives other inputs.")
  var seed: UInt64 = 1

  @Option(name: [.short, .long], help: ArgumentHelp("Where findings are kept.", valueName: "dir"))
  var output = ".build/fuzz"

  @Option(help: "A file to read once, in place of changed inputs.")
  var input: String?

  @Option(help: ArgumentHelp("The folder of a run to go on with.", visibility: .hidden))
  var worker: String?

  func validate() throws {
    if let name = targets.first(where: { target(named: $0) == nil }) {
      throw ValidationError(
        "There is no target '\(name)'. Give some of \(fuzzTargets.map(\.name).joined(separator: ", "))."
      )
    }
    if input != nil, targets.count != 1 { throw ValidationError("Give the target of the input.") }
  }

  func run() throws {
    if let input {
      let files = try files(targets[0])
      defer { files.end() }
      try makeWorker(files).readOnce(input)
    } else if worker != nil {
      try makeWorker(files(targets[0])).run(seconds: seconds)
    } else {
      let counts = try targets.map { try Supervisor(files: files($0)).run(seconds: seconds) }
      if counts.contains(where: { $0 > 0 }) { throw ExitCode.failure }
    }
  }

  private func makeWorker(_ files: FuzzFiles) throws -> Worker {
    try Worker(target(named: files.name)!, files: files)
  }

  private func files(_ name: String) throws -> FuzzFiles {
    try FuzzFiles(name: name, seed: seed, output: output, folder: worker)
  }

  private func target(named name: String) -> (any FuzzTarget.Type)? {
    fuzzTargets.first { $0.name == name }?.type
  }
}
