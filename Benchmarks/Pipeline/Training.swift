import Benchmark
import Measuring
import Support
import Synchronization
import Synth
import Tables

/// Whole runs of one epoch over a table in memory: the rate of the steps alone, and of the run with everything around them.
func measureTraining() {
  for order in [ColumnOrder.natural, .mixed] {
    for size in ModelSize.allCases {
      for threads in threadCounts {
        measureTraining(order: order, size: size, threads: threads)
      }
    }
  }
}

private func measureTraining(order: ColumnOrder, size: ModelSize, threads: Int) {
  let whole = Rate.rows.metric
  let steps = BenchmarkMetric.custom(
    "rows/s of the steps", polarity: .prefersLarger, useScalingFactor: false)
  let configuration = Benchmark.Configuration(
    metrics: [whole, steps], units: [whole: .count, steps: .count], warmupIterations: 1,
    maxDuration: .seconds(20), maxIterations: 5)
  Benchmark(
    "Training, \(order.rawValue) order, \(size.rawValue), \(threads) threads",
    configuration: configuration
  ) { (benchmark, table: Table) async throws in
    let options = TrainingOptions(
      modelSize: size, epochs: 1, order: order, threadCount: threads)
    let stepRate = Mutex(0.0)
    let start = ContinuousClock.now
    let generator = try await Generator.train(on: table, options: options) { progress in
      stepRate.withLock { $0 = progress.rowsPerSecond }
    }
    let seconds = start.duration(to: .now) / .seconds(1)
    try check(generator.report.history[0].trainingLoss)
    let trainedRows = Double(table.rowCount - generator.summary.heldOutRows)
    benchmark.measurement(whole, Rate.rows.value(trainedRows, seconds: seconds))
    benchmark.measurement(steps, Rate.rows.value(stepRate.withLock { $0 }, seconds: 1))
  } setup: {
    sampleTable(rowCount: 20_000)
  }
}
