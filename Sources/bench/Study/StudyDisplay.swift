import CommandSupport
import Foundation
import Study

/// Shows a study on standard error: a moving line on a terminal, and one line for each finished cell.
final class StudyDisplay: Sendable {
  private let isQuiet: Bool
  private let line = StatusLine()
  private let start = ContinuousClock.now

  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  /// Prints the number of rows and the training sizes.
  func begin(_ study: Study) {
    if isQuiet { return }
    let plan = study.plan
    printError(
      "\(study.trainingRowCount) training and \(study.holdoutRowCount) holdout rows; sizes "
        + plan.rowCounts.map { "\($0)" }.joined(separator: ", ") + "; \(plan.keys.count) cells")
    if !plan.oversized.isEmpty {
      printError(
        "All \(study.trainingRowCount) training rows replace larger sizes: "
          + plan.oversized.map { "\($0)" }.joined(separator: ", "))
    }
  }

  func show(_ progress: StudyProgress) {
    if isQuiet { return }
    if case .finished(let cell) = progress.step {
      line.clear()
      printError("[\(progress.finishedCount)/\(progress.cellCount)] \(describe(cell))")
    } else if line.isTerminal {
      line.replace(describe(progress))
    }
  }

  func finish(_ results: StudyResults, in folder: String) {
    if isQuiet { return }
    line.clear()
    let seconds = String(format: "%.1f s", start.duration(to: .now) / .seconds(1))
    if !results.isComplete {
      printError(
        "Stopped on request with \(results.cells.count) of \(results.plan.keys.count) cells. "
          + "Run the same command to resume.")
    }
    printError("\(folder)/study.html: written after \(seconds).")
  }

  private func describe(_ cell: StudyCell) -> String {
    func text(_ figure: StudyFigure, _ format: String) -> String {
      cell.values[figure].map { String(format: format, $0) } ?? "-"
    }
    return cell.key.id + "  accuracy " + text(.accuracy, "%.4f") + "  training "
      + text(.trainingSeconds, "%.2f s") + text(.epochs, ", %.0f epochs")
  }

  private func describe(_ progress: StudyProgress) -> String {
    let step =
      switch progress.step {
      case .reference: "judging real rows"
      case .training(let training):
        String(format: "training, epoch %.1f of %d", training.stageEpochs, training.stageEpochLimit)
          + (training.stageCount > 1 ? ", stage \(training.stage) of \(training.stageCount)" : "")
      case .drawing: "drawing"
      case .judging: "judging"
      case .finished: "finished"
      case .writing: "writing"
      }
    let cell = progress.cell.map { "\($0.id): " } ?? ""
    let left = Duration.seconds(progress.remainingSeconds.rounded(.up))
      .formatted(.time(pattern: .minuteSecond))
    return "[\(progress.finishedCount)/\(progress.cellCount)] \(cell)\(step)  \(left) left"
  }
}
