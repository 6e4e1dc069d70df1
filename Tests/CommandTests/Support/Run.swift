import Foundation
import TestSupport

/// A program with its arguments, to be run to its end.
struct Run: Sendable {
  fileprivate let program: String
  fileprivate let arguments: [String]
  fileprivate let input: String

  init(_ program: String, _ arguments: [String], input: String? = nil) {
    self.program = program
    self.arguments = arguments
    self.input = input ?? "/dev/null"
  }

  func outcome() async throws -> Outcome {
    try await ProgramLimit.shared.run {
      try await RunningProgram(self).outcome()
    }
  }

  /// Runs the program, acts when it has printed a text on standard error, and waits for its end.
  ///
  /// Give it a program with many more lines to print after the text: the action then finds it running, for certain.
  func outcome(
    at text: String, _ action: @escaping @Sendable (RunningProgram) -> Void
  ) async throws -> Outcome {
    try await ProgramLimit.shared.run {
      let (running, messages) = try self.startWithMessages()
      let errors = await withCheckedContinuation { continuation in
        // A thread of its own: it waits, and the tests' tasks share few.
        Thread.detachNewThread {
          let (read, isFound) = messages.read(through: text)
          if isFound { action(running) }
          continuation.resume(returning: read + messages.readToEnd())
        }
      }
      let outcome = await running.outcome()
      return Outcome(status: outcome.status, output: outcome.output, errors: errors)
    }
  }

  /// Starts the program, which then alone holds the writing end of its messages.
  private func startWithMessages() throws -> (RunningProgram, MessageStream) {
    let messages = try MessageStream()
    defer { try? messages.writer.close() }
    return (try RunningProgram(self, messages: messages.writer), messages)
  }
}

/// A running program. Its output goes to files: no pipe can fill up, and no process that another test starts keeps one open.
/// Its messages may go to a stream in place of a file.
final class RunningProgram: @unchecked Sendable {
  private let process = Process()
  private let folder = TemporaryFolder()
  private let exit = DispatchGroup()

  /// Seconds after which a program that does not end is killed: far more than any load explains.
  private static let timeout = 1_200.0

  fileprivate init(_ run: Run, messages: FileHandle? = nil) throws {
    process.executableURL = URL(fileURLWithPath: run.program)
    process.arguments = run.arguments
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: run.input))
    process.standardOutput = try RunningProgram.file(folder.file("output", ""))
    process.standardError = try messages ?? RunningProgram.file(folder.file("errors", ""))
    exit.enter()
    process.terminationHandler = { [exit] _ in exit.leave() }
    try process.run()
    DispatchQueue.global().asyncAfter(deadline: .now() + RunningProgram.timeout) { [weak self] in
      self?.kill(SIGKILL)
    }
  }

  func kill(_ signal: Int32) {
    if process.isRunning { _ = Foundation.kill(process.processIdentifier, signal) }
  }

  /// Waits for the end.
  fileprivate func outcome() async -> Outcome {
    await withCheckedContinuation { continuation in
      exit.notify(queue: .global()) { continuation.resume() }
    }
    return Outcome(
      status: process.terminationStatus, output: contents("output"),
      errors: String(decoding: contents("errors"), as: UTF8.self))
  }

  private func contents(_ name: String) -> Data {
    FileManager.default.contents(atPath: folder.file(name)) ?? Data()
  }

  private static func file(_ path: String) throws -> FileHandle {
    try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  }
}
