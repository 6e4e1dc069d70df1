import Synchronization
import Synth

/// The progress of a study.
public struct StudyProgress: Sendable {
  public enum Step: Sendable {
    /// The figures of real rows are being computed.
    case reference
    case training(TrainingProgress)
    case drawing
    case judging
    case finished(StudyCell)
    /// Tables, figures and the report are being written.
    case writing
  }

  public var step: Step
  /// The present cell; nil before the first and after the last.
  public var cell: StudyCell.Key?
  public var finishedCount: Int
  public var cellCount: Int
  /// An estimate that improves with every cell.
  public var remainingSeconds: Double
}

/// Reports the progress of a study and estimates the remaining time.
final class ProgressReporter: Sendable {
  private struct State {
    var cell: (key: StudyCell.Key, start: ContinuousClock.Instant)?
    var finishedCount = 0
    /// Of the cells that are not finished.
    var expectedSeconds = 0.0
    /// The seconds that this run's cells have taken, and their expected seconds.
    var spent = 0.0
    var expectedSpent = 0.0
  }

  private let cellCount: Int
  private let report: @Sendable (StudyProgress) -> Void
  private let state: Mutex<State>

  init(
    _ plan: StudyPlan, unfinished: [StudyCell.Key],
    report: @escaping @Sendable (StudyProgress) -> Void
  ) {
    cellCount = plan.keys.count
    self.report = report
    state = Mutex(
      State(
        finishedCount: cellCount - unfinished.count,
        expectedSeconds: unfinished.reduce(0) { $0 + $1.expectedSeconds }))
  }

  func begin(_ key: StudyCell.Key) { state.withLock { $0.cell = (key, .now) } }

  func finish(_ cell: StudyCell) {
    state.withLock { state in
      let expected = cell.key.expectedSeconds
      state.finishedCount += 1
      state.expectedSeconds -= expected
      state.expectedSpent += expected
      if let running = state.cell { state.spent += running.start.duration(to: .now) / .seconds(1) }
    }
    show(.finished(cell))
    state.withLock { $0.cell = nil }
  }

  func show(_ step: StudyProgress.Step) {
    report(
      state.withLock { state in
        let rate = state.expectedSpent > 0 ? state.spent / state.expectedSpent : 1
        var remaining = state.expectedSeconds * rate
        if let cell = state.cell {
          // A cell that takes longer than expected is assumed to be nearly done.
          let spent = cell.start.duration(to: .now) / .seconds(1)
          remaining -= min(spent, 0.9 * cell.key.expectedSeconds * rate)
        }
        return StudyProgress(
          step: step, cell: state.cell?.key, finishedCount: state.finishedCount,
          cellCount: cellCount, remainingSeconds: max(0, remaining))
      })
  }
}

extension StudyCell.Key {
  /// Roughly the seconds of a cell on two server cores; once a cell is finished only the ratios count.
  fileprivate var expectedSeconds: Double {
    let width =
      switch modelSize {
      case .small: 0.5
      case .medium: 1.0
      case .large: 3.0
      }
    var share = 1.0
    if case .most(let epochs) = epochs { share = min(1, Double(epochs) / 6) }
    return 2 + 1e-4 * Double(rowCount) * width * share
  }
}
