import ArgumentParser
import Tables

/// What is said of the columns of a table.
struct SchemaOptions: ParsableArguments {
  @Option(
    name: .customLong("schema"),
    help: "What the columns are: a file that `likeness schema` wrote, corrected or not.",
    completion: .file())
  var path: String?

  @Option(
    name: .customLong("column"), parsing: .singleValue,
    help: ArgumentHelp(
      "What a column holds, whatever it looks like; repeat for several. Kinds: \(kinds).",
      valueName: "name=kind"))
  var columns: [String] = []

  @Option(
    name: .customLong("exclude"), parsing: .singleValue,
    help: ArgumentHelp("A column to leave out; repeat for several.", valueName: "name"))
  var excluded: [String] = []

  private static var kinds: String {
    ColumnKind.allCases.map(\.rawValue).joined(separator: ", ")
  }

  func validate() throws { _ = try corrections() }

  /// The schema of a file with the corrections; nil where nothing was said.
  func schema() throws -> TableSchema? {
    if path == nil && columns.isEmpty && excluded.isEmpty { return nil }
    var schema = try path.map { try TableSchema(contentsOf: $0) } ?? TableSchema()
    for (name, kind) in try corrections() { schema.setKind(kind, ofColumn: name) }
    for name in excluded { schema.exclude(name) }
    return schema
  }

  private func corrections() throws -> [(name: String, kind: ColumnKind)] {
    try columns.map { text in
      guard let equals = text.lastIndex(of: "="), equals > text.startIndex else {
        throw ValidationError("--column is '\(text)'. Write name=kind, for example zip=category.")
      }
      let name = String(text[..<equals])
      do {
        return (
          name, try ColumnKind(named: String(text[text.index(after: equals)...]), ofColumn: name)
        )
      } catch let error as TableError {
        throw ValidationError(error.description)
      }
    }
  }
}
