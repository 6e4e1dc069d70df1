/// Measures the time of a run against its limit.
final class RunClock {
  private let now: () -> ContinuousClock.Instant
  private let begin: ContinuousClock.Instant
  private let limitSeconds: Double?
  private var startEpochs = 0.0
  private var startSeconds = 0.0
  /// When the running stage completed its first step.
  private var stageStart: (trainer: ObjectIdentifier, seconds: Double)?

  init(limitMinutes: Double?, now: @escaping () -> ContinuousClock.Instant) {
    limitSeconds = limitMinutes.map { 60 * $0 }
    self.now = now
    begin = now()
  }

  /// Marks the start of training, after this many epochs of earlier runs.
  func start(at epochs: Double) {
    (startEpochs, startSeconds) = (epochs, elapsedSeconds)
  }

  var elapsedSeconds: Double { begin.duration(to: now()) / .seconds(1) }

  /// The used fraction of the time limit; 0 without one.
  var usedShare: Double { limitSeconds.map { elapsedSeconds / $0 } ?? 0 }

  /// Epochs per second since the start.
  func rate(at epochs: Double) -> Double {
    (epochs - startEpochs) / max(elapsedSeconds - startSeconds, 1e-9)
  }

  /// Whether the time for preparing a stage is over: half of the stage's share of the time that was left when it began.
  ///
  /// - Parameters:
  ///   - start: when the stage began, in seconds since the run did.
  ///   - stagesLeft: stages that share the time equally, including this one.
  func isPreparationOver(since start: Double, stagesLeft: Int) -> Bool {
    guard let limitSeconds else { return false }
    return elapsedSeconds - start > (limitSeconds - start) / Double(2 * stagesLeft)
  }

  /// Whether the time of a stage is over: its share of the time that was left when its first step ended.
  ///
  /// - Parameter stagesLeft: stages that share the time equally, including this one.
  func isOver(_ trainer: Trainer, stagesLeft: Int) -> Bool {
    guard let limitSeconds else { return false }
    let now = elapsedSeconds
    guard let stageStart, stageStart.trainer == ObjectIdentifier(trainer) else {
      stageStart = (ObjectIdentifier(trainer), now)
      return now >= limitSeconds
    }
    return now - stageStart.seconds >= (limitSeconds - stageStart.seconds) / Double(stagesLeft)
  }
}
