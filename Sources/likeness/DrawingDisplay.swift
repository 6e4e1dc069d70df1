import CommandSupport
import Foundation
import Synchronization

/// Shows on a terminal how many rows are drawn, on standard error. Elsewhere it shows nothing.
final class DrawingDisplay: Sendable {
  private let rowCount: Int
  private let path: String?
  private let isShown: Bool
  private let line = StatusLine()
  private let start = ContinuousClock.now
  private let lastLine = Mutex(ContinuousClock.now)

  /// - Parameter path: The file to write; nil is standard output.
  init(of rowCount: Int, path: String?, isQuiet: Bool) {
    self.rowCount = rowCount
    self.path = path
    // Rows and progress on one terminal would mix.
    isShown = !isQuiet && line.isTerminal && (path != nil || isatty(STDOUT_FILENO) == 0)
  }

  /// Shows the number of rows written so far, a few times a second.
  @Sendable func show(_ written: Int) {
    guard isShown else { return }
    let isDue = lastLine.withLock { last in
      guard last.duration(to: .now) > .milliseconds(200) else { return false }
      last = .now
      return true
    }
    guard isDue else { return }
    let share = Double(written) / Double(rowCount)
    let left = seconds * (1 - share) / share
    line.replace(
      "\(StatusLine.bar(share)) row \(written)/\(rowCount)"
        + String(format: "  %.0f rows/s  %.0f s left", Double(written) / seconds, left.rounded(.up))
    )
  }

  /// Shows what was written.
  func finish() {
    guard isShown else { return }
    line.clear()
    let rows = rowCount == 1 ? "1 row" : "\(rowCount) rows"
    printError(
      "\(path.map { "\($0): " } ?? "")\(rows) drawn in \(String(format: "%.1f s", seconds)).")
  }

  private var seconds: Double { start.duration(to: .now) / .seconds(1) }
}
