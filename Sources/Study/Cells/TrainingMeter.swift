import Foundation

/// Measures the time and memory of training, from the meter's creation on.
struct TrainingMeter {
  private let start: ContinuousClock.Instant
  private let processorStart: Double
  private let isPeakKnown: Bool

  init() {
    isPeakKnown = resetPeakMemory()
    processorStart = processorSeconds()
    start = .now
  }

  /// The measurements so far.
  func values() -> [StudyFigure: Double] {
    var values: [StudyFigure: Double] = [
      .trainingSeconds: start.duration(to: .now) / .seconds(1),
      .trainingCPUSeconds: processorSeconds() - processorStart,
    ]
    if isPeakKnown, let peak = peakMemoryBytes() { values[.peakMemoryBytes] = peak }
    return values
  }
}

/// Processor time of all threads of the process.
private func processorSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
}

/// Resets the peak memory of the process to its present memory; false if the system cannot.
private func resetPeakMemory() -> Bool {
  #if canImport(Glibc)
    // Memory that other cells left to the allocator is not part of this training. Swift's module of glibc lacks the function.
    if let trim = dlsym(nil, "malloc_trim") {
      // SAFETY: int malloc_trim(size_t), malloc_trim(3).
      _ = unsafeBitCast(trim, to: (@convention(c) (Int) -> Int32).self)(0)
    }
  #endif
  // Linux: proc(5).
  guard let file = FileHandle(forWritingAtPath: "/proc/self/clear_refs") else { return false }
  return (try? file.write(contentsOf: Data("5".utf8))) != nil
}

/// The peak memory of the process since the last reset; nil if the system does not report it.
private func peakMemoryBytes() -> Double? {
  guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8),
    let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
    let kilobytes = line.split(separator: " ").dropLast().last.flatMap({ Double($0) })
  else { return nil }
  return 1_024 * kilobytes
}
