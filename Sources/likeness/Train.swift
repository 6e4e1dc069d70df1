import ArgumentParser
import Foundation
import Synth
import Tables

struct Train: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a model on a table.",
    discussion: """
      INPUT is CSV, plain or gzip; several files with the same header are read as one table, and - is standard input. \
      Ctrl-C ends training at the next step and keeps the best model so far (exit code 2).

      EXAMPLES
        likeness train people.csv.gz -o people.likeness
        likeness train 2023.csv 2024.csv -o years.likeness --model-size large
        zcat people.csv.gz | likeness train - -o people.likeness --seed 7 --quiet
      """)

  @Argument(
    help: ArgumentHelp("CSV files with a header row.", valueName: "input"), completion: .file())
  var inputs: [String]

  @Option(name: [.short, .long], help: "The model file to write.", completion: .file())
  var output: String

  @Option(help: "The width of the model: small, medium or large.")
  var modelSize = ModelSize.medium

  @Option(help: "The most epochs to train for; training stops before when it no longer helps.")
  var epochs: Int?

  @Option(
    help: """
      The orders in which columns are read: natural draws whole rows only, mixed also answers any condition, any has \
      random orders alone.
      """)
  var order = ColumnOrder.mixed

  @Option(help: "Rows per step. (default: by the number of rows)")
  var batchSize: Int?

  @Option(help: "The highest learning rate. (default: by model and batch size)")
  var learningRate: Float?

  @OptionGroup var csv: CSVInputOptions
  @OptionGroup var common: CommonOptions

  @Flag(help: "Report errors only.")
  var quiet = false

  func validate() throws {
    if output == "-" { throw ValidationError("A model cannot go to standard output. Name a file.") }
    try trainingOptions().validateAsUsage()
  }

  func run() async throws {
    try await reportingErrors {
      try AtomicFile.checkWritable(output)
      let source = try CSVFiles(paths: inputs, options: csv.options())
      let display = ProgressDisplay(isQuiet: quiet)
      let options = try trainingOptions()
      let generator = try await withInterrupt {
        try await Generator.train(on: source, options: options) { display.show($0) }
      }
      try generator.write(to: output)
      display.finish(generator, path: output)
      if generator.stopReason == .cancelled { throw ExitCode(2) }
    }
  }

  private func trainingOptions() throws -> TrainingOptions {
    TrainingOptions(
      modelSize: modelSize, epochs: epochs, order: order, batchSize: batchSize,
      learningRate: learningRate, seed: common.seed, threadCount: common.threads,
      missingValues: csv.missingValues())
  }
}

extension ModelSize: ExpressibleByArgument {}
extension ColumnOrder: ExpressibleByArgument {}
