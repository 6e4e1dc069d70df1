import ArgumentParser
import CommandSupport
import Eval
import Tables

/// The tables that are judged, and how they are spelled.
struct EvaluatedTables: ParsableArguments {
  @Option(
    name: .customLong("train"), parsing: .singleValue,
    help: ArgumentHelp(
      "The table that the synthetic rows were made from; repeat for files with one header.",
      valueName: "csv"),
    completion: .file())
  var training: [String]

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Real rows that the synthetic ones were not made from; repeat for files with one header.",
      valueName: "csv"),
    completion: .file())
  var holdout: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("A table to judge; repeat for several.", valueName: "csv"),
    completion: .file())
  var synthetic: [String]

  @OptionGroup var csv: CSVInputOptions

  var files: [String] { training + holdout + synthetic }

  func validate() throws {
    if files.count(where: { $0 == "-" }) > 1 {
      throw ValidationError("Standard input can be read once only. Name files for the others.")
    }
  }

  func read() throws -> ComparedTables {
    let options = try csv.options()
    return try ComparedTables(
      training: CSVFiles(paths: training, options: options),
      holdout: holdout.isEmpty ? nil : CSVFiles(paths: holdout, options: options),
      synthetic: synthetic.map { try CSVFiles(paths: [$0], options: options) },
      missingValues: csv.missingValues() ?? .standard)
  }
}
