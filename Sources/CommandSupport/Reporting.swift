import ArgumentParser
import Foundation

/// Runs a command's work; an error becomes one line on standard error and exit code 1.
package func reportingErrors(_ work: () async throws -> Void) async throws {
  do {
    try await work()
  } catch let error as ExitCode {
    throw error
  } catch is CancellationError {
    printError("Stopped on request, before there was anything to keep.")
    throw ExitCode(1)
  } catch {
    printError("Error: \(error)")
    throw ExitCode(1)
  }
}

/// Makes an error wrong usage, exit code 64.
package func reportingUsage<Result>(_ work: () throws -> Result) throws -> Result {
  do {
    return try work()
  } catch {
    throw ValidationError("\(error)")
  }
}

/// One line on standard error.
package func printError(_ line: String) {
  FileHandle.standardError.write(Data((line + "\n").utf8))
}

/// Runs work in a task that Ctrl-C and SIGTERM cancel. A second one ends the process, as ever.
package func withInterrupt<Result: Sendable>(
  _ work: @escaping @Sendable () async throws -> Result
) async throws -> Result {
  let task = Task { try await work() }
  let sources = [SIGINT, SIGTERM].map { number in
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler {
      signal(number, SIG_DFL)
      task.cancel()
    }
    source.activate()
    return source
  }
  defer { for source in sources { source.cancel() } }
  return try await task.value
}
