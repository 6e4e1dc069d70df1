import ArgumentParser
import CommandSupport
import Eval
import Tables

/// The tables to compare, and how they are written.
struct EvaluatedTables: ParsableArguments {
  @Option(
    name: .customLong("train"), parsing: .singleValue,
    help: ArgumentHelp(
      "The real rows that the synthetic ones were made from; repeat for several files with the same header.",
      valueName: "csv"),
    completion: .file())
  var training: [String]

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "Real rows that the synthetic ones were not made from; repeat for several files with the same header.",
      valueName: "csv"),
    completion: .file())
  var holdout: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("A synthetic table to judge; repeat for several.", valueName: "csv"),
    completion: .file())
  var synthetic: [String]

  @OptionGroup var csv: CSVInputOptions

  var files: [String] { training + holdout + synthetic }

  func validate() throws {
    if files.count(where: { $0 == "-" }) > 1 {
      throw ValidationError("Standard input can be read once only. Name files for the others.")
    }
  }

  /// Reads the tables, without the columns that hold identifiers.
  func read() throws -> ComparedTables {
    let options = try csv.options()
    let missingValues = csv.missingValues() ?? .standard
    let real = try CSVFiles(paths: training, options: options)
    let columns = try LearntColumns(of: real, missingValues: missingValues)
    func table(_ paths: [String]) throws -> any RowSource {
      columns.selected(from: try CSVFiles(paths: paths, options: options))
    }
    return try ComparedTables(
      training: columns.selected(from: real), holdout: holdout.isEmpty ? nil : table(holdout),
      synthetic: synthetic.map { try table([$0]) }, missingValues: missingValues,
      identifiers: columns.identifiers)
  }
}
