import ArgumentParser
import Foundation
import Tables

/// Runs a command's work; an error becomes one line on standard error and exit code 1.
///
/// Where whoever reads standard output has closed it, as `head` does, the work ends without a word and with the exit code that a
/// shell gives to programs which `SIGPIPE` ends: 141.
package func reportingErrors(_ work: () async throws -> Void) async throws {
  do {
    try await work()
  } catch let error as ExitCode {
    throw error
  } catch TableError.writeFailed(StandardOutput.name, EPIPE) {
    throw ExitCode(128 + SIGPIPE)
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

/// One line on standard error. What a terminal would act on is escaped, line breaks too.
package func printError(_ line: String) {
  StandardError.write(line.printable + "\n")
}

/// Lines for people on standard output. What a terminal would act on is escaped.
/// - Throws: `TableError.writeFailed`.
package func printLines(_ text: String) throws {
  try StandardOutput.write(text.printableLines + "\n")
}

/// Runs work in a task that Ctrl-C, SIGTERM and SIGHUP cancel, unless `nohup` has SIGHUP ignored. A second one ends the process,
/// as ever.
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
  // Work that has begun can be interrupted.
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

/// A line on standard error that changes in place on a terminal.
package struct StatusLine {
  package let isTerminal = isatty(STDERR_FILENO) == 1

  package init() {}

  /// Shows text in place of what was shown before.
  package func replace(_ text: String) {
    // Back to the first column, clear the line, write it again.
    StandardError.write("\r\u{1B}[2K\(text.printable)")
  }

  /// Makes room for other lines.
  package func clear() {
    if isTerminal { replace("") }
  }
}
