import ArgumentParser
import CommandSupport
import Eval
import Foundation
import Study
import Synth
import Tables

struct Train: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Train a model on a table.",
    discussion: """
      INPUT is CSV, plain or gzip. Several files with the same header are read as one table; - is standard input. \
      Ctrl-C ends training at the next step and keeps the best model so far (exit code 2).

      --checkpoint saves the state of training after every epoch, every minute within long epochs, and on Ctrl-C. \
      --resume continues from it, even after kill -9 or a power cut, and ends with the same bytes as a run without a \
      stop. Give it the same input. The options come from the checkpoint, which is removed when the model is written.

      EXAMPLES
        likeness train people.csv.gz -o people.likeness
        likeness train 2023.csv 2024.csv -o years.likeness --model-size large
        likeness train people.csv -o people.likeness --column zip=category --exclude remarks
        zcat people.csv.gz | likeness train - -o people.likeness --seed 7 --quiet
        likeness train people.csv -o people.likeness --checkpoint people.checkpoint
        likeness train people.csv -o people.likeness --resume people.checkpoint
      """)

  @Argument(
    help: ArgumentHelp("CSV files with a header row.", valueName: "input"), completion: .file())
  var inputs: [String]

  @Option(name: [.short, .long], help: "The model file to write.", completion: .file())
  var output: String

  @Option(
    help: """
      The width of the model: small, medium, large, or auto: medium, and large where the held-out loss still falls fast after \
      four epochs. (default: auto)
      """)
  var modelSize: ModelSizeChoice?

  @Option(
    help: """
      The most epochs to train for, in each order. Training ends once the held-out loss stops falling. (default: 100)
      """)
  var epochs: Int?

  @Option(
    help: "The most minutes to train for.")
  var maxMinutes: Double?

  @Option(
    help: """
      The column orders to train in: natural is table order, any is random orders, mixed is both, each with weights of its \
      own. Only mixed and any learn a column given any others. (default: mixed)
      """)
  var order: ColumnOrder?

  @Option(help: "Rows per step. (default: by the number of rows)")
  var batchSize: Int?

  @Option(help: "The learning rate after the first steps. (default: by batch size)")
  var learningRate: Float?

  @Option(
    name: .customLong("constraint"), parsing: .singleValue,
    help: ArgumentHelp(
      """
      A rule that every drawn row obeys, such as 'fixed(education, education_num)' or 'onehot(red, green, blue)'; repeat \
      for several.
      """, valueName: "rule"),
    transform: { try Constraint(parsing: $0) })
  var constraints: [Constraint] = []

  @Flag(help: "Obey rules even if more than 5 % of the rows break them.")
  var forceConstraint = false

  @Flag(
    help: """
      Do not look for rules that hold in every row. (default: formulas, orders, dependencies and one-hot groups that are \
      found hold in all new rows)
      """)
  var noFoundRules = false

  @Option(
    name: .customLong("derive"), parsing: .singleValue,
    help: ArgumentHelp(
      "A column to compute from others in every row, such as 'total = price * quantity'; repeat for several.",
      valueName: "column=formula"),
    transform: { try Derivation(parsing: $0) })
  var derivations: [Derivation] = []

  @OptionGroup var schemas: SchemaOptions
  @OptionGroup var protection: ProtectionOptions
  @OptionGroup var checkpoints: CheckpointOptions
  @OptionGroup var csv: CSVInputOptions
  @OptionGroup var common: CommonOptions
  @OptionGroup var products: PrecisionOption

  @Flag(help: "Do not measure the accuracy of drawn rows at the end.")
  var noReport = false

  @Flag(help: "Print errors only.")
  var quiet = false

  func validate() throws {
    if output == "-" { throw ValidationError("A model cannot go to standard output. Name a file.") }
    try checkpoints.validate()
    try checkOutputs(
      [
        "--output": output, "--resume": checkpoints.resume,
        "--checkpoint": checkpoints.replacesResumed ? nil : checkpoints.checkpoint,
      ], inputs: inputs + [schemas.path].compactMap { $0 })
    try trainingOptions(TrainingOptions()).validateAsUsage()
  }

  func run() async throws {
    try await reportingErrors {
      try common.checkMemory()
      try AtomicFile.checkWritable(output)
      let source = try CSVFiles(paths: inputs, options: csv.options())
      let display = ProgressDisplay(isQuiet: quiet)
      let resumed = try checkpoints.resume.map { try Checkpoint(contentsOf: $0) }
      let options = trainingOptions(
        resumed?.options ?? TrainingOptions(), schema: try schemas.schema())
      protection.warn(of: options)
      let report = !noReport
      let generator = try await withInterrupt {
        var generator = try await Generator.train(
          on: source, options: options, resuming: resumed, progress: { display.show($0) },
          activity: { display.show($0) })
        if report, generator.report.stopReason != .cancelled {
          display.showJudging()
          do {
            generator.report.accuracy = try await generator.judged(
              on: source, options: options)
          } catch {
            // The model is kept even if it cannot be judged.
            display.warnNotJudged(because: error)
          }
        }
        return generator
      }
      try generator.write(to: output)
      display.finish(generator, path: output, checkpoint: options.checkpoint)
      if generator.report.stopReason == .cancelled { throw ExitCode(2) }
      try options.checkpoint?.remove()
    }
  }

  /// The options of the command line; options that it does not name come from `others`.
  private func trainingOptions(
    _ others: TrainingOptions, schema: TableSchema? = nil
  ) -> TrainingOptions {
    var options = TrainingOptions(
      modelSize: modelSize.map(\.size) ?? others.modelSize,
      epochs: epochs ?? others.optimization.epochs,
      maxMinutes: maxMinutes,
      order: order ?? others.optimization.order,
      batchSize: batchSize ?? others.optimization.batchSize,
      learningRate: learningRate ?? others.optimization.learningRate,
      seed: common.seed ?? others.seed,
      threadCount: common.threads)
    options.precision = products.precision ?? others.precision
    options.reading.missingValues = csv.missingValues() ?? others.reading.missingValues
    options.reading.constraints = constraints.isEmpty ? others.reading.constraints : constraints
    options.reading.findsRules = !noFoundRules && others.reading.findsRules
    options.reading.forcesConstraints = forceConstraint || others.reading.forcesConstraints
    options.checkpoint = checkpoints.checkpointing
    options.reading.schema = schema ?? others.reading.schema
    options.reading.derivations = derivations.isEmpty ? others.reading.derivations : derivations
    protection.apply(to: &options, others: others)
    return options
  }
}
