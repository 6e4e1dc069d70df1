import ArgumentParser
import CommandSupport
import Foundation
import Study
import Synth
import Tables

struct StudyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "study",
    abstract:
      "Accuracy, utility, privacy and time against the number of training rows.",
    discussion: """
      Holds back a part of INPUT, draws samples of the rest, and trains a generator for every size, model size, number of \
      epochs and repeat; draws rows from each and judges them. DIR then holds study.html, results.csv, results.json, the \
      charts as SVG, the synthetic tables, and all rows in combined.csv.gz. It contains real rows: treat it like INPUT.

      Ctrl-C stops the study and writes a report of the finished cells. The same command with the same DIR resumes it; \
      sizes, model sizes, epochs and repeats may be added.

      EXAMPLES
        bench study people.csv.gz
        bench study people.csv.gz --model-sizes small,medium,large --epochs 1,5,auto --repeats 3 -o people-study
        bench study people.csv.gz --target income='>50K' --rule education,education_num \
      --statistic 'mean(age) by marital_status' --violin 'age by income'

      EXIT CODES
        0 done, 1 failed, 2 stopped early with a report of the finished cells, 64 wrong usage
      """)

  @Argument(
    help: ArgumentHelp("CSV files with a header row.", valueName: "input"), completion: .file())
  var inputs: [String]

  @OptionGroup var cells: StudyCells
  @OptionGroup var definitions: EvaluationDefinitions
  @OptionGroup var csv: CSVInputOptions
  @OptionGroup var common: CommonOptions

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The folder to write, or an earlier one to resume.", valueName: "dir"),
    completion: .directory)
  var output = "study"

  @Flag(help: "Report errors only.")
  var quiet = false

  func validate() throws {
    if (inputs + cells.holdout).count(where: { $0 == "-" }) > 1 {
      throw ValidationError("Standard input can be read once only. Name files for the others.")
    }
    try checkOutputFolder(output, inputs: inputs + cells.holdout)
    try reportingUsage { try options().validate() }
  }

  func run() async throws {
    try BenchCommand.refuseDebugBuild()
    try await reportingErrors {
      try common.checkMemory()
      let study = try Study(
        of: CSVFiles(paths: inputs, options: csv.options()),
        holdout: cells.holdout.isEmpty
          ? nil : CSVFiles(paths: cells.holdout, options: csv.options()), options: options())
      let display = StudyDisplay(isQuiet: quiet)
      display.begin(study)
      let results = try await withInterrupt { [output] in
        try await study.run(in: output, progress: display.show)
      }
      display.finish(results, in: output)
      try printLines(results.text)
      if !results.isComplete { throw ExitCode(2) }
    }
  }

  private func options() -> StudyOptions {
    var options = cells.options()
    options.target = definitions.target
    options.rules = definitions.rule
    options.statistics = definitions.statistic
    options.violins = definitions.violin
    options.threadCount = common.threads
    options.revision = sourceRevision()
    if let seed = common.seed { options.seed = seed }
    if let missingValues = csv.missingValues() { options.missingValues = missingValues }
    return options
  }
}
