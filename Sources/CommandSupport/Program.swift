import ArgumentParser
import Foundation
import Tables

/// A program of several commands whose output cannot end it or get lost unnoticed.
package protocol Program: AsyncParsableCommand {}

extension Program {
  /// Runs the command that the arguments name and ends the process with its exit code.
  ///
  /// This function is not asynchronous, so that streams are prepared before the runtime opens files of its own.
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

  /// Shows help and the like on standard output, an error and how to use the command on standard error.
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
      // The message is one line, and may quote what a terminal would act on. The usage is many.
      let message = message(for: error)
      StandardError.write(text.replacing(message, with: message.printable) + "\n")
    }
    return code
  }
}

/// Keeps output from ending the process, and files from being taken for standard streams.
private func prepareStreams() {
  // A file that is opened next would get the number of a closed stream, and messages with it. These are opened so that using
  // them fails as it does when they are closed.
  for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
    _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
  }
  // Writing then fails with an error number.
  signal(SIGPIPE, SIG_IGN)
  signal(SIGXFSZ, SIG_IGN)
}
