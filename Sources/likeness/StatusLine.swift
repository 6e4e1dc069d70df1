import Foundation

/// A line on standard error that changes in place on a terminal.
struct StatusLine {
  let isTerminal = isatty(STDERR_FILENO) == 1

  /// Shows text in place of what was shown before.
  func replace(_ text: String) {
    // Back to the first column, clear the line, write it again.
    FileHandle.standardError.write(Data("\r\u{1B}[2K\(text)".utf8))
  }

  /// Makes room for other lines.
  func clear() {
    if isTerminal { replace("") }
  }
}
