import ArgumentParser
import Foundation
import Tables

/// Runs a command's work; an error becomes one line on standard error and exit code 1.
///
/// If the reader of standard output has closed it, as `head` does, the work ends without a message and with exit code 141, as
/// for a program that `SIGPIPE` ends.
package func reportingErrors(_ work: () async throws -> Void) async throws {
  do {
    try await work()
  } catch let error as ExitCode {
    throw error
  } catch TableError.writeFailed(StandardOutput.name, EPIPE) {
    throw ExitCode(128 + SIGPIPE)
  } catch is CancellationError {
    printError("Stopped on request, before there was a result.")
    throw ExitCode(1)
  } catch {
    printError("Error: \(error)")
    throw ExitCode(1)
  }
}

/// Turns an error into wrong usage, exit code 64.
package func reportingUsage<Result>(_ work: () throws -> Result) throws -> Result {
  do {
    return try work()
  } catch {
    throw ValidationError("\(error)")
  }
}

/// Prints one line on standard error, with control characters and line breaks escaped.
package func printError(_ line: String) {
  StandardError.write(line.printable + "\n")
}

/// Prints lines on standard output, with control characters escaped.
/// - Throws: `TableError.writeFailed`.
package func printLines(_ text: String) throws {
  try StandardOutput.write(text.printableLines + "\n")
}

/// Runs work in a task that Ctrl-C, SIGTERM and SIGHUP cancel. A second signal ends the process. SIGHUP stays ignored under
/// `nohup`.
package func withInterrupt<Result: Sendable>(
  _ work: @escaping @Sendable () async throws -> Result
) async throws -> Result {
  let (ready, start) = AsyncStream<Never>.makeStream()
  let task = Task {
    for await _ in ready {}
    return try await work()
  }
  let registrations = DispatchGroup()
  let sources = ([SIGINT, SIGTERM] + (isIgnored(SIGHUP) ? [] : [SIGHUP])).map { number in
    signal(number, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
    source.setEventHandler {
      signal(number, SIG_DFL)
      task.cancel()
    }
    registrations.enter()
    source.setRegistrationHandler { registrations.leave() }
    source.activate()
    return source
  }
  // The work begins only when it can be interrupted.
  registrations.notify(queue: .global()) { start.finish() }
  defer { for source in sources { source.cancel() } }
  return try await task.value
}

/// Whether the process was started with a signal ignored.
private func isIgnored(_ number: Int32) -> Bool {
  var action = sigaction()
  sigaction(number, nil, &action)
  #if canImport(Darwin)
    let handler = action.__sigaction_u.__sa_handler
  #else
    let handler = action.__sigaction_handler.sa_handler
  #endif
  return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
}

/// A line on standard error that is replaced in place on a terminal.
package struct StatusLine {
  package let isTerminal = isatty(STDERR_FILENO) == 1

  package init() {}

  /// Replaces the line by a text.
  package func replace(_ text: String) {
    // Back to the first column, clear the line, write it again.
    StandardError.write("\r\u{1B}[2K\(text.printable)")
  }

  /// A bar of which a share is filled.
  package static func bar(_ share: Double) -> String {
    let width = 24
    let filled = min(width, max(0, Int(Double(width) * share)))
    return "[" + String(repeating: "=", count: filled)
      + String(repeating: " ", count: width - filled) + "]"
  }

  /// Clears the line before other lines are printed.
  package func clear() {
    if isTerminal { replace("") }
  }
}
