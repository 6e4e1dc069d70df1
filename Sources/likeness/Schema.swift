import ArgumentParser
import CommandSupport
import Synth
import Tables

struct Schema: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Show what the columns of a table are taken for.",
    discussion: """
      The schema file holds an object for each column. Edit it, then train with it: correct the kind of a column, set \
      excluded to true to leave the column out, and add or remove constraints (rules that every drawn row obeys) and derived \
      (the formula of a column that is computed from others). Kinds are \
      \(ColumnKind.allCases.map(\.rawValue).joined(separator: ", ")).

      EXAMPLES
        likeness schema people.csv
        likeness schema people.csv -o schema.json
        likeness train people.csv -o people.likeness --schema schema.json
      """)

  @Argument(
    help: ArgumentHelp("CSV files with a header row.", valueName: "input"), completion: .file())
  var inputs: [String]

  @Option(name: [.short, .long], help: "The schema file to write.", completion: .file())
  var output: String?

  @OptionGroup var csv: CSVInputOptions

  func validate() throws { try checkOutputs(["--output": output], inputs: inputs) }

  func run() async throws {
    try await reportingErrors {
      if let output { try AtomicFile.checkWritable(output) }
      let source = try CSVFiles(paths: inputs, options: csv.options())
      let missingValues = csv.missingValues() ?? .standard
      let profile = try TableProfile(scanning: source, missingValues: missingValues)
      var schema = TableSchema(
        of: profile, minimumRows: DisclosurePolicy().minimumCombinationRows)
      let derivations = try Derivation.proposed(
        for: source, profile: profile, missingValues: missingValues)
      schema.derive(
        Dictionary(uniqueKeysWithValues: derivations.map { ($0.column, $0.formula.description) }))
      schema.constraints = try Constraint.proposed(
        for: source, profile: profile, missingValues: missingValues, beside: derivations
      ).map(\.description)
      schema.findsRules = false
      try output.map(schema.write(to:))
      try printLines(schema.text(rules: derivations.map(\.description) + schema.constraints))
    }
  }
}
