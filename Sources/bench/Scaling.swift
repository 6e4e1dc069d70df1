import ArgumentParser
import CommandSupport
import Foundation
import Study
import Synth
import Tables

struct Scaling: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Training and generation time against rows, columns and threads.",
    discussion: """
      A model of INPUT draws the tables that are trained on, so that any number of rows is at hand. \
      The exponent is the slope of log(time) against log(size), over the sizes from 6,400 rows on.
      """)

  @Argument(help: "A CSV file.")
  var input: String

  @Option(help: "Row counts, comma-separated; empty for none.")
  var rows = CommaList([
    200, 400, 800, 1600, 3200, 6400, 12800, 25600, 51200, 102400, 204800, 409600, 1_000_000,
  ])

  @Option(help: "Column counts, comma-separated, at 6,400 rows; empty for none.")
  var columns = CommaList([5, 10, 20, 50, 100, 200])

  @Option(help: "Thread counts, comma-separated, at 25,600 rows; empty for none.")
  var threads = CommaList([1, 2])

  @Option(help: "Epochs of every training.")
  var epochs = 1

  @Option(help: "small, medium or large.")
  var modelSize = ModelSize.medium

  func validate() throws {
    if let count = (rows.values + columns.values + threads.values).first(where: { $0 < 1 }) {
      throw ValidationError("A count is \(count). Give numbers above 0.")
    }
  }

  func run() async throws {
    try BenchCommand.refuseDebugBuild()
    try printLines(BenchRecord(seed: TrainingOptions().seed).description)
    let origin = try await Generator.train(
      on: CSVFiles(paths: [input]), options: TrainingOptions(modelSize: .small, epochs: 4))
    var points: [(size: Double, seconds: Double)] = []
    for count in rows.values {
      let table = try await origin.generate(rows: count)
      let time = try await measure(table, threadCount: nil, label: "\(count) rows")
      if count >= 6_400 { points.append((Double(count), time)) }
    }
    if let law = PowerLaw(through: points) {
      try printLines(String(format: "exponent of training time against rows: %.2f", law.exponent))
    }
    for count in columns.values {
      let table = try Scaling.widened(await origin.generate(rows: 6_400), to: count)
      _ = try await measure(table, threadCount: nil, label: "\(count) columns")
    }
    for count in threads.values {
      let table = try await origin.generate(rows: 25_600)
      _ = try await measure(table, threadCount: count, label: "\(count) threads")
    }
  }

  /// Trains on a table, draws as many rows as it has, prints both times and gives the first.
  private func measure(
    _ table: Table, threadCount: Int?, label: String
  ) async throws -> Double {
    let options = TrainingOptions(modelSize: modelSize, epochs: epochs, threadCount: threadCount)
    let start = ContinuousClock.now
    let generator = try await Generator.train(on: table, options: options)
    let training = start.duration(to: .now) / .seconds(1)
    let drawing = try seconds {
      try generator.drawFile(0..<table.rowCount, to: "/dev/null", threadCount: threadCount)
    }
    let count = Double(table.rowCount)
    try printLines(
      label.padding(toLength: 14, withPad: " ", startingAt: 0)
        + String(
          format: "training %9.3f s %9.0f rows/s   generation %8.3f s %9.0f rows/s", training,
          count * Double(epochs) / training, drawing, count / drawing))
    return training
  }

  /// A table of the first columns, repeated under other names until there are enough.
  private static func widened(_ table: Table, to count: Int) throws -> Table {
    try Table(
      columns: (0..<count).map { index in
        var column = table.columns[index % table.columns.count]
        column.name += "_\(index)"
        return column
      })
  }
}
