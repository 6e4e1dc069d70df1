/// Measures the time of a run against its limit.
final class RunClock {
  private let now: () -> ContinuousClock.Instant
  private let begin: ContinuousClock.Instant
  private let limitSeconds: Double?
  private var startEpochs = 0.0
  private var startSeconds = 0.0
  /// When the running stage completed its first step.
  private var stageStart: (trainer: ObjectIdentifier, seconds: Double, step: Int)?

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

  /// Progress of a stage by the time limit, from 0 to 1; 0 while its steps are expected to finish in time.
  ///
  /// - Parameter stagesLeft: stages that share the time equally, including this one.
  func progress(_ trainer: Trainer, stagesLeft: Int) -> Double {
    guard let limitSeconds else { return 0 }
    let now = elapsedSeconds
    guard let stageStart, stageStart.trainer == ObjectIdentifier(trainer) else {
      stageStart = (ObjectIdentifier(trainer), now, trainer.step)
      return 0
    }
    let allowed = (limitSeconds - stageStart.seconds) / Double(stagesLeft)
    let spent = now - stageStart.seconds
    if spent >= allowed { return 1 }
    let steps = Double(trainer.step - stageStart.step)
    let expected = spent / steps * Double(trainer.stepCount - stageStart.step)
    // The first steps are no reliable estimate of the others.
    guard expected > allowed, spent > min(1, allowed / 10) else { return 0 }
    let start = Double(stageStart.step) / Double(trainer.stepCount)
    return start + (1 - start) * spent / allowed
  }
}
