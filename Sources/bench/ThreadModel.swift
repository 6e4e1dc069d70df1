import CommandSupport
import Foundation
import NN

/// The time of some work with more threads than this machine has, from a profile of one thread (Amdahl, 1967).
///
/// A job of n equal parts takes as long as the parts that its busiest thread runs, but at least as long as its longest part.
/// What is outside of jobs is serial. Every job that more than one thread runs costs a fixed time more: starting and waiting.
/// Caches and memory that the threads share, and clocks that fall when all cores compute, are left out.
struct ThreadModel {
  private let jobs: [Profile.Job]
  /// Turns times with the profile's clock into times without it.
  private let scale: Double
  private let serialSeconds: Double
  /// Of starting a job and waiting for its end.
  private let jobSeconds: Double

  /// - Parameters:
  ///   - profile: of one thread.
  ///   - profiledSeconds: what the profiled work took.
  ///   - seconds: what it takes without the profile.
  ///   - measured: the time of several threads, from which the cost of a job follows.
  init(
    _ profile: Profile, profiledSeconds: Double, seconds: Double,
    measured: (threadCount: Int, seconds: Double)
  ) {
    let (jobs, scale) = (profile.jobs, seconds / profiledSeconds)
    let serial = seconds - scale * jobs.reduce(0) { $0 + $1.seconds }
    let ideal = jobs.reduce(serial) {
      $0 + scale * ThreadModel.seconds(of: $1, threadCount: measured.threadCount)
    }
    let sharedJobCount = jobs.reduce(0) { $0 + ($1.partCount > 1 ? $1.callCount : 0) }
    self.jobs = jobs
    self.scale = scale
    serialSeconds = serial
    jobSeconds = max(0, measured.seconds - ideal) / Double(max(1, sharedJobCount))
  }

  func seconds(threadCount: Int) -> Double {
    jobs.reduce(serialSeconds) { sum, job in
      let isShared = threadCount > 1 && job.partCount > 1
      return sum + scale * ThreadModel.seconds(of: job, threadCount: threadCount)
        + (isShared ? Double(job.callCount) * jobSeconds : 0)
    }
  }

  private static func seconds(of job: Profile.Job, threadCount: Int) -> Double {
    let rounds = (job.partCount + threadCount - 1) / threadCount
    return max(job.longestSeconds, job.seconds * Double(rounds) / Double(job.partCount))
  }

  /// Prints the jobs of one unit of work, and what the unit takes with more threads.
  ///
  /// - Parameter count: the number of units that were measured.
  func report(per count: Double) throws {
    func milliseconds(_ seconds: Double) -> String {
      String(format: "%10.4f", seconds / count * 1e3)
    }
    try printLines("\njobs of one thread      calls          ms   longest part, ms")
    for job in jobs {
      try printLines(
        "\(job.partCount) parts".padding(toLength: 20, withPad: " ", startingAt: 0)
          + String(format: "%9.1f  ", Double(job.callCount) / count)
          + milliseconds(scale * job.seconds) + "         "
          + milliseconds(scale * job.longestSeconds))
    }
    try printLines("outside of jobs                " + milliseconds(serialSeconds))
    try printLines("starting and waiting, for a job" + milliseconds(jobSeconds * count))
    try printLines("\nby Amdahl's law    ms   times one thread")
    for threadCount in [1, 2, 4, 8, 16, 32, 64] {
      let time = seconds(threadCount: threadCount)
      try printLines(
        String(format: "%3d threads", threadCount) + milliseconds(time)
          + String(format: "   %16.2f", seconds(threadCount: 1) / time))
    }
  }
}
