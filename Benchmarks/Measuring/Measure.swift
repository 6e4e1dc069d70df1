import Benchmark
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

private let nanoseconds = BenchmarkMetric.custom(
  "ns per call", polarity: .prefersSmaller, useScalingFactor: false)

/// What comes before the benchmarks of a target are registered: debug builds are refused, and every benchmark, being a
/// process of its own, says on standard error what it runs on.
public func beginBenchmarks() {
  refuseDebugBuild()
  Benchmark.setup = { printError(Machine().record) }
}

/// Registers a benchmark that reports a rate and the time of one call.
///
/// - Parameters:
///   - samples: how many at most.
///   - seconds: how long at most.
///   - prepare: makes the workload, in the process that measures it.
public func measure(
  _ name: String, _ rate: Rate, samples: Int = 200, seconds: Int = 1,
  prepare: @escaping () throws -> Workload
) {
  let configuration = Benchmark.Configuration(
    metrics: [rate.metric, nanoseconds], units: [rate.metric: .count, nanoseconds: .count],
    warmupIterations: 2, maxDuration: .seconds(seconds),
    maxIterations: samples)
  Benchmark(name, configuration: configuration) { (benchmark, workload: Workload) throws in
    let seconds = try workload.sample()
    benchmark.measurement(rate.metric, rate.value(workload.amount, seconds: seconds))
    benchmark.measurement(nanoseconds, Int((seconds * 1e9).rounded()))
  } setup: {
    try prepare()
  }
}
