import Foundation
import TestSupport

/// What a run of the program left behind.
struct Outcome: Sendable {
  let status: Int32
  let output: Data
  let errors: String

  var text: String { String(decoding: output, as: UTF8.self) }
  /// The lines on standard output.
  var lines: [Substring] { text.split(separator: "\n") }
  /// The lines on standard error.
  var errorLines: [Substring] { errors.split(separator: "\n") }
}

/// A program, as it was built beside the tests.
enum Program {
  static func path(_ name: String) -> String {
    let beside = [CommandLine.arguments[0]] + Bundle.allBundles.map(\.bundlePath)
    let root = URL(fileURLWithPath: #filePath).appending(path: "../../../..").standardized.path
    let folders =
      beside.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
      + ["release", "debug"].map { root + "/.build/" + $0 }
    let programs = folders.map { $0 + "/\(name)" }
    guard let path = programs.first(where: FileManager.default.isExecutableFile) else {
      fatalError("There is no \(name) in any of \(folders). Build it first.")
    }
    return path
  }
}

/// The program `likeness`.
enum Likeness {
  static let path = Program.path("likeness")

  /// Runs the program to its end.
  static func run(_ arguments: String..., input: String? = nil) async throws -> Outcome {
    try await Run(path, arguments, input: input).outcome()
  }

  /// Runs a shell script in which `$0` is the program and `$1`... are the arguments.
  static func shell(_ script: String, _ arguments: String...) async throws -> Outcome {
    try await Run("/bin/sh", ["-c", script, path] + arguments, input: nil).outcome()
  }
}

/// A running program. Its output goes to files: no pipe can fill up, and no process that another test starts keeps one open.
/// Its messages may go to a stream in place of a file.
final class Run: @unchecked Sendable {
  private let process = Process()
  private let folder = TemporaryFolder()
  private let exit = DispatchGroup()

  /// Seconds after which a program that does not end is killed: far more than any load explains.
  private static let timeout = 1_200.0

  init(
    _ program: String, _ arguments: [String], input: String? = nil, messages: FileHandle? = nil
  ) throws {
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardInput = try FileHandle(
      forReadingFrom: URL(fileURLWithPath: input ?? "/dev/null"))
    process.standardOutput = try Run.file(folder.file("output", ""))
    process.standardError = try messages ?? Run.file(folder.file("errors", ""))
    exit.enter()
    process.terminationHandler = { [exit] _ in exit.leave() }
    try process.run()
    DispatchQueue.global().asyncAfter(deadline: .now() + Run.timeout) { [weak self] in
      self?.kill(SIGKILL)
    }
  }

  func kill(_ signal: Int32) {
    if process.isRunning { _ = Foundation.kill(process.processIdentifier, signal) }
  }

  /// Waits for the end.
  func outcome() async throws -> Outcome {
    await withCheckedContinuation { continuation in
      exit.notify(queue: .global()) { continuation.resume() }
    }
    return Outcome(
      status: process.terminationStatus, output: contents("output"),
      errors: String(decoding: contents("errors"), as: UTF8.self))
  }

  /// Runs a program, acts when it has printed a text on standard error, and waits for its end.
  ///
  /// Give it a program with many more lines to print after the text: the action then finds it running, for certain.
  static func outcome(
    _ program: String, _ arguments: [String], at text: String,
    _ action: @escaping @Sendable (Run) -> Void
  ) async throws -> Outcome {
    let (run, stream) = try start(program, arguments)
    let errors = await withCheckedContinuation { continuation in
      // A thread of its own: it waits, and the tests' tasks share few.
      Thread.detachNewThread {
        let (read, isFound) = stream.read(through: text)
        if isFound { action(run) }
        continuation.resume(returning: read + stream.readToEnd())
      }
    }
    let outcome = try await run.outcome()
    return Outcome(status: outcome.status, output: outcome.output, errors: errors)
  }

  /// Starts a program that alone holds the writing end of its messages.
  private static func start(_ program: String, _ arguments: [String]) throws -> (Run, MessageStream)
  {
    let stream = try MessageStream()
    defer { try? stream.writer.close() }
    return (try Run(program, arguments, messages: stream.writer), stream)
  }

  private func contents(_ name: String) -> Data {
    FileManager.default.contents(atPath: folder.file(name)) ?? Data()
  }

  private static func file(_ path: String) throws -> FileHandle {
    try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  }
}
