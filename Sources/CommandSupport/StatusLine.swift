import Foundation
import Tables

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
