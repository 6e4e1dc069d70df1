import ArgumentParser
import CommandSupport
import Eval
import Foundation
import Tables

/// Where an evaluation is written: a report, a file of figures, and standard output.
struct EvaluationOutputs: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The report to write: one HTML page.", valueName: "html"),
    completion: .file())
  var output: String?

  @Option(
    help: ArgumentHelp(
      "The JSON file for all figures; - prints them instead of the table.", valueName: "file"),
    completion: .file())
  var json: String?

  @Flag(help: "Leave sample rows out of the report.")
  var noSampleRows = false

  /// The files that are written.
  var files: [String] { [output, isFigurePrinter ? nil : json].compactMap { $0 } }

  private var isFigurePrinter: Bool { json == "-" }

  /// Refuses outputs that are inputs or one another, as wrong usage.
  func validate(inputs: [String]) throws {
    if output == "-" {
      throw ValidationError("A report cannot go to standard output. Name a file.")
    }
    try checkOutputs(["--output": output, "--json": json], inputs: inputs)
  }

  /// Checks before the work that the files can be written.
  func checkWritable() throws {
    for file in files { try AtomicFile.checkWritable(file) }
  }

  /// Writes the files.
  func write(_ evaluation: Evaluation, of tables: ComparedTables, charts: [GroupedNumber]) throws {
    if let output {
      var options = ReportOptions()
      options.violins = charts
      options.showsSampleRows = !noSampleRows
      let report = try QualityReport(evaluation, tables: tables, options: options)
      try AtomicFile.write(report.html.utf8, to: output)
    }
    if let json, !isFigurePrinter { try AtomicFile.write(evaluation.json(), to: json) }
  }

  /// Prints the table of figures, or all of them.
  func print(_ evaluation: Evaluation) throws {
    if isFigurePrinter {
      try evaluation.json().withUnsafeBytes(StandardOutput.write)
    } else {
      try printLines(evaluation.text)
    }
  }
}
