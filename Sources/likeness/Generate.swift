import ArgumentParser
import CommandSupport
import Foundation
import Synth
import Tables

struct Generate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draw rows from a model.",
    discussion: """
      A row depends only on the model, the seed and its own number. With --rows-range, several machines can share the work: \
      the parts fit together. Without -o the rows go to standard output.

      EXAMPLES
        likeness generate people.likeness --rows 10000 -o synthetic.csv
        likeness generate people.likeness --rows 1000000 --seed 2 -o synthetic.csv.gz
        likeness generate people.likeness --rows-range '5000..<6000'
      """)

  @Argument(help: ArgumentHelp("A model file.", valueName: "model"), completion: .file())
  var model: String

  @Option(help: "The number of rows to draw.")
  var rows: Int?

  @Option(
    help: ArgumentHelp(
      "The rows to draw, such as '5000..<6000'. Quote it for the shell.", valueName: "A..<B"))
  var rowsRange: RowsRange?

  @Option(
    name: [.short, .long], help: "The CSV file to write; gzip if it ends in .gz.",
    completion: .file())
  var output: String?

  @OptionGroup var common: CommonOptions

  @OptionGroup var products: PrecisionOption

  @Flag(help: "Print errors only.")
  var quiet = false

  func validate() throws {
    if (rows == nil) == (rowsRange == nil) {
      throw ValidationError("Give either --rows or --rows-range.")
    }
    if let rows, rows < 1 { throw ValidationError("--rows is \(rows). Give at least 1.") }
    try common.validateThreads()
    try checkOutputs(["--output": output], inputs: [model])
  }

  func run() async throws {
    try await reportingErrors {
      try common.checkMemory()
      var generator = try Generator(contentsOf: model)
      generator.precision = products.precision ?? generator.precision
      let range = rowsRange?.rows ?? 0..<rows!
      let display = DrawingDisplay(of: range.count, path: output, isQuiet: quiet)
      try await withInterrupt { [output, common, generator] in
        try await generator.writeRows(
          range, to: output, seed: common.seed ?? 1, threadCount: common.threads,
          progress: display.show)
      }
      display.finish()
      for column in generator.identifierColumns where column.capacity < range.upperBound && !quiet {
        printError(
          "Column '\(TextTable.shortened(column.name))': only \(column.capacity) new identifiers have the length of the table's. "
            + "Those of later rows are longer.")
      }
    }
  }
}
