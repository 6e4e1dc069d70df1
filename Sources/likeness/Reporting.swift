import ArgumentParser
import Foundation
import Synth
import Tables

/// Runs a command's work; an error becomes one line on standard error and exit code 1.
func reportingErrors(_ work: () async throws -> Void) async throws {
  do {
    try await work()
  } catch let error as ExitCode {
    throw error
  } catch is CancellationError {
    printError("Stopped before the first step: no model was written.")
    throw ExitCode(1)
  } catch {
    printError("Error: \(error)")
    throw ExitCode(1)
  }
}

/// One line on standard error.
func printError(_ line: String) {
  FileHandle.standardError.write(Data((line + "\n").utf8))
}

/// Runs work in a task that Ctrl-C cancels. A second Ctrl-C ends the process, as ever.
func withInterrupt<Result: Sendable>(
  _ work: @escaping @Sendable () async throws -> Result
) async throws -> Result {
  let task = Task { try await work() }
  signal(SIGINT, SIG_IGN)
  let interrupts = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
  interrupts.setEventHandler {
    signal(SIGINT, SIG_DFL)
    task.cancel()
  }
  interrupts.activate()
  defer {
    interrupts.cancel()
    signal(SIGINT, SIG_DFL)
  }
  return try await task.value
}
