import Benchmark
import Foundation
import Support

/// In what the throughput of a benchmark is counted.
public enum Rate: String {
  case floatingPointOperations = "MFLOP/s"
  /// Bytes of operands and results, each counted once.
  case bytes = "MB/s"
  case rows = "rows/s"
  case calls = "calls/s"

  /// The metric that a benchmark reports.
  public var metric: BenchmarkMetric {
    .custom(rawValue, polarity: .prefersLarger, useScalingFactor: false)
  }

  /// The rate of an amount in a time, as the metric counts it.
  public func value(_ amount: Double, seconds: Double) -> Int {
    let scale =
      switch self {
      case .floatingPointOperations, .bytes: 1e-6
      case .rows, .calls: 1.0
      }
    return Int((amount * scale / seconds).rounded())
  }
}

/// In what the time of a call is counted.
public enum CallTime: String {
  case nanoseconds = "ns per call"
  case microseconds = "µs per call"

  fileprivate var metric: BenchmarkMetric {
    .custom(rawValue, polarity: .prefersSmaller, useScalingFactor: false)
  }

  fileprivate func value(seconds: Double) -> Int {
    Int((seconds * (self == .nanoseconds ? 1e9 : 1e6)).rounded())
  }
}

/// What comes before the benchmarks of a target are registered: debug builds are refused, and every benchmark, being a
/// process of its own, says on standard error what it runs on and gets a folder of its own.
public func beginBenchmarks() {
  refuseDebugBuild()
  Benchmark.setup = {
    printError(Machine.current.record)
    try FileManager.default.createDirectory(at: scratchFolder, withIntermediateDirectories: true)
  }
  Benchmark.teardown = { try FileManager.default.removeItem(at: scratchFolder) }
}

private let scratchFolder = FileManager.default.temporaryDirectory.appendingPathComponent(
  "likeness-benchmarks-\(ProcessInfo.processInfo.processIdentifier)")

/// The path of a file that is removed when the benchmark ends.
public func scratchPath(_ name: String) -> String {
  scratchFolder.appendingPathComponent(name).path
}

/// Registers a benchmark that reports a rate and the time of one call.
///
/// - Parameters:
///   - samples: how many at most.
///   - seconds: how long at most.
///   - prepare: makes the workload, in the process that measures it.
public func measure(
  _ name: String, _ rate: Rate, time: CallTime = .nanoseconds, samples: Int = 200,
  seconds: Int = 1, prepare: @escaping () async throws -> Workload
) {
  let configuration = Benchmark.Configuration(
    metrics: [rate.metric, time.metric], units: [rate.metric: .count, time.metric: .count],
    warmupIterations: 2, maxDuration: .seconds(seconds), maxIterations: samples)
  Benchmark(name, configuration: configuration) { (benchmark, workload: Workload) throws in
    let seconds = try workload.sample()
    benchmark.measurement(rate.metric, rate.value(workload.amount, seconds: seconds))
    benchmark.measurement(time.metric, time.value(seconds: seconds))
  } setup: {
    try await prepare()
  }
}
