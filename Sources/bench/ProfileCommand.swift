import ArgumentParser
import CommandSupport
import Foundation
import NN
import Synth
import Tables

struct ProfileCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile",
    abstract: "Splits training steps and drawn blocks into products, kernels and the rest.")

  @Argument(help: "A CSV file.")
  var input: String

  @Option(help: "small, medium or large.")
  var modelSize = ModelSize.medium

  @Option(help: "natural or any; of mixed, table order is measured.")
  var order = ColumnOrder.natural

  @Option(help: "Rows per training step.")
  var batchSize: Int?

  @Option(help: "Training steps to measure.")
  var steps = 300

  @Option(help: "Rows to draw.")
  var rows = 100_000

  @OptionGroup var products: PrecisionOption

  @Option(help: "Threads for the runs that are compared with one thread.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  func run() async throws {
    try BenchCommand.refuseDebugBuild()
    let record = BenchRecord(threadCount: threads, seed: TrainingOptions().seed)
    try printLines(record.description)
    let source = try Table(contentsOf: input)
    var options = TrainingOptions(modelSize: modelSize, order: order, batchSize: batchSize)
    options.precision = products.precision ?? options.precision
    let bench = try TrainingBench(source, options: options)
    try report("a training step", per: steps, rates: record.rates) { threads, isProfiled in
      bench.run(steps: steps, threadCount: threads, isProfiled: isProfiled)
    }
    var short = options
    short.optimization.epochs = 1
    let generator = try await Generator.train(on: source, options: short)
    try report("1,000 drawn rows", per: rows / 1_000, rates: record.rates) { threads, isProfiled in
      try measure(isProfiled) {
        try generator.drawFile(0..<rows, to: "/dev/null", threadCount: threads)
      }
    }
  }

  /// Prints the split of one thread's time, and how much of several threads' time is spent waiting.
  private func report(
    _ unit: String, per count: Int, rates: ProductRates,
    measure: (_ threadCount: Int, _ isProfiled: Bool) throws -> (seconds: Double, Profile?)
  ) throws {
    _ = try measure(1, false)
    let (single, _) = try measure(1, false)
    let (profiled, profile) = try measure(1, true)
    let (parallel, _) = try measure(threads, false)
    let count = Double(count)
    try printLines("\n\(unit), one thread: \(milliseconds(single / count)) ms")
    try printLines("part                        calls          ms   share   GFLOP/s")
    var known = 0.0
    for entry in profile?.entries ?? [] {
      known += entry.seconds
      let rate = Double(entry.operationCount) / entry.seconds * 1e-9
      try printLines(
        line(
          entry.name, Double(entry.callCount) / count, entry.seconds / count,
          share: entry.seconds / profiled)
          + (entry.operationCount > 0 ? String(format: "   %7.1f", rate) : ""))
    }
    try printLines(
      line("the rest: Swift, copies", 0, (profiled - known) / count, share: 1 - known / profiled))
    let operations = profile?.entries.reduce(0) { $0 + $1.operationCount } ?? 0
    let rate = Double(operations) / single * 1e-9
    try printLines(
      String(
        format: "all: %.1f GFLOP/s, %.0f %% of the products' peak of %.1f", rate,
        100 * rate / rates.peak, rates.peak))
    try printLines(
      "\(threads) threads: \(milliseconds(parallel / count)) ms, "
        + String(
          format: "%.0f %% of their time waiting or serial",
          100 * (1 - single / (Double(threads) * parallel))))
    // Blocks of rows are drawn by tasks, not in jobs of a pool.
    if let profile, profile.jobs.contains(where: { $0.partCount > 1 }) {
      try ThreadModel(
        profile, profiledSeconds: profiled, seconds: single, measured: (threads, parallel)
      ).report(per: count)
    }
  }

  private func line(_ name: String, _ calls: Double, _ seconds: Double, share: Double) -> String {
    name.padding(toLength: 24, withPad: " ", startingAt: 0)
      + String(format: "%9.1f  %10.4f  %5.1f %%", calls, seconds * 1e3, 100 * share)
  }

  private func milliseconds(_ seconds: Double) -> String { String(format: "%.3f", seconds * 1e3) }
}

/// Runs work with or without the profile and measures its time.
func measure(_ isProfiled: Bool, _ body: () throws -> Void) rethrows -> (Double, Profile?) {
  var profile: Profile?
  let elapsed = try seconds {
    if isProfiled { profile = try Profile.measure(body) } else { try body() }
  }
  return (elapsed, profile)
}

/// Training steps on a table that is encoded once.
final class TrainingBench {
  private let encoder: TableEncoder
  private let plan: TrainingPlan

  init(_ source: some RowSource, options: TrainingOptions) throws {
    encoder = try TableEncoder(source, options: TableEncoder.Options(options))
    let whole = TrainingPlan(
      rowCount: encoder.table.rowCount, columnCount: encoder.columns.count, options: options)
    plan = whole.plan(of: whole.stages[0], after: [])
  }

  /// Runs steps from the start, after ten that warm up.
  func run(steps: Int, threadCount: Int, isProfiled: Bool) -> (seconds: Double, Profile?) {
    let trainer = Trainer(encoder, plan: plan, pool: WorkerPool(threadCount: threadCount))
    trainer.beginEpoch(1)
    func run(_ count: Int) {
      for _ in 0..<count { _ = trainer.trainStep(trainer.step % trainer.stepsPerEpoch) }
    }
    run(10)
    return measure(isProfiled) { run(steps) }
  }
}
