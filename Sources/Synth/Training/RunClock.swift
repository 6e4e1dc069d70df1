/// The time that a run has taken and may take.
final class RunClock {
  private let now: () -> ContinuousClock.Instant
  private let begin: ContinuousClock.Instant
  private let limitSeconds: Double?
  private var startEpochs = 0.0
  private var startSeconds = 0.0
  /// When the running phase made its first step.
  private var phaseStart: (trainer: ObjectIdentifier, seconds: Double, step: Int)?

  init(limitMinutes: Double?, now: @escaping () -> ContinuousClock.Instant) {
    limitSeconds = limitMinutes.map { 60 * $0 }
    self.now = now
    begin = now()
  }

  /// Training begins, with so many epochs behind it.
  func start(at epochs: Double) {
    (startEpochs, startSeconds) = (epochs, elapsedSeconds)
  }

  var elapsedSeconds: Double { begin.duration(to: now()) / .seconds(1) }

  /// Epochs per second since the start.
  func rate(at epochs: Double) -> Double {
    (epochs - startEpochs) / max(elapsedSeconds - startSeconds, 1e-9)
  }

  /// Whether the time for what comes before a phase's first step is over: half of the phase's part of all that is left.
  ///
  /// - Parameters:
  ///   - start: when the phase began, in seconds since the run did.
  ///   - phasesLeft: phases of as much work that share the time, the running one among them.
  func isPreparationOver(since start: Double, phasesLeft: Int) -> Bool {
    guard let limitSeconds else { return false }
    return elapsedSeconds - start > (limitSeconds - start) / Double(2 * phasesLeft)
  }

  /// How much of a phase the time says is over: 0 while its steps are on course to be made in time.
  ///
  /// - Parameter phasesLeft: phases of as much work that share the time, the running one among them.
  func progress(_ trainer: Trainer, phasesLeft: Int) -> Double {
    guard let limitSeconds else { return 0 }
    let now = elapsedSeconds
    guard let phaseStart, phaseStart.trainer == ObjectIdentifier(trainer) else {
      phaseStart = (ObjectIdentifier(trainer), now, trainer.step)
      return 0
    }
    let allowed = (limitSeconds - phaseStart.seconds) / Double(phasesLeft)
    let spent = now - phaseStart.seconds
    if spent >= allowed { return 1 }
    let steps = Double(trainer.step - phaseStart.step)
    let expected = spent / steps * Double(trainer.stepCount - phaseStart.step)
    // The first steps say little about the others.
    guard expected > allowed, spent > min(1, allowed / 10) else { return 0 }
    let start = Double(phaseStart.step) / Double(trainer.stepCount)
    return start + (1 - start) * spent / allowed
  }
}
