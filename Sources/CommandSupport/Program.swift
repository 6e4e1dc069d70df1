import ArgumentParser
import Foundation
import Tables

/// A program of several commands that reports lost output and is not ended by it.
package protocol Program: AsyncParsableCommand {}

extension Program {
  /// Runs the command that the arguments name and ends the process with its exit code.
  ///
  /// Not asynchronous, so that the streams are prepared before the runtime opens its own files.
  package static func main() {
    prepareStreams()
    ProgramStart.prepare()
    Task { Foundation.exit(await run().rawValue) }
    while true { pause() }
  }

  private static func run() async -> ExitCode {
    do {
      var command = try await asyncParseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
      return .success
    } catch {
      return await report(error)
    }
  }

  /// Prints help on standard output; prints an error and the usage on standard error.
  private static func report(_ error: any Error) async -> ExitCode {
    let text = fullMessage(for: error)
    let code = exitCode(for: error)
    if text.isEmpty { return code }
    if code.isSuccess {
      do {
        try await reportingErrors { try StandardOutput.write(text + "\n") }
      } catch {
        return exitCode(for: error)
      }
    } else {
      // Only the message, one line, may quote control characters of the input. The usage below it has line breaks of its own.
      let message = message(for: error)
      StandardError.write(text.replacing(message, with: message.printable) + "\n")
    }
    return code
  }
}

/// Prevents output errors from ending the process, and files from replacing closed standard streams.
private func prepareStreams() {
  // The next opened file would get the number of a closed stream, and so its messages. /dev/null takes that number, opened
  // in the wrong direction so that using it still fails.
  for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
    _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
  }
  // Writing then fails with an error number.
  signal(SIGPIPE, SIG_IGN)
  signal(SIGXFSZ, SIG_IGN)
}
