import CommandSupport
import Eval
import Foundation

/// Shows the steps of an evaluation on standard error: one changing line on a terminal, a line for each step elsewhere.
final class EvaluationDisplay {
  private let isQuiet: Bool
  private let line = StatusLine()
  private let start = ContinuousClock.now

  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  func show(_ phase: Evaluation.Phase) {
    switch phase {
    case .accuracy: show("measuring accuracy")
    case .similarity: show("measuring similarity")
    case .privacy: show("measuring distances")
    case .relations: show("looking for relations")
    case .definitions: show("computing rules and statistics")
    case .models: show("training classifiers")
    }
  }

  func show(_ step: String) {
    if isQuiet { return }
    if line.isTerminal { line.replace(step + " …") } else { printError(step) }
  }

  /// Warns of fields that count as missing because they are not numbers.
  func warn(of unreadable: [UnreadableFields]) {
    if isQuiet { return }
    let shown = 5
    if !unreadable.isEmpty { line.clear() }
    for fields in unreadable.prefix(shown) {
      printError(
        "\(fields.table), column '\(fields.column)': \(fields.count) of the fields count as missing "
          + "because they are not numbers, such as '\(shortened(fields.example, to: 40))'.")
    }
    if unreadable.count > shown {
      printError("The same in \(unreadable.count - shown) more columns.")
    }
  }

  /// Names the columns that are not compared.
  func show(identifiers: [String]) {
    if isQuiet || identifiers.isEmpty { return }
    line.clear()
    let names = identifiers.map { "'\(shortened($0, to: 40))'" }.joined(separator: ", ")
    printError("Not compared, because every row has its own identifier: \(names).")
  }

  func finish(wrote files: [String]) {
    if isQuiet { return }
    line.clear()
    let written = files.joined(separator: ", ")
    let seconds = String(format: "%.1f s", start.duration(to: .now) / .seconds(1))
    printError("\(written.isEmpty ? "" : "\(written): ")judged in \(seconds).")
  }
}
