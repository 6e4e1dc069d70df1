import CommandSupport
import Foundation
import Synchronization
import Synth
import Tables

/// Shows the progress of training on standard error: a bar on a terminal, a line for each epoch elsewhere.
final class ProgressDisplay: Sendable {
  private let isQuiet: Bool
  private let line = StatusLine()
  private let lastEpoch = Mutex((stage: 1, epoch: 0))
  private let lastLine = Mutex(ContinuousClock.now)
  private let start = ContinuousClock.now

  init(isQuiet: Bool) {
    self.isQuiet = isQuiet
  }

  /// Shows an activity before or after training if it takes long: in place on a terminal, a line every few seconds elsewhere.
  func show(_ activity: TrainingActivity) {
    show(activity: activity.text)
  }

  /// Shows that the model is being judged.
  func showJudging() {
    show(activity: "judging the model")
  }

  private func show(activity: String) {
    if isQuiet { return }
    let interval = Duration.milliseconds(line.isTerminal ? 200 : 5_000)
    guard
      lastLine.withLock({ last in
        guard last.duration(to: .now) > interval else { return false }
        last = .now
        return true
      })
    else { return }
    if line.isTerminal { line.replace(activity) } else { printError(activity) }
  }

  func show(_ progress: TrainingProgress) {
    if isQuiet { return }
    lastLine.withLock { $0 = .now }
    let text = describe(progress)
    if line.isTerminal {
      line.replace(text)
    } else if progress.stageEpochs >= 1,
      lastEpoch.withLock({ last in
        let epoch = (stage: progress.stage, epoch: Int(progress.stageEpochs))
        defer { last = epoch }
        return last != epoch
      })
    {
      printError(text)
    }
  }

  /// Prints the summary: the accuracy, how long training took and why it ended, and warnings about the model.
  func finish(_ generator: Generator, path: String, checkpoint: Checkpointing?) {
    if isQuiet { return }
    line.clear()
    if let accuracy = generator.report.accuracy { printError("accuracy \(accuracy.sentence)") }
    let seconds = String(format: "%.1f s", start.duration(to: .now) / .seconds(1))
    let summary = generator.summary
    printError(
      "\(path): trained on \(summary.trained) in \(seconds). \(generator.report.stopReason.sentence)"
    )
    if !generator.foundRules.isEmpty {
      printError(
        "Found in every row and kept in all new rows (--no-found-rules leaves them out): "
          + generator.foundRules.descriptions.map(\.printable).joined(separator: "; "))
    }
    for broken in generator.report.brokenConstraints {
      printError("\("\(broken)".printable); it holds in all new rows.")
    }
    for broken in generator.report.brokenDerivations {
      printError(
        "'\(broken.derivation)' does not hold in \(broken.rows) of \(generator.rowCount) rows; it holds in all new rows."
      )
    }
    for hidden in generator.report.hiddenWords {
      let rows = hidden.rowCount == 1 ? "1 row has" : "\(hidden.rowCount) rows have"
      printError(
        "Column '\(TextTable.shortened(hidden.column))': \(rows) words that too few rows share; they count as missing. "
          + "Give words that mean a missing value with --missing.")
    }
    let isPersonal = { (column: Generator.Summary.Column) in
      ["text", "email"].contains(column.type)
    }
    for column in summary.columns
    where column.rareShare > RareValues.leastShare && !isPersonal(column) {
      printError(
        "Column '\(TextTable.shortened(column.name))': \(TextTable.percentage(column.rareShare)) of the rows have a value that "
          + "too few rows share. New rows have \(column.rareReplacement ?? "") there.")
    }
    let personal = summary.columns.filter(isPersonal).map(\.name)
    if !personal.isEmpty {
      let names = personal.map { "'\($0)'" }.joined(separator: ", ")
      printError(
        "Almost every row has its own text in \(names): new texts are made up. Use --exclude to leave them out."
      )
    }
    if generator.report.stopReason == .cancelled, let checkpoint {
      printError("\(checkpoint.path): give this file to --resume to continue.")
    }
  }

  /// Prints why the model was not judged.
  func warnNotJudged(because error: any Error) {
    line.clear()
    let reason = error is CancellationError ? "Stopped on request." : "\(error)"
    printError("The model was not judged: \(reason)")
  }

  private func describe(_ progress: TrainingProgress) -> String {
    let epoch = min(
      progress.stageEpochLimit, Int(progress.stageEpochs) + (line.isTerminal ? 1 : 0))
    let heldOut = progress.heldOutLoss.map { String(format: "%.3f", $0) } ?? "-"
    let order = progress.order == .any ? "random orders" : "table order"
    let stage = progress.stageCount > 1 ? ", stage \(progress.stage)/\(progress.stageCount)" : ""
    return "\(progress.modelSize.rawValue) model, \(order)\(stage), epoch \(epoch)"
      + String(format: "  training loss %.3f", progress.trainingLoss) + "  held-out \(heldOut)"
      + String(format: "  %.0f rows/s", progress.rowsPerSecond)
      + String(format: "  at most %.0f s left", progress.remainingSeconds.rounded(.up))
  }
}

extension TrainingActivity {
  /// The activity as shown to the user.
  fileprivate var text: String {
    switch self {
    case .reading(let rowCount): "reading the table  row \(rowCount)"
    case .relatingColumns(let done, let count): "relating columns  \(done)/\(count)"
    case .calibrating: "calibrating the model"
    }
  }
}
